import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from wiego_review.common.api import answer_error
from wiego_review.common.errors import by_field


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (ValidationError("Say why."), {"": ["Say why."]}),
        (ValidationError({"why": "Say why."}), {"why": ["Say why."]}),
    ],
)
def test_messages_stand_by_their_field(problem, told):
    assert by_field(problem) == told


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [(PermissionDenied(), 403, "permission_denied"), (ValidationError("No."), 400, "invalid")],
)
def test_rest_answers_what_django_raises(problem, status, code):
    answer = answer_error(problem, {})
    assert (answer.status_code, answer.data["code"]) == (status, code)
