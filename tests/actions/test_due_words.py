"""Due as people say it, on 28 April 2017, a Friday, with the meetings the report names ahead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.due_lexicon import SIGNS
from actions.due_words import Ambiguous, Anchor, Due, NotUnderstood, anchor_words, read_due

TODAY = date(2017, 4, 28)
MEETINGS = (
    Anchor(
        "bellagio-2017",
        anchor_words("Bellagio retreat", "April 2017"),
        date(2017, 4, 24),
        date(2017, 4, 28),
    ),
    Anchor(
        "team-retreat-2017",
        anchor_words("Team Retreat", "November 2017"),
        date(2017, 11, 13),
        date(2017, 11, 16),
    ),
    Anchor(
        "board-teleconference-2017",
        anchor_words("Board teleconference", "December 2017"),
        date(2017, 12, 1),
        date(2017, 12, 31),
    ),
)
# What is said, the first day, the last day where it is another one.
PHRASES = """
12 June | 2017-06-12
12 Jun | 2017-06-12
June 12 | 2017-06-12
12th of June | 2017-06-12
the 12th of June 2018 | 2018-06-12
Monday 12 June | 2017-06-12
Monday, 12 June 2017 | 2017-06-12
by 12 June | 2017-06-12
until June 12th | 2017-06-12
no later than 12 June | 2017-06-12
before 12 June | 2017-06-11
2017-06-12 | 2017-06-12
2017-06-12 00:00:00 | 2017-06-12
12.6.2017 | 2017-06-12
25/6/2017 | 2017-06-25
6/25/2017 | 2017-06-25
5/5/2017 | 2017-05-05
3 March | 2018-03-03
28 April | 2017-04-28
the 15th | 2017-05-15
the 30th | 2017-04-30
today | 2017-04-28
tomorrow | 2017-04-29
Friday | 2017-05-05
by Wednesday | 2017-05-03
next Friday | 2017-05-05
this week | 2017-04-24 | 2017-04-30
next week | 2017-05-01 | 2017-05-07
end of the week | 2017-04-28
end of next week | 2017-05-05
the week of 5 June | 2017-06-05 | 2017-06-11
week of 7 June | 2017-06-05 | 2017-06-11
first week of June | 2017-06-01 | 2017-06-07
by the first week of June | 2017-06-01 | 2017-06-07
(by first week of June) | 2017-06-01 | 2017-06-07
1st week of June | 2017-06-01 | 2017-06-07
second week of June | 2017-06-08 | 2017-06-14
last week of June | 2017-06-24 | 2017-06-30
first week of next month | 2017-05-01 | 2017-05-07
early June | 2017-06-01 | 2017-06-10
beginning of June | 2017-06-01 | 2017-06-10
mid-May | 2017-05-11 | 2017-05-20
by the middle of May | 2017-05-11 | 2017-05-20
late June | 2017-06-21 | 2017-06-30
end of June | 2017-06-30
end of the month | 2017-04-30
by end of next month | 2017-05-31
last day of May | 2017-05-31
first of June | 2017-06-01
first half of June | 2017-06-01 | 2017-06-15
second half of June | 2017-06-16 | 2017-06-30
June | 2017-06-01 | 2017-06-30
in June 2018 | 2018-06-01 | 2018-06-30
January | 2018-01-01 | 2018-01-31
January next year | 2018-01-01 | 2018-01-31
this month | 2017-04-01 | 2017-04-30
next month | 2017-05-01 | 2017-05-31
June–July | 2017-06-01 | 2017-07-31
June to August 2017 | 2017-06-01 | 2017-08-31
12–14 June | 2017-06-12 | 2017-06-14
between 12 and 14 June | 2017-06-12 | 2017-06-14
from 28 May to 3 June | 2017-05-28 | 2017-06-03
Q3 | 2017-07-01 | 2017-09-30
Q1 | 2018-01-01 | 2018-03-31
Q3 2018 | 2018-07-01 | 2018-09-30
third quarter of 2018 | 2018-07-01 | 2018-09-30
next quarter | 2017-07-01 | 2017-09-30
end of Q3 | 2017-09-30
first half of 2018 | 2018-01-01 | 2018-06-30
2018 | 2018-01-01 | 2018-12-31
end of 2018 | 2018-12-31
end of the year | 2017-12-31
early 2018 | 2018-01-01 | 2018-03-31
mid-2018 | 2018-06-01 | 2018-07-31
next year | 2018-01-01 | 2018-12-31
in two weeks | 2017-05-12
in a fortnight | 2017-05-12
within 10 days | 2017-05-08
in the next two weeks | 2017-05-12
in a week | 2017-05-05
in a month | 2017-05-28
in three months | 2017-07-28
two weeks before 12 June | 2017-05-29
a week after 12 June | 2017-06-19
12 de junio | 2017-06-12
el 12 de junio de 2018 | 2018-06-12
lunes 12 de junio | 2017-06-12
1º de junio | 2017-06-01
primera semana de junio | 2017-06-01 | 2017-06-07
para la primera semana de junio | 2017-06-01 | 2017-06-07
última semana de mayo | 2017-05-25 | 2017-05-31
a mediados de mayo | 2017-05-11 | 2017-05-20
a finales de mayo | 2017-05-21 | 2017-05-31
fin de mes | 2017-04-30
a principios de junio | 2017-06-01 | 2017-06-10
primera quincena de junio | 2017-06-01 | 2017-06-15
la próxima semana | 2017-05-01 | 2017-05-07
la semana que viene | 2017-05-01 | 2017-05-07
el mes que viene | 2017-05-01 | 2017-05-31
el próximo mes | 2017-05-01 | 2017-05-31
en dos semanas | 2017-05-12
dentro de un mes | 2017-05-28
tercer trimestre de 2018 | 2018-07-01 | 2018-09-30
antes del 12 de junio | 2017-06-11
mañana | 2017-04-29
el viernes | 2017-05-05
12 juin | 2017-06-12
le 12 juin 2018 | 2018-06-12
le 1er juin | 2017-06-01
lundi 12 juin | 2017-06-12
avant le 12 juin | 2017-06-11
première semaine de juin | 2017-06-01 | 2017-06-07
d'ici la première semaine de juin | 2017-06-01 | 2017-06-07
mi-mai | 2017-05-11 | 2017-05-20
à la mi-juin | 2017-06-11 | 2017-06-20
début juin | 2017-06-01 | 2017-06-10
fin mai | 2017-05-31
d'ici à la fin du mois | 2017-04-30
fin de l'année | 2017-12-31
la semaine prochaine | 2017-05-01 | 2017-05-07
le mois prochain | 2017-05-01 | 2017-05-31
dans deux semaines | 2017-05-12
dans quinze jours | 2017-05-13
d'ici deux semaines | 2017-05-12
T3 | 2017-07-01 | 2017-09-30
troisième trimestre 2018 | 2018-07-01 | 2018-09-30
demain | 2017-04-29
vendredi prochain | 2017-05-05
12 de junho | 2017-06-12
até 12 de junho de 2018 | 2018-06-12
segunda-feira, 12 de junho | 2017-06-12
primeira semana de junho | 2017-06-01 | 2017-06-07
segunda semana de junho | 2017-06-08 | 2017-06-14
meados de maio | 2017-05-11 | 2017-05-20
fim de maio | 2017-05-31
no fim do mês | 2017-04-30
início de junho | 2017-06-01 | 2017-06-10
na próxima semana | 2017-05-01 | 2017-05-07
semana que vem | 2017-05-01 | 2017-05-07
próximo mês | 2017-05-01 | 2017-05-31
em duas semanas | 2017-05-12
daqui a duas semanas | 2017-05-12
terceiro trimestre de 2018 | 2018-07-01 | 2018-09-30
antes de 12 de junho | 2017-06-11
amanhã | 2017-04-29
sexta-feira | 2017-05-05
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in PHRASES.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_due_is_read_as_it_is_said(row):
    text, *days = row
    first, last = [*map(date.fromisoformat, days), None][:2]
    assert read_due(text, TODAY, MEETINGS) == Due(text, first, last)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("before the Team Retreat", (12, None, "team-retreat-2017", "start", -1)),
        ("for the Team Retreat in November", (12, None, "team-retreat-2017", "start", -1)),
        ("in time for the Team Retreat", (12, None, "team-retreat-2017", "start", -1)),
        ("during the Team Retreat", (13, 16, "team-retreat-2017", "end", 0)),
        ("end of the Team Retreat", (16, None, "team-retreat-2017", "end", 0)),
        ("a week before the next retreat", (6, None, "team-retreat-2017", "start", -7)),
        ("a week after the Team Retreat", (23, None, "team-retreat-2017", "end", 7)),
        ("antes del retiro del equipo", (12, None, "team-retreat-2017", "start", -1)),
        ("una semana antes del retiro", (6, None, "team-retreat-2017", "start", -7)),
        ("avant la retraite de l'équipe", (12, None, "team-retreat-2017", "start", -1)),
        ("antes do retiro da equipe", (12, None, "team-retreat-2017", "start", -1)),
    ],
)
def test_due_hangs_on_a_meeting_that_is_named(text, found):
    first, last, *rest = found
    days = date(2017, 11, first), last and date(2017, 11, last)
    assert read_due(text, TODAY, MEETINGS) == Due(text, *days, *rest)


@pytest.mark.parametrize(
    "text",
    [
        "two weeks before the Board teleconference",
        "dos semanas antes de la teleconferencia de la Junta",
        "deux semaines avant la téléconférence du Conseil",
        "duas semanas antes da teleconferência do Conselho",
    ],
)
def test_due_is_counted_back_from_a_meeting(text):
    due = Due(text, date(2017, 11, 17), None, "board-teleconference-2017", "start", -14)
    assert read_due(text, TODAY, MEETINGS) == due


@pytest.mark.parametrize(
    "text", ["ongoing", "On-going", "continuous", "en curso", "en continu", "em curso", "contínuo"]
)
def test_ongoing_is_told_from_a_date(text):
    assert read_due(text, TODAY) == Due(text, ongoing=True)


@pytest.mark.parametrize(
    "text", ["", "no date", "TBD", "to be decided", "sin fecha", "sans date", "sem data", "–"]
)
def test_no_date_is_none(text):
    assert read_due(text, TODAY) == Due(text)


@pytest.mark.parametrize(
    "text",
    [
        "when Lima answers",
        "soon",
        "31 June",
        "12 June and then some",
        "week",
        "the Bellagio retreat",
        "before the General Assembly",
        "after the Team Retreat",
        "first week of 2018",
        "in 99999999 weeks",
        "12 June 2999",
        "14–12 June",
        "32.1.2017",
    ],
)
def test_what_is_not_understood_is_said(text):
    with pytest.raises(NotUnderstood):
        read_due(text, TODAY, MEETINGS)


@pytest.mark.parametrize("text", ["6/5/2017", "5-6-2017", "6/5"])
def test_day_in_numbers_that_may_be_two_is_asked_about(text):
    with pytest.raises(Ambiguous):
        read_due(text, TODAY, MEETINGS)


def test_next_weekday_is_in_the_next_week():
    wednesday = date(2017, 4, 26)
    assert read_due("Friday", wednesday).on == date(2017, 4, 28)
    assert read_due("next Friday", wednesday).on == date(2017, 5, 5)


def test_part_that_is_over_is_next_years():
    assert read_due("early April", TODAY) == Due("early April", date(2018, 4, 1), date(2018, 4, 10))


DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(DAYS, DAYS)
def test_day_written_in_full_is_that_day(day, today):
    for text in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"{day:%d.%m.%Y}", day.isoformat()):
        assert read_due(text, today) == Due(text, day)


@given(DAYS, st.integers(0, 400))
def test_days_and_weeks_are_counted(today, number):
    assert read_due(f"in {number} days", today).on == today + timedelta(days=number)
    assert read_due(f"dans {number} semaines", today).on == today + timedelta(weeks=number)


@given(DAYS, st.lists(st.sampled_from([*SIGNS, "12", "2018", "lima", ","]), max_size=6))
def test_any_words_are_read_or_refused(today, words):
    text = " ".join(words)
    try:
        due = read_due(text, today, MEETINGS)
    except NotUnderstood:
        return
    assert due.text == text
    assert due.until is None or due.on < due.until
    assert not (due.ongoing and due.on)


@given(DAYS, st.text(max_size=40))
def test_any_text_is_read_or_refused(today, text):
    try:
        read_due(text, today, MEETINGS)
    except NotUnderstood:
        return


@given(DAYS)
def test_what_has_no_year_is_not_over(today):
    for text in ("12 June", "first week of June", "mid-May", "Q3", "end of the month", "Friday"):
        due = read_due(text, today)
        assert (due.until or due.on) >= today
