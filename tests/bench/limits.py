"""The limits: plain SQL that gives the same rows, sent without Django."""

PARTY = "coalesce(p.name, g.name, b.name, o.name, a.text)"
JOINED = """
FROM actions_followup f
LEFT JOIN retreats_strategicissue i ON i.id = f.issue_id
LEFT JOIN retreats_retreat r ON r.id = f.retreat_id
LEFT JOIN retreats_retreat d ON d.id = f.due_anchor_id
"""
QUIET = """f.state NOT IN ('done', 'dropped')
    AND f.last_word_on < current_date - interval '12 months'
    AND (f.due_sort < current_date OR f.kind = 'working_group' AND f.state = 'under_way')"""
OVERDUE = """f.state NOT IN ('done', 'dropped') AND f.due_sort < current_date
    AND f.last_word_on >= current_date - interval '12 months'"""
CELLS = f"""f.id, f.kind, f.title, f.state, i.id, i.title, r.slug, r.name, f.due_on, f.due_until,
    f.due_text, d.slug, d.name, f.slips, {OVERDUE}, {QUIET}, f.last_word_on, f.version,
    f.updated_at"""
ROWS = f"""SELECT {CELLS} {JOINED}
WHERE NOT f.sealed AND f.kind = ANY(%(kinds)s) AND f.state = ANY(%(states)s)
ORDER BY f.due_sort, f."order", f.id LIMIT 51"""
COUNT = """SELECT count(*) FROM (SELECT 1 FROM actions_followup f
WHERE NOT f.sealed AND f.kind = ANY(%(kinds)s) AND f.state = ANY(%(states)s) LIMIT 10001) found"""
PARTIES = """LEFT JOIN programmes_person p ON p.id = a.person_id
LEFT JOIN programmes_programme g ON g.id = a.programme_id
LEFT JOIN programmes_body b ON b.id = a.body_id
LEFT JOIN programmes_organisation o ON o.id = a.organisation_id"""
GIVEN = f"""SELECT a.follow_up_id, a.role, a.text, p.slug, p.name, g.slug, g.name,
    b.slug, b.name, o.slug, o.name
FROM actions_assignment a {PARTIES}
WHERE a.ended_at IS NULL AND a.follow_up_id = ANY(%(ids)s) ORDER BY a."order", a.id"""
FILED = """SELECT t.followup_id, g.slug, g.name FROM actions_followup_programmes t
JOIN programmes_programme g ON g.id = t.programme_id
WHERE t.followup_id = ANY(%(ids)s) ORDER BY g.sort_key"""


def page(cursor, kinds, states):
    """A page of the filtered list with its leads and programmes, and the count."""
    narrowed = {"kinds": kinds, "states": states}
    cursor.execute(ROWS, narrowed)
    rows = cursor.fetchall()[:50]
    cursor.execute(COUNT, narrowed)
    count = cursor.fetchone()
    ids = {"ids": [row[0] for row in rows]}
    cursor.execute(GIVEN, ids)
    given = cursor.fetchall()
    cursor.execute(FILED, ids)
    return rows, count, given, cursor.fetchall()


COPY = f"""COPY (
SELECT f.kind, f.title, given.leads, given.withs, f.due_text, f.due_on, f.due_until, d.name,
    f.state, f.last_word_on, f.slips, {OVERDUE}, {QUIET}, i.title, r.name, filed.programmes,
    f.version, f.updated_at, 'http://localhost:8000/follow-ups/' || f.id || '/', f.id
{JOINED}
LEFT JOIN (
    SELECT a.follow_up_id,
        string_agg({PARTY}, '; ' ORDER BY a."order", a.id) FILTER (WHERE a.role = 'lead') leads,
        string_agg({PARTY}, '; ' ORDER BY a."order", a.id) FILTER (WHERE a.role = 'support') withs
    FROM actions_assignment a {PARTIES} WHERE a.ended_at IS NULL GROUP BY a.follow_up_id
) given ON given.follow_up_id = f.id
LEFT JOIN (
    SELECT t.followup_id, string_agg(g.name, '; ' ORDER BY g.sort_key) programmes
    FROM actions_followup_programmes t JOIN programmes_programme g ON g.id = t.programme_id
    GROUP BY t.followup_id
) filed ON filed.followup_id = f.id
WHERE NOT f.sealed ORDER BY f.due_sort, f."order", f.id
) TO STDOUT WITH (FORMAT csv, HEADER)"""


class Sink:
    """A file that forgets."""

    def write(self, text):
        return len(text)


def copy(cursor):
    cursor.copy_expert(COPY, Sink())
