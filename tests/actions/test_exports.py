"""The follow-up list as a file, through the page and on the command line."""

import csv
import io
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from actions.models import FollowUp
from tests.factories import (
    AssignmentFactory,
    CityFactory,
    FollowUpFactory,
    OrganisationFactory,
    OutputFactory,
    SectorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HEAD = [
    "No",
    "Kind",
    "What is to be done",
    "Lead",
    "With",
    "By when, as said",
    "Date",
    "Last day",
    "In time for",
    "It begins",
    "Where it stands",
    "Last word",
    "Date moved",
    "Overdue",
    "No word for a year",
    "Part of",
    "Strategic issue",
    "Agreed at",
    "Session",
    "Programmes",
    "Changed",
    "Paper",
    "Concerns",
    "Link",
    "Reference",
]


def file_of(client, query=""):
    return client.get(f"/follow-ups/?{query}")


def csv_rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def csv_of(answer):
    return csv_rows(b"".join(answer.streaming_content).decode("utf-8"))


def book_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def table(sheet):
    return [[cell.value for cell in row] for row in sheet.rows]


def test_csv_is_the_list_as_filtered(client_of, team_member):
    answer = file_of(
        client_of(team_member), "export=csv&kind=webinar&kind=two_pager&ordering=agreed"
    )

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="follow-ups-')
    assert answer["Content-Disposition"].endswith('.csv"')
    rows = csv_of(answer)
    assert [row["kind"] for row in rows] == ["webinar"] * 5 + ["two_pager"] * 6
    assert list(rows[0])[-2:] == ["url", "ref"]


def test_sheet_is_numbered_in_words_and_tells_about_itself(client_of, team_member):
    lead = FollowUp.objects.filter(kind="two_pager").first()
    lead.sectors.add(SectorFactory(name="Garment workers"))
    lead.cities.add(CityFactory(name="Lima"))
    lead.organisations.add(OrganisationFactory(name="ILO"))
    OutputFactory(follow_up=lead, title="=Draft")

    answer = file_of(client_of(team_member), "export=xlsx&kind=two_pager&ordering=agreed")
    book = book_of(answer)

    rows = table(book.worksheets[0])
    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == [1, 2, 3, 4, 5, 6]
    found = next(dict(zip(HEAD, row, strict=True)) for row in rows[1:] if row[-1] == lead.ref)
    assert found["Kind"] == "Two-pager"
    assert found["Where it stands"] == "Not started"
    assert found["Date"].isoformat() == "2017-11-12T00:00:00"
    assert found["Paper"] == "=Draft"
    assert found["Concerns"].split("; ")[-3:] == ["Garment workers", "Lima", "ILO"]
    assert book.sheetnames == ["List", "About this list"]
    about = dict(table(book.worksheets[-1]))
    assert (about["List"], about["Kind"], about["Rows"]) == ("Follow-ups", "Two-pager", 6)
    assert about["As seen by"] == "Vanessa Pillay"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_one_row_for_each_lead(kind, client_of, team_member):
    one = FollowUpFactory(title="Shared")
    for _number in range(3):
        AssignmentFactory(follow_up=one)
    nobody = FollowUpFactory(title="Nobody's")
    answer = file_of(client_of(team_member), f"export={kind}&rows=leads&state=not_started")

    if kind == "csv":
        rows = [(row["ref"], row["lead"]) for row in csv_of(answer)]
    else:
        rows = [(row[-1], row[3] or "") for row in table(book_of(answer).worksheets[0])[1:]]

    names = [str(each) for each in one.assignments.all()]
    assert [lead for ref, lead in rows if ref == one.ref] == names
    assert [lead for ref, lead in rows if ref == nobody.ref] == [""]


@pytest.mark.parametrize("query", ["export=pdf", "export=csv&rows=weeks", "export=xlsx&kind=party"])
def test_file_nobody_knows_is_400(query, client_of, team_member):
    assert file_of(client_of(team_member), query).status_code == 400


def test_export_holds_no_row_its_reader_may_not_see(client_of, team_member, board_member, guest):
    sealed = FollowUpFactory(title="For the Board", sealed=True)

    def refs(client):
        return {row["ref"] for row in csv_of(file_of(client, "export=csv"))}

    assert sealed.ref not in refs(client_of(team_member))
    assert sealed.ref in refs(client_of(board_member, board_open=True))
    assert refs(client_of(guest)) == set()


# The command


def command(*args, **options):
    out = StringIO()
    call_command("export_follow_ups", *args, stdout=out, **options)
    return out.getvalue()


def test_command_writes_what_every_team_member_sees(client_of, team_member):
    FollowUpFactory(title="For the Board", sealed=True)
    page = csv_of(file_of(client_of(team_member), "export=csv"))

    assert csv_rows(command()) == page


def test_command_takes_every_filter_of_the_list(client_of, team_member):
    page = csv_of(
        file_of(
            client_of(team_member),
            "export=csv&rows=leads&kind=webinar&kind=two_pager&lead=Laura+Alfars&ordering=-title",
        )
    )

    written = command(
        "--kind=webinar", "--kind=two_pager", "--lead=Laura Alfars", "--rows=leads",
        "--ordering=-title",
    )  # fmt: skip

    assert csv_rows(written) == page
    assert len(page) > 0


def test_command_has_an_option_for_every_filter():
    from actions.filters import FollowUpFilterSet
    from actions.management.commands.export_follow_ups import Command

    parser = Command().create_parser("manage.py", "export_follow_ups")
    known = {action.dest for action in parser._actions}

    assert set(FollowUpFilterSet.base_filters) - known == set()


def test_command_yes_needs_no_value_and_takes_one():
    every = {row["ref"] for row in csv_rows(command())}
    without = {row["ref"] for row in csv_rows(command("--no-due"))}
    dated = {row["ref"] for row in csv_rows(command("--no-due", "false"))}

    assert without | dated == every
    assert without & dated == set()


def test_command_shows_somebody_what_they_see(guest):
    given = FollowUpFactory(title="Given")
    AssignmentFactory(follow_up=given, person=guest.person)
    administrator = UserFactory(email="keeper@example.org", roles=["administrator"], person=None)

    seen = [
        [row["ref"] for row in csv_rows(command("--as", email))]
        for email in (guest.email.upper(), administrator.email)
    ]

    assert seen == [[given.ref], []]


def test_command_never_opens_what_is_for_the_board(chair):
    FollowUpFactory(title="For the Board", sealed=True)

    assert "For the Board" not in command("--as", chair.email)


def test_command_writes_a_workbook_into_a_file(tmp_path):
    path = tmp_path / "list.xlsx"

    assert command("--format=xlsx", "--output", str(path), "--kind=webinar") == ""
    assert len(table(openpyxl.load_workbook(path).worksheets[0])) == 6
    assert [each.name for each in tmp_path.iterdir()] == ["list.xlsx"]


def test_command_prints_a_table():
    lines = command("--format=table", "--kind=webinar").splitlines()

    assert lines[0].split()[0] == "Kind"
    assert lines[-1] == "5 follow-ups"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--kind=party"], "--kind: "),
        (["--lead=zzzz"], "--lead: Nobody is called “zzzz”"),
        (["--due-by=soon"], "--due-by: Write the day as"),
        (["--overdue=maybe"], "--overdue: Write true or false."),
        (["--ordering=colour"], "--ordering: Order by one of"),
        (["--rows=weeks"], "--rows: This list has no such rows."),
        (["--as=nobody@example.org"], "There is no account with the address nobody@example.org."),
        (["--format=xlsx"], "Name a file: --output FILE."),
        (["--output=/nowhere/at/all.csv"], "cannot be written"),
        (["--format=odt"], "invalid choice"),
        (["--colour=red"], "unrecognized arguments"),
    ],
)
def test_command_told_what_it_does_not_know_says_so(args, told, db):
    with pytest.raises(CommandError) as refused:
        command(*args)

    assert told in str(refused.value)


def test_command_refuses_one_who_may_not_sign_in(team_member):
    type(team_member).objects.filter(pk=team_member.pk).update(is_active=False)

    with pytest.raises(CommandError, match="may not sign in"):
        command("--as", team_member.email)
