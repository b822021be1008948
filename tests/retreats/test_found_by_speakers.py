"""What several people said is found by each of them, whoever is written anew."""

import pytest

from programmes import workflow
from tests.factories import NoteFactory, PersonFactory, SuggestionFactory
from wiego_review.common.kept_words import keep_words


@pytest.mark.parametrize("factory", [NoteFactory, SuggestionFactory])
def test_rename_keeps_the_other_speakers(factory, coordinator):
    one, other = PersonFactory(name="Ann Quillfeather"), PersonFactory(name="Bea Plumbottom")
    for person in (one, other):
        workflow.refresh_search(person)
    said = factory(text="Savings first")
    said.said_by.add(one, other)
    keep_words(said)

    workflow.rename(one, name="Ann Quill", by=coordinator)

    said.refresh_from_db()
    found = [name in said.search_text for name in ("ann quill ", "bea plumbottom")]
    assert found == [True, True]
