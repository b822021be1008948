from actions import workflow
from tests.factories import PersonFactory


def test_add_follow_up_with_lead_tells_who(team_member):
    jane = PersonFactory(name="Jane Barrett")

    follow_up = workflow.add_follow_up(title="Migration", leads=[jane], by=team_member)

    assert [each.shown for each in follow_up.assignments.all()] == ["Jane Barrett"]
    assert follow_up.search_text == "migration | jane barrett"
