"""`python -m tests.mutants`: take out each access check in turn, in a copy of the source.

Exits with 1 where no test notices one. `--sample 20` tries as many, drawn by a seed; `--only TEXT`
those whose name has it, `--by TEXT` by the tests whose name has it; `--keep FOLDER` goes on where
the last run with it left off.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .checks import rewrite
from .equivalent import EQUIVALENT

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("wiego_review", "programmes", "retreats", "actions")
LEFT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "node_modules")
# Tests of the source's form, of words and of processes cannot tell who may what: they are not run.
NOT = (
    *("test_architecture", "test_gates", "test_settings", "test_wsgi", "test_sqlite_writes"),
    *("test_api_schema", "test_check_sources", "test_real_data", "test_backups", "test_restoring"),
    *("test_archive", "test_constraints", "test_text", "test_refs", "test_dates", "test_loading"),
    *("common/test_words", "test_excerpts", "test_search_words", "test_api_anything"),
    *("test_api_text", "test_row_words", "test_bad_input", "test_full_disk", "test_killed"),
    *("test_papers_kept", "test_file_kinds"),
    *("test_nothing_read_writes", "test_schema_cases", "test_two_servers"),
)


def mutate(folder) -> list:
    """Write the switches into the copy; the mutants found."""
    found = []
    for top in FOLDERS:
        for path in sorted((folder / top).rglob("*.py")):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(folder).with_suffix("").parts)
                source, more = rewrite(path.read_text(), module, len(found))
                if more:
                    path.write_text(source)
                found += more
    return found


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", default="")
    parser.add_argument("--by", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        folder = Path(place) / "source"
        shutil.copytree(ROOT, folder, ignore=LEFT)
        mutants = mutate(folder)
        told = {
            "mutants": [(each.number, each.kind, each.where, each.what) for each in mutants],
            "equivalent": list(EQUIVALENT),
            "keep": str((asked.keep or Path(place)).resolve()),
            **{name: getattr(asked, name) for name in ("sample", "seed", "only", "by", "jobs")},
        }
        if asked.sample:
            print(f"seed {asked.seed}")
        return run(folder, told)


def run(folder, told) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.plugin", "-s"]
    command += [f"-pno:{name}" for name in ("xdist", "cacheprovider")]
    command += [f"--ignore-glob=*{name}.py" for name in NOT]
    env = {**os.environ, "TESTING": "1", "DEMO": "0", "MUTANTS": json.dumps(told)}
    env.pop("DATABASE_URL", None)
    command += ["tests", "--override-ini", "norecursedirs=browser bench postgres"]
    return subprocess.run(command, cwd=folder, env=env, check=False).returncode


sys.exit(main())
