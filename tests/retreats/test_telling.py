"""What was said, as a page groups it."""

from retreats.telling import by_kind, matrix_of, off_the_wall


def note(kind, theme="Work", for_whom="WIEGO", matrix=True):
    return {"kind": kind, "theme": theme, "for_whom": for_whom, "matrix": matrix}


def test_kinds_that_ask_for_something_come_before_the_points():
    rows = [note(kind, matrix=False) for kind in ("point", "reason", "question", "point")]

    assert [(code, len(told)) for code, told in by_kind(rows)] == [
        ("question", 1),
        ("reason", 1),
        ("point", 2),
    ]


def test_matrix_has_a_cell_for_each_theme_and_whom():
    work, cities = note("threat"), note("opportunity", "Cities", "workers")
    rows = [work, cities, note("question", matrix=False)]

    matrix = matrix_of(rows[:2])

    assert (matrix["columns"], matrix["count"]) == (["WIEGO", "workers"], 2)
    assert matrix["lines"] == [
        (
            "Work",
            [
                {"for_whom": "WIEGO", "opportunity": [], "threat": [work]},
                {"for_whom": "workers", "opportunity": [], "threat": []},
            ],
        ),
        (
            "Cities",
            [
                {"for_whom": "WIEGO", "opportunity": [], "threat": []},
                {"for_whom": "workers", "opportunity": [cities], "threat": []},
            ],
        ),
    ]
    assert off_the_wall(rows) == rows[2:]
