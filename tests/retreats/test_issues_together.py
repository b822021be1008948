"""Two issues in the same words are one; in other words they are linked."""

import pytest
from django.db import IntegrityError, transaction

from actions.models import FollowUp
from programmes import workflow
from programmes.models import Organisation
from retreats import workflow as issues
from retreats.models import IssueLink, StrategicIssue
from tests import factories as make
from tests.rest import url
from wiego_review.common import floors
from wiego_review.common.errors import Refused
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


def again(record):
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def two():
    """Raised at one retreat each, the first with all that can hang on an issue."""
    one, into = (make.IssueFactory(title=title) for title in ("Care, Work", "Care work"))
    for issue in (one, into):
        issue.retreats.add(make.RetreatFactory())
    one.session = make.SessionFactory()
    one.save()
    make.FollowUpFactory(title="Count the carers", issue=one)
    make.FollowUpFactory(issue=one, sealed=True)
    make.BallotOptionFactory(issue=one)
    make.OutputFactory(follow_up=None, issue=one)
    make.DecisionFactory(issue=one)
    return one, into


def told_of(issue):
    """All that hangs on an issue, and its own columns."""
    issue = again(issue)
    rows = [sorted(rows.values_list("pk", flat=True)) for rows in hanging(issue)]
    return rows, sorted(issue.retreats.values_list("pk", flat=True)), issue.session_id


def hanging(issue):
    near = IssueLink.objects.of(issue)
    return issue.follow_ups, issue.options, issue.outputs, issue.decisions, near


def test_issues_in_the_same_words_become_one_and_come_apart(coordinator, two):
    one, into = two
    before = told_of(one), told_of(into)
    preview = dict(floors.preview_of("merge", Viewer(coordinator), one, into=into))

    workflow.merge(one, into=into, by=coordinator)

    assert preview == {
        "Where it was raised": 1,
        "Issue voted on": 1, "Follow-up": 1, "Paper or file": 1, "Decision": 1,
    }  # fmt: skip
    hung, retreats, session = told_of(into)
    assert [len(each) for each in hung] == [2, 1, 1, 1, 0]
    assert (len(retreats), session) == (2, one.session_id)
    assert told_of(one)[0] == [[], [], [], [], []]
    workflow.take_apart(again(one), by=coordinator)
    assert (told_of(one), told_of(into)) == before
    assert again(one).merged_into is None


def test_preview_tells_of_retreats_to_those_who_see_them(coordinator, kept_from, two):
    one, into = two
    kept_from("retreat")

    preview = dict(floors.preview_of("merge", Viewer(coordinator), one, into=into))

    assert "Where it was raised" not in preview


def test_issues_in_other_words_stay_two(coordinator):
    one, other = make.IssueFactory(title="Supply chains"), make.IssueFactory(title="Value chains")

    with pytest.raises(Refused, match="other words"):
        workflow.merge(one, into=other, by=coordinator)

    assert again(one).merged_into is None


def test_lists_choices_and_filters_know_the_one_that_stays(client_of, api_of, coordinator, two):
    one, into = two
    workflow.merge(one, into=into, by=coordinator)
    client, api = client_of(coordinator), api_of(coordinator)

    listed = client.get("/issues/?search=care+work").context["rows"]
    old = client.get(f"/issues/{one.ref}/")
    offered = client.get("/follow-ups/new/").context["form"].fields["issue"].queryset
    led_on = client.get(f"/follow-ups/?issue={one.ref}").context["rows"]
    added = api.post(url("follow-ups"), {"title": "New", "issue": one.ref}, format="json")

    assert [row["ref"] for row in listed] == [into.ref]
    assert (old.status_code, old["Location"]) == (302, f"/issues/{into.ref}/")
    assert [one in offered, into in offered] == [False, True]
    assert [row["title"] for row in led_on] == ["Count the carers"]
    assert added.json()["issue"]["ref"] == into.ref


def test_follow_up_is_found_by_the_words_of_the_issue_that_stays(coordinator):
    one, into = make.IssueFactory(title="Cafe"), make.IssueFactory(title="Café")
    follow_up = make.FollowUpFactory(issue=one)

    workflow.merge(one, into=into, by=coordinator)

    assert FollowUp.objects.get(pk=follow_up.pk).search_text.split(" | ")[-1] == "cafe"


def test_links_move_but_for_those_that_would_say_the_same_twice(coordinator, two):
    one, into = two
    third, fourth = make.IssueFactory(), make.IssueFactory()
    between = make.IssueLinkFactory(issue=one, other=into)
    doubled = make.IssueLinkFactory(issue=one, other=third)
    kept = make.IssueLinkFactory(issue=into, other=third)
    moved = make.IssueLinkFactory(issue=one, other=fourth)

    workflow.merge(one, into=into, by=coordinator)

    standing = IssueLink.objects.standing()
    assert set(standing.of(into)) == {kept, moved}
    assert set(IssueLink.objects.of(one)) == {between, doubled}
    workflow.take_apart(again(one), by=coordinator)
    assert set(IssueLink.objects.standing().of(one)) == {between, doubled, moved}


def test_organisation_is_never_a_part_of_itself(coordinator):
    one = make.OrganisationFactory(name="SEWA Bharat")
    into = make.OrganisationFactory(name="SEWA", part_of=one)

    workflow.merge(one, into=into, by=coordinator)
    assert again(into).part_of is None

    workflow.take_apart(Organisation.objects.get(pk=one.pk), by=coordinator)
    assert again(into).part_of == one


# --- pages --------------------------------------------------------------------


def test_coordinator_puts_issues_together_and_apart_on_pages(client_of, coordinator, two):
    one, into = two
    client, same = client_of(coordinator), f"/issues/{one.ref}/same/"
    assert f'href="{same}"' in client.get(f"/issues/{one.ref}/").content.decode()

    looked = client.post(same, {"into": into.pk}).content.decode()
    assert "Issue voted on: 1" in looked
    assert again(one).merged_into is None
    done = client.post(same, {"into": into.pk, "sure": into.ref, "key": "k1"})

    assert (done.status_code, done["Location"]) == (302, f"/issues/{into.ref}/")
    apart = f"/issues/{one.ref}/apart/"
    assert f'href="{apart}"' in client.get(f"/issues/{into.ref}/").content.decode()
    assert client.post(apart, {"key": "k2"}).status_code == 302
    assert again(one).merged_into is None


def test_other_words_are_refused_with_the_way_to_link_them(client_of, coordinator):
    one, other = make.IssueFactory(title="Supply chain"), make.IssueFactory(title="Value chain")
    client = client_of(coordinator)

    page = client.post(f"/issues/{one.ref}/same/", {"into": other.pk, "sure": other.pk})
    link = f"/issues/{one.ref}/link/"
    sent = {"other": other.pk, "kind": "continues", "why": "Told twice", "key": "k"}
    done = client.post(f"/issues/{one.ref}/link/", sent)

    assert list(page.context["form"].errors) == ["into"]
    assert again(one).merged_into is None
    assert f'href="{link}"' in page.content.decode()
    assert (done.status_code, done["Location"]) == (302, f"/issues/{one.ref}/")
    made = IssueLink.objects.of(one).get()
    assert (made.kind, made.state, made.said_by, made.why) == (
        "continues", "confirmed", coordinator, "Told twice",
    )  # fmt: skip
    ways = [client.get(f"/issues/{each.ref}/").context["row"]["links"] for each in (one, other)]
    assert [(each["kind"], each["later"]) for (each,) in ways] == [
        ("continues", True), ("continues", False),
    ]  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_two_issues_are_linked_once(coordinator, turned):
    one, other = make.IssueFactory(), make.IssueFactory()
    issues.link(one, other=other, by=coordinator)
    one, other = (other, one) if turned else (one, other)

    with pytest.raises(Refused, match="linked already"):
        issues.link(one, other=other, by=coordinator)


def test_link_is_between_two_and_once_in_the_database():
    link = make.IssueLinkFactory()
    for pair in ((link.issue, link.issue), (link.issue, link.other)):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssueLink.objects.create(issue=pair[0], other=pair[1])


@pytest.mark.parametrize("page", ["same", "apart", "link"])
@pytest.mark.parametrize("role", ["team_member", "board_member", "administrator", "guest"])
def test_nobody_but_coordinators_says_which_issues_are_one(request, client_of, role, page, two):
    client = client_of(request.getfixturevalue(role))
    one, into = two

    answer = client.post(f"/issues/{one.ref}/{page}/", {"into": into.pk, "other": into.pk})

    assert answer.status_code == (403 if role in ("team_member", "board_member") else 404)
    assert StrategicIssue.objects.filter(merged_into__isnull=False).count() == 0
    assert "/same/" not in client.get(f"/issues/{one.ref}/").content.decode()
