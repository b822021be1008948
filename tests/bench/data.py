"""A network made up for measuring: a few hundred people, and as many follow-ups as asked for."""

from django.contrib.auth.models import Group
from django.db import connection

from programmes.models import Person, Programme, User
from retreats.models import Retreat, StrategicIssue, StrategicReview

PEOPLE = 400
PROGRAMMES = 12
RETREATS = 40
ISSUES = 200
RARE = "zanzibar"
FIRST = ("Ama", "Lucia", "Shalini", "Mike", "Jane", "Sonia", "Rhonda", "Chris", "Carmen", "Kofi")
LAST = ("Owusu", "Fernandez", "Sinha", "Bird", "Barrett", "Dias", "Bonner", "Alfers", "Roca")

# A number times an odd constant, modulo 2**40: scattered keys, each once.
KEY = "((%s::bigint * 6364136223 + 99991) %%%% 1099511627776)"

FOLLOW_UPS = f"""
INSERT INTO actions_followup (id, version, created_at, updated_at, kind, title, note, state,
    sealed, retreat_id, issue_id, "order", due_on, due_until, due_text, due_edge, ongoing,
    original_due_on, original_due_until, original_due_text, slips, last_word_on, search_text)
SELECT {KEY % "i"}, 1 + i %% 4,
    now() - (i * 37 %% 3000) * interval '1 hour', now() - (i * 61 %% 2900) * interval '1 hour',
    (array['webinar','two_pager','working_group','toolkit','summary','material','plan','task'])
        [1 + i * 7 %% 8],
    title, '',
    (array['suggested','not_started','under_way','needs_help','done','dropped'])
        [1 + i * 11 %% 23 %% 6],
    false, retreats[1 + i * 13 %% 40], issues[1 + i * 17 %% 200], 9999,
    due, due + (i %% 3) * 7, CASE WHEN due IS NULL THEN '' ELSE 'by the end of the week' END,
    '', false, due, due + (i %% 3) * 7, '', i %% 5 / 4,
    date '2014-01-01' + (i * 29 %% 1400)::int,
    lower(title) || ' | ' || names
FROM (
    SELECT i, CASE WHEN i %% 7 = 0 OR i * 7 %% 8 = 2 THEN NULL
            ELSE date '2015-01-01' + (i * 53 %% 1460)::int END due,
        (array['Webinar','Two-pager','Meeting','Toolkit','Note','Draft']) [1 + i %% 6]
        || ' on ' ||
        (array['street vendors','home-based workers','waste pickers','domestic workers',
               'social protection','urban policies','statistics']) [1 + i * 3 %% 7]
        || ' in ' ||
        (array['Accra','Lima','Ahmedabad','Delhi','Dakar','Bangkok','Mexico City','Nakuru'])
            [1 + i * 5 %% 8]
        || ' ' || i || CASE WHEN i %% 1000 = 1 AND i < 8000 THEN ' {RARE}' ELSE '' END AS title,
        (SELECT string_agg(search_text, ' | ') FROM bench_people
         WHERE n = ANY(array[i %% 400, (i * 7 + 131) %% 400, (i * 7 + 262) %% 400])) names
    FROM generate_series(%(first)s, %(last)s) i
) made, (SELECT array_agg(id) retreats FROM retreats_retreat) r,
    (SELECT array_agg(id) issues FROM retreats_strategicissue) s
"""
# Three or four leads and one or two with them: five different people, the last left out at times.
ASSIGNMENTS = f"""
INSERT INTO actions_assignment (id, version, created_at, updated_at, role, "order", as_named,
    text, answer, follow_up_id, person_id)
SELECT {KEY % "(i * 8 + k)"}, 1, now(), now(),
    CASE WHEN k < 3 + i %% 2 THEN 'lead' ELSE 'support' END, k + 1, '', '', '',
    {KEY % "i"}, bench_people.id
FROM generate_series(%(first)s, %(last)s) i
CROSS JOIN generate_series(0, 4) k
JOIN bench_people ON n = (i * 7 + k * 131) %% 400
"""
FILED = f"""
INSERT INTO actions_followup_programmes (followup_id, programme_id)
SELECT {KEY % "i"}, programmes[1 + (i + k) %% 12]
FROM generate_series(%(first)s, %(last)s) i
CROSS JOIN generate_series(0, 1) k, (SELECT array_agg(id) programmes FROM programmes_programme) p
WHERE k = 0 OR i %% 4 = 0
"""


def add_network():
    """People, programmes, retreats, issues and three accounts."""
    review = saved(StrategicReview(name="Strategic review"))
    for number in range(PEOPLE):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number}"
        saved(Person(name=name, search_text=name.lower()))
    for number in range(PROGRAMMES):
        saved(Programme(name=f"Programme {number}"))
    for number in range(RETREATS):
        saved(Retreat(name=f"Retreat {number}", kind="retreat", review=review))
    for number in range(ISSUES):
        saved(StrategicIssue(title=f"Issue {number}", review=review))
    people = Person.objects.order_by("sort_key")
    for role, person in zip(("team", "coordinator", "administrator"), people, strict=False):
        user = saved(User(email=f"{role}@example.org", person=person, password="!"))
        user.groups.set(Group.objects.filter(name=role))


def saved(record):
    record.full_clean()
    record.save()
    return record


def add_follow_ups(first, last):
    """The follow-ups numbered `first` to `last`, with whom they were given to."""
    people = Person.objects.order_by("sort_key").values_list("pk", "search_text")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "CREATE TEMP TABLE bench_people (n int PRIMARY KEY, id bigint, search_text text)"
        )
        cursor.executemany(
            "INSERT INTO bench_people VALUES (%s, %s, %s)",
            [(number, *person) for number, person in enumerate(people)],
        )
        for statement in (FOLLOW_UPS, ASSIGNMENTS, FILED):
            cursor.execute(statement, {"first": first, "last": last})
        cursor.execute("DROP TABLE bench_people")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
