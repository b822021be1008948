"""Measure against the budgets, on PostgreSQL: `make bench`, or `make bench ARGS="rest csv"`.

One line each: what, the figure, the budget, ok or missed. All times are medians after a warm-up,
taken side by side in one run, so that only their ratios count.
"""

import os
import sys
import traceback
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiego_review.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from . import data, measures  # noqa: E402

SMALL, LARGE = 10_000, 100_000


def main(chosen):
    if connection.vendor != "postgresql":
        sys.exit("The budgets are those on PostgreSQL: run `make bench`.")
    with databases() as (small, large):
        missed = 0
        for name, measure in measures.ALL.items():
            if chosen and name not in chosen:
                continue
            missed += missed_of(name, measure(small, large))
    sys.exit(bool(missed))


def missed_of(name, figures) -> int:
    """Print each figure beside its budget; how many are over it. One that fails ends itself."""
    missed = 0
    try:
        for what, figure, budget, unit in figures:
            missed += figure > budget
            verdict = "ok" if figure <= budget else "missed"
            print(f"{what:<58} {figure:>8.1f}{unit} {budget:>8.1f}{unit}  {verdict}", flush=True)
    except Exception:
        traceback.print_exc()
        print(f"{name}: failed", flush=True)
        missed += 1
    return missed


@contextmanager
def databases():
    """Two databases of the made-up network, 10 thousand and 100 thousand follow-ups."""
    base = connection.settings_dict["NAME"]
    names = [f"{base}_bench_{size}" for size in (SMALL, LARGE)]
    plain = connection.copy()
    try:
        recreate(plain, names[0], "template0")
        small = database(names[0])
        with measures.using(small):
            call_command("migrate", verbosity=0)
            data.add_network()
            data.add_follow_ups(1, SMALL)
        small.close()
        recreate(plain, names[1], names[0])
        large = database(names[1])
        with measures.using(large):
            data.add_follow_ups(SMALL + 1, LARGE)
        yield small, large
        small.close()
        large.close()
    finally:
        with plain.cursor() as cursor:
            for name in reversed(names):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def recreate(plain, name, template):
    with plain.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def database(name):
    """A connection of Django's to the database of this name."""
    found = connection.copy()
    found.settings_dict = {**connection.settings_dict, "NAME": name}
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
