"""The house plan: floors and rooms. What no source holds is in `test_gates.py`."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from importlinter.cli import lint_imports

ROOT = Path(settings.BASE_DIR)
FLOORS = ("wiego_review", "programmes", "retreats", "actions")
APPS = FLOORS[1:]
WRITES = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create"}
WRITES |= {"update_or_create", "asave", "acreate", "adelete"}
# The verbs, what they stand on, and what a floor above does within them.
WRITERS = {
    "workflow.py",
    "papers.py",
    "recording.py",
    "loading.py",
    "consequences.py",
    "apps.py",
    "record.py",
    # What migrations fill in.
    "trigrams.py",
    "kept_words.py",
    # When a program last came in, a code used up: no fact of the network, no verb, no history.
    "accounts.py",
    "proofs.py",
    "recovery.py",
    # Writes past the history, which would tell the name that is taken out.
    "anonymising.py",
}
LINES, FUNCTION_LINES = 350, 40


# Longer than agreed; they may shrink, and no other may join them.
def name_of(path) -> str:
    return str(path.relative_to(ROOT))


@cache
def sources() -> dict:
    """`{path: syntax tree}` of our code; migrations are made by Django."""
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return {p: ast.parse(p.read_text()) for p in paths if "migrations" not in p.parts}


def calls(tree):
    """`(called name, node)` of each method call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def chain(node) -> str:
    return ast.unparse(node)


def found(condition) -> list[str]:
    """`path:line` of every call for which `condition(path, name, node)` holds."""
    return [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in sources().items()
        for name, node in calls(tree)
        if condition(path, name, node)
    ]


# --- floors -------------------------------------------------------------------


def test_imports_point_down_only(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_foreign_keys_point_down_only():
    upward = [
        f"{model.__name__}.{field.name}"
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model
        and field.related_model._meta.app_label in APPS
        and APPS.index(field.related_model._meta.app_label) > APPS.index(label)
    ]

    assert upward == []


def names_from_above(label) -> set[str]:
    """The names under which the floors above hang on a model of this floor."""
    reverse, own = set(), set()
    for model in apps.get_app_config(label).get_models():
        own |= {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
        for relation in model._meta.related_objects:
            above = relation.related_model._meta.app_label
            if above not in APPS:
                continue
            names = {relation.name, relation.get_accessor_name()} - {None}
            if APPS.index(above) > APPS.index(label):
                reverse |= names
            else:
                own |= names
    return {name for name in reverse - own if not name.endswith("+")}


@pytest.mark.parametrize("label", ["programmes", "retreats"])
def test_lookups_point_down_only(label):
    """No `assignments__role` and no `.assignments` below the floor that has them."""
    names = names_from_above(label)
    assert names
    upward = []
    for path, tree in sources().items():
        if path.relative_to(ROOT).parts[0] != label:
            continue
        for node in ast.walk(tree):
            text = ""
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                text = node.attr
            elif isinstance(node, ast.keyword) and node.arg:
                text = node.arg.partition("__")[0] if "__" in node.arg else ""
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.partition("__")[0] if "__" in node.value else ""
            if text in names:
                upward.append(f"{name_of(path)}: {text}")

    assert upward == []


def test_foundation_has_no_models_and_names_no_noun():
    assert list(apps.get_app_config("common").get_models()) == []


def test_our_apps_send_no_signals_to_each_other():
    own = found(
        lambda path, name, node: (
            (name in ("connect", "send", "send_robust") and "signal" in chain(node.func))
            or (name == "connect" and "post_migrate" not in chain(node.func))
        )
    )
    signals = [
        name_of(path)
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch"
    ]

    assert (own, signals) == ([], [])


# --- rooms --------------------------------------------------------------------


def test_only_the_verbs_write():
    def writes(path, name, node):
        if path.name in WRITERS or "models" in path.parts:
            return False
        return name in WRITES or (name == "update" and is_of_rows(node))

    assert found(writes) == []


def is_of_rows(node) -> bool:
    """Whether `update` is called on a queryset, as far as one can see."""
    return bool(re.search(r"objects|_base_manager|filter\(|queryset", chain(node.func)))


def test_views_hold_no_queries():
    asking = {"filter", "annotate", "exclude", "aggregate", "raw", "extra"}
    pages = ("views.py", "together.py", "names_in_words.py")

    assert found(lambda path, name, node: path.name in pages and name in asking) == []


def test_policies_and_columns_ask_no_database():
    def asks(path, name, node):
        return path.name in ("policies.py", "exports.py") and name in {
            "filter",
            "exclude",
            "exists",
        }

    assert found(asks) == []


def test_files_are_short():
    long = {name_of(path) for path in sources() if len(path.read_text().splitlines()) > LINES}

    assert long == set()


def test_functions_are_short():
    long = [
        f"{name_of(path)}: {node.name}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]

    assert long == []
