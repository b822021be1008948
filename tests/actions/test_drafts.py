"""Lines of the real report, and lines as people write them, read as drafts."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.drafts import read_drafts
from programmes.models import Person
from tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db

# Titles and names as the report of Bellagio lists them.
DAY_4 = """
- Webinars on 5 issues:
 - Global movement building, including campaigns: Chris Bonner, Rachel Moussie and Kendra Hughes
 - Implementing the notion of location: Rhonda Douglas, Sally Roever and Shalini Sinha to lead
 - Value chain/network dynamics: Marlese von Broembsen and Marty Chen to lead
 - Distributed employer responsibility: Laura Alfes and Francoise to lead
 - Formalization: Carmen Roca, Federico Para and Marty Chen to lead
- Two-pagers on 6 issues:
 - Corporate sector engagement: Lucia, Fernandez, Vanessa Pillay, Sonia Dias and Mike Bird
 - Work and space linkages: Lucia Fernandez, Caroline Skinner
 - Migration: Jane Barrett, Pamhidzai Banu
 - Strategic communications: Demetria Tsoutouras, Pablo Rey
 - Solidarity budgeting: Rhonda Douglas, Vanessa Pilay
 - Gender: Marty Chen, Sonia Dias, Rachel Moussie
"""


@pytest.fixture
def read(team_member, viewer_of):
    def drafts(text, on=date(2017, 4, 28)):
        return read_drafts(viewer_of(team_member), text, on)

    return drafts


def names(listed):
    return [each.party.name if each.party else f"{each.text}?" for each in listed]


def told(draft):
    return draft.title, names(draft.leads), names(draft.supports), str(draft.due.on or "")


def test_eleven_lines_of_day_4_are_read_whole(read):
    drafts = read(DAY_4)
    assert [(each.kind, each.title, names(each.leads)) for each in drafts] == [
        (
            "webinar",
            "Global movement building, including campaigns",
            ["Chris Bonner", "Rachel Moussie", "Kendra Hughes"],
        ),
        (
            "webinar",
            "Implementing the notion of location",
            ["Rhonda Douglas", "Sally Roever", "Shalini Sinha"],
        ),
        ("webinar", "Value chain/network dynamics", ["Marlese von Broembsen", "Marty Chen"]),
        ("webinar", "Distributed employer responsibility", ["Laura Alferts", "Francoise?"]),
        ("webinar", "Formalization", ["Carmen Roca", "Federico Parra", "Marty Chen"]),
        (
            "two_pager",
            "Corporate sector engagement",
            ["Lucia Fernandez", "Vanessa Pillay", "Sonia Dias", "Mike Bird"],
        ),
        ("two_pager", "Work and space linkages", ["Lucia Fernandez", "Caroline Skinner"]),
        ("two_pager", "Migration", ["Jane Barrett", "Pamhidzai Banu"]),
        ("two_pager", "Strategic communications", ["Demetria Tsoutouras", "Pablo Rey"]),
        ("two_pager", "Solidarity budgeting", ["Rhonda Douglas", "Vanessa Pillay"]),
        ("two_pager", "Gender", ["Marty Chen", "Sonia Dias", "Rachel Moussie"]),
    ]
    assert sum(len(each.leads) for each in drafts) == 28
    assert [each.unclear for each in drafts if each.unclear] == [
        ["Who is “Francoise”? Francoise Carre?"]
    ]


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("Street vendors (Jane with Jenna)", ("Street vendors", ["Jane?"], ["Jenna?"], "")),
        (
            "ORP: worker-friendly menu, by the first week of June",
            ("worker-friendly menu", ["Organization & Representation"], [], "2017-06-01"),
        ),
        (
            "Africa Working Group: next meeting, with Jane, by end of the month",
            ("Africa Working Group: next meeting", [], ["Jane?"], "2017-04-30"),
        ),
        ("Write [Mike Bird, Sonia Dias]", ("Write", ["Mike Bird", "Sonia Dias"], [], "")),
        ("Jane Barrett will write to Lima", ("write to Lima", ["Jane Barrett"], [], "")),
        ("Publish the toolkit 2018", ("Publish the toolkit 2018", [], [], "")),
        ("webinar: Migration @Jane #law", ("Migration", ["Jane?"], [], "")),
        ('Menu @"Sonia Dias" in two weeks', ("Menu", ["Sonia Dias"], [], "2017-05-12")),
        (
            "Informe con Carmen Roca, antes del 12 de junio",
            ("Informe", [], ["Carmen Roca"], "2017-06-11"),
        ),
    ],
)
def test_line_as_people_write_it(read, line, draft):
    (found,) = read(line)
    assert told(found) == draft


def test_signs_file_and_tell_the_kind(read):
    (draft,) = read("webinar: Migration @Jane #law #nowhere")
    assert (draft.kind, [each.name for each in draft.filed["programmes"]]) == ("webinar", ["Law"])
    assert draft.unclear == ["Nothing is called “nowhere” here.", "Who is “Jane”? Jane Barrett?"]


def test_first_name_is_the_one_the_same_text_names_in_full(read):
    drafts = read("Migration: Jane Barrett\nStreet vendors (Jane with Sofia)")
    assert [told(each)[1:3] for each in drafts] == [
        (["Jane Barrett"], []),
        (["Jane Barrett"], ["Sofia?"]),
    ]


def test_first_name_of_two_in_the_text_stays_open(read):
    other = PersonFactory(name="Jane Owusu")
    for text in ("Jane Owusu", "Jane"):
        AliasFactory(person=other, name=text)
    drafts = read("Migration: Jane Barrett, Jane Owusu\nStreet vendors (Jane)")
    assert told(drafts[1])[1] == ["Jane?"]


def test_table_with_names_and_days_in_its_cells(read):
    (draft,) = read("What\tWho\tBy when\tRemarks\nA menu\tORP; Karin Pape\tearly June\tin English")
    assert told(draft) == (
        "A menu",
        ["Organization & Representation", "Karin Pape"],
        [],
        "2017-06-01",
    )
    assert (str(draft.due.until), draft.due.text, draft.note) == (
        "2017-06-10",
        "early June",
        "in English",
    )


def test_columns_nobody_named_are_told_apart(read):
    (draft,) = read("A menu\tMike Bird\tSonia Dias\t12 June\tin English")
    assert told(draft) == ("A menu", ["Mike Bird"], ["Sonia Dias"], "2017-06-12")
    assert draft.note == "in English"


@pytest.mark.parametrize(
    ("line", "unclear"),
    [
        ("Menu: Zebedee Quux, Mike Bird", ["Nobody is called “Zebedee Quux” here."]),
        ("x" * 401, ["This is long for a follow-up. Shorten it, or leave it out."]),
        (
            "What\tWhen\nMenu\tafter the monsoon",
            [
                "When “after the monsoon” is, was not understood. Say a day, or leave the words.",
            ],
        ),
        (
            "What\tWhen\nMenu\t6/5/2017",
            ["This may be two days. Write the month in letters, as “12 June 2017”."],
        ),
    ],
)
def test_what_was_not_understood_is_said(read, line, unclear):
    (draft,) = read(line)
    assert draft.unclear == unclear


def test_nobody_is_made_of_a_name(read):
    before = Person.objects.count()
    read("Menu: Zebedee Quux, Mike Bird")
    assert Person.objects.count() == before


def test_names_a_reader_may_not_see_are_nobody(guest, viewer_of):
    (draft,) = read_drafts(viewer_of(guest), 'Menu @"Kendra Hughes"', date(2017, 4, 28))
    assert names(draft.leads) == ["Kendra Hughes?"]
    assert draft.leads[0].candidates == ()


def test_text_of_many_strange_names_asks_the_database_seldom(read, django_assert_max_num_queries):
    names = "; ".join(f"Zq{number}x Wv{number}k" for number in range(20))
    with django_assert_max_num_queries(40):
        drafts = read("\n".join([f"Menu: {names}", f"Law (Mike Bird, {names})"] * 20))
    assert len(drafts) == 40


def test_text_of_many_real_names_asks_the_database_so_often_at_most(
    read, django_assert_max_num_queries
):
    words = list(Person.objects.values_list("name", flat=True))[:20]
    lines = [f"Menu: {one}; {one} {other}" for one in words for other in words][:100]
    with django_assert_max_num_queries(3_500):
        assert len(read("\n".join(lines))) == 100


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=st.text(
        st.sampled_from("ab AB,;:()[]-–*#@\t\n\"'./1267 éñ") | st.characters(), max_size=300
    )
)
def test_any_text_is_read_without_a_slip(team_member, viewer_of, text):
    viewer = viewer_of(team_member)
    for draft in read_drafts(viewer, text, date(2017, 4, 28)):
        assert draft.kind and draft.line
