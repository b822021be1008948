"""What the report of Bellagio 2017 tells, as it was loaded."""

import re
from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from actions.models import Assignment, Decision, FollowUp
from programmes.models import Body, Membership, Person, Source
from retreats.models import (
    Ballot,
    IssueLink,
    Note,
    Participant,
    Retreat,
    ReviewInput,
    ReviewStep,
    Session,
    SessionPerson,
    StrategicIssue,
    Suggestion,
)
from wiego_review.common.record import has_seal

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"password|passwd|\bsecret\b|api[_-]?key|\btoken|global'\s", re.I)


@pytest.fixture
def bellagio():
    return Retreat.objects.get(slug="bellagio-2017")


def day4():
    return FollowUp.objects.filter(kind__in=["webinar", "two_pager"])


def names(follow_up):
    return [each.shown for each in follow_up.assignments.filter(role="lead").order_by("order")]


def test_follow_ups_by_kind():
    assert Counter(FollowUp.objects.values_list("kind", flat=True)) == {
        "webinar": 5,
        "two_pager": 6,
        "working_group": 7,
        "task": 23,
        "material": 5,
        "summary": 3,
        "plan": 4,
        "toolkit": 2,
    }


def test_eleven_issues_of_day_4_have_28_places_as_lead():
    assert Assignment.objects.filter(follow_up__in=day4(), role="lead").count() == 28
    assert day4().values("issue").distinct().count() == 11
    assert StrategicIssue.objects.count() == 17


def test_eleven_are_due_for_the_team_retreat(bellagio):
    found = set(
        day4().values_list(
            "retreat", "due_on", "due_text", "due_anchor__slug", "due_edge", "due_offset"
        )
    )

    assert found == {
        (
            bellagio.pk,
            date(2017, 11, 12),
            "for the Team Retreat in November",
            "team-retreat-2017",
            "start",
            -1,
        )
    }


def test_leads_of_a_two_pager_in_the_documents_order():
    two_pager = FollowUp.objects.get(title="Corporate sector engagement")

    assert names(two_pager)[:1] == ["Lucia Fernandez"]
    assert set(names(two_pager)) == {"Lucia Fernandez", "Sonia Dias", "Mike Bird", "Vanessa Pillay"}
    lucia = two_pager.assignments.get(person__name="Lucia Fernandez")
    assert lucia.as_named == "Lucia, Fernandez"


def test_working_groups_stand_without_a_date():
    groups = FollowUp.objects.filter(kind="working_group")

    assert set(groups.values_list("title", flat=True)) == {
        "Home-based workers",
        "Domestic workers",
        "Street vendors",
        "Waste pickers",
        "Africa",
        "Asia",
        "Latin America",
    }
    assert set(groups.values_list("state", "due_on", "due_text")) == {("under_way", None, "")}
    told = groups.exclude(note__startswith="To be convened; no meeting of it is told.")
    assert [each.title for each in told] == ["Africa"]


def test_culture_and_values_was_not_held(bellagio):
    session = Session.objects.get(retreat=bellagio, status="not_held")

    assert session.title == "Culture & Values + Partnerships"
    assert session.moved_to != ""


def test_work_is_given_to_people_who_were_not_there_that_day(bellagio):
    absent = Participant.objects.filter(retreat=bellagio, days_missed__number=4)
    named = {"Sally Roever", "Shalini Sinha"}

    assert named <= set(absent.values_list("person__name", flat=True))
    leads = Assignment.objects.filter(follow_up__in=day4(), person__name__in=named)
    assert set(leads.values_list("person__name", flat=True)) == named


def test_first_names_only_are_linked_to_nobody():
    loose = Assignment.objects.exclude(text="").values_list("text", flat=True)

    assert sorted(loose) == [
        "Jenna",
        "Programme Team members",
        "Sofia",
        "Sofia",
        "all those who had the privilege of participating",
    ]
    assert not Person.objects.filter(name__in=["Sofia", "Jenna"]).exists()


def test_what_was_reviewed_is_not_decided():
    outcomes = Counter(Decision.objects.values_list("said_as", "outcome"))

    assert outcomes == {
        ("decided", "approved"): 6,
        ("confirmed", "approved"): 1,
        ("reviewed", "noted"): 4,
        ("recommended", "advised"): 1,
        ("adoption", "approved"): 1,
        ("mandates", "approved"): 2,
    }


def test_open_decisions_are_numbered_by_body_and_year():
    for body in Body.objects.exclude(code=""):
        numbers = Decision.objects.filter(body=body).values_list("year", "number")
        by_year = {}
        for year, number in numbers:
            by_year.setdefault(year, set()).add(number)
        for year, found in by_year.items():
            assert found == {f"{body.code}-{year}-{n}" for n in range(1, len(found) + 1)}


def test_nothing_loaded_is_sealed():
    for label in ("programmes", "retreats", "actions"):
        for model in apps.get_app_config(label).get_models():
            if has_seal(model):
                assert not model._base_manager.filter(sealed=True).exists()


def test_every_follow_up_and_decision_has_its_place():
    told = (Note, Suggestion, Ballot, ReviewStep, ReviewInput, Retreat)
    for model in (FollowUp, Decision, Session, StrategicIssue, *told):
        for record in model.objects.all():
            assert Source.objects.of(record).exists(), record


def test_last_word_is_the_documents_own_date():
    by_retreat = set(FollowUp.objects.values_list("retreat__slug", "last_word_on"))

    assert by_retreat == {
        ("bellagio-2017", date(2017, 5, 24)),
        ("bellagio-2012", date(2012, 6, 1)),
    }


def test_no_secret_stands_in_the_fixtures():
    told = {
        path.name: SECRET.findall(path.read_text(encoding="utf-8"))
        for path in (settings.BASE_DIR / "fixtures").rglob("*.toml")
    }

    assert {name: hits for name, hits in told.items() if hits} == {}


def test_notes_by_kind_and_retreat():
    assert Counter(Note.objects.values_list("kind", flat=True)) == {
        "point": 228,
        "recommendation": 58,
        "reason": 31,
        "threat": 31,
        "question": 29,
        "opportunity": 22,
        "promise": 14,
        "dilemma": 7,
    }
    assert Counter(Note.objects.values_list("retreat__slug", flat=True)) == {
        "bellagio-2017": 388,
        "ilo-coop-sse-2024": 18,
        "bellagio-2012": 9,
        "founding-meeting-1997": 5,
    }


def test_post_its_are_31_by_theme_and_for_whom():
    posted = Note.objects.on_the_wall().values_list("theme", "for_whom", "kind")

    assert Counter(posted) == {
        ("The Future of Work", "informal workers", "opportunity"): 5,
        ("The Future of Work", "informal workers", "threat"): 4,
        ("The Future of Work", "WIEGO", "opportunity"): 4,
        ("The Future of Work", "WIEGO", "threat"): 4,
        ("The Future of Cities", "informal workers", "opportunity"): 2,
        ("The Future of Cities", "informal workers", "threat"): 5,
        ("The Future of Cities", "WIEGO", "opportunity"): 4,
        ("The Future of Cities", "WIEGO", "threat"): 3,
    }


def test_suggestions_and_what_became_of_them():
    assert Counter(Suggestion.objects.values_list("taken_up", flat=True)) == {
        "no": 55,
        "partly": 3,
        "no_word": 5,
        "elsewhere": 2,
    }
    often = Suggestion.objects.filter(times__gte=3, taken_up="no").values_list("title", "times")
    assert set(often) == {
        ("MOOC", 3),
        ("United Cities and Local Government", 3),
        ("new sectors", 4),
        ("seize the narrative", 7),
    }


def test_follow_ups_say_which_suggestion_they_come_from():
    pairs = FollowUp.objects.filter(suggestions__isnull=False)
    five = FollowUp.objects.filter(kind="webinar").values_list("title", flat=True)
    steps = (
        "prepare summaries of the key provisions",
        "explore how to link R204 and NUA; SDGs# 8 and 11 and NUA",
        "pool existing materials",
        "prepare toolkits",
    )

    assert set(pairs.values_list("suggestions__title", "title", "state")) == {
        ("MOOC", "on-going course (a MOOC) for city officials", "suggested"),
        (*["ORP Advisory Committee be revived"] * 2, "suggested"),
        (*["regularly solicit quality input"] * 2, "suggested"),
        (
            "country or regional offices of donors",
            "country or regional offices of key donors",
            "suggested",
        ),
        ("typology of approaches to formalization", "Formalization", "not_started"),
        *{("more spaces and times to engage intellectually", each, "not_started") for each in five},
        *{("nationalizing recent international gains", each, "not_started") for each in steps},
    }


def test_every_recommendation_is_among_the_suggestions_or_follow_ups():
    """Read on the lines alone: a place of each has a suggestion or a follow-up there too."""

    def lines_of(model):
        placed = Source.objects.filter(content_type__model=model)
        return set(placed.values_list("document", "first_line"))

    said = Note.objects.filter(kind="recommendation")
    for note in said:
        places = set(Source.objects.of(note).values_list("document", "first_line"))
        assert places & (lines_of("suggestion") | lines_of("followup")), note


def test_dot_vote_stands_as_announced():
    options = Ballot.objects.get().options.order_by("announced_position")

    assert list(options.values_list("text", "dots")) == [
        ("supply chains", 10),
        ("sectors", 5),
        ("location of WIEGO work", 6),
        ("migration", 4),
        ("enterprises", 2),
        ("youth", 0),
        ("food security", 0),
    ]
    assert [option.reasons.count() for option in options] == [7, 4, 2, 4, 3, 0, 0]


def test_issues_near_each_other_are_suggested_only():
    links = IssueLink.objects.values_list("issue__title", "other__title", "state")

    assert set(links) == {
        ("Value chain/network dynamics", "Supply chains", "suggested"),
        ("Corporate sector engagement", "Enterprises", "suggested"),
    }


def test_review_has_its_steps_and_what_it_drew_on():
    assert ReviewStep.objects.count() == 14
    interviews = ReviewInput.objects.get(kind="interviews")
    assert set(interviews.organisations.values_list("slug", flat=True)) == {
        "global-alliance-of-waste-pickers",
        "homenet-south-asia",
        "homenet-south-east-asia",
        "international-domestic-workers-federation",
        "streetnet",
    }


def test_convenings_from_1997_to_2024():
    assert Counter(Retreat.objects.values_list("starts_on__year", flat=True)) == {
        1997: 1, 2006: 1, 2012: 1, 2016: 1, 2017: 4, 2018: 1, 2024: 2, None: 1,
    }  # fmt: skip
    engagement = Retreat.objects.get(kind="external_engagement")
    assert (len(engagement.countries), len(engagement.themes)) == (8, 7)
    assert engagement.organisations.count() == 7


def test_discussants_are_named():
    named = SessionPerson.objects.filter(role="discussant").values_list("person__name", flat=True)

    assert Counter(named) == {
        "Renana Jhabvala": 3,
        "Carmen Roca": 1,
        "Martin Rama": 1,
        "Barbro Budin": 1,
        "Aromar Revi": 1,
        "Debra Davis": 1,
    }


def test_retreats_name_the_organisations_of_their_hosts_and_guests(bellagio):
    workshop = Retreat.objects.get(slug="bellagio-2012")
    told = [set(each.organisations.values_list("slug", flat=True)) for each in (workshop, bellagio)]

    guests = {"world-bank", "indian-institute-for-human-settlements"}
    hosts = {"wiego", "rockefeller-foundation"}
    assert told == [hosts, {*hosts, *guests, "international-labour-organization"}]


def test_who_is_told_to_be_at_a_meeting_and_who_is_not(bellagio):
    named = Participant.objects.filter(retreat=bellagio).values_list("attended", flat=True)
    founders = Participant.objects.filter(retreat__slug="founding-meeting-1997")

    assert Counter(named) == {"yes": 28, "no": 4}
    assert set(founders.values_list("person__name", "attended")) == {
        ("Renana Jhabvala", "yes"),
        ("Marty Chen", "yes"),
        ("Biff Steel", "yes"),
        ("Marilyn Carr", ""),
    }


def test_posts_in_wiego_make_members_of_the_team():
    told = Membership.objects.filter(body__slug="wiego-team", role="member")
    posts = set(told.exclude(title="").values_list("person__name", "title"))

    assert posts == {
        ("Mike Bird", "WIEGO Operations Director"),
        ("Rhonda Douglas", "WIEGO Programme Strategy Advisor"),
        ("Francoise Carre", "WIEGO Research Coordinator"),
        ("Carmen Roca", "WIEGO Focal City Coordinator in Lima"),
    }
