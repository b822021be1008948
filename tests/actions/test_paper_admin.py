"""Papers in the admin: put right, and added as links."""

import pytest

from actions.models import Output
from programmes.models import ChangeSet
from tests.actions.admin import address, sent
from tests.factories import FollowUpFactory, OutputFactory, OutputVersionFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/actions/output/add/"


def test_link_is_added_by_its_verb(coordinator, client_of):
    client, home = client_of(coordinator), FollowUpFactory()
    form = sent(client.get(ADD))

    client.post(ADD, form | {"title": "Memo", "url": "example.org/x", "follow_up": home.pk})

    paper = home.outputs.get()
    assert (paper.title, paper.url) == ("Memo", "https://example.org/x")
    assert ChangeSet.objects.get(object_id=paper.pk).verb == "add_output"


def test_paper_of_nothing_is_refused_in_words(coordinator, client_of):
    client, home = client_of(coordinator), FollowUpFactory()
    form = sent(client.get(ADD))

    answer = client.post(ADD, form | {"title": "Memo", "follow_up": home.pk})

    assert "Choose a file, or give a link." in answer.content.decode()
    assert home.outputs.count() == 0


def test_paper_is_changed_by_its_verb(coordinator, client_of):
    client, paper = client_of(coordinator), OutputFactory(url="https://example.org/x")
    form = sent(client.get(address(paper)))

    client.post(address(paper), form | {"title": "The memo", "url": "https://example.org/y"})

    paper.refresh_from_db()
    assert (paper.title, paper.url) == ("The memo", "https://example.org/y")
    assert ChangeSet.objects.get(object_id=paper.pk).verb == "edit_output"


def test_file_gets_no_link_there(coordinator, client_of):
    paper = Output.objects.get(pk=OutputVersionFactory().output_id)
    fields = client_of(coordinator).get(address(paper)).context["adminform"].form.fields

    assert {"title", "url", "named_only"} & set(fields) == {"title"}
