"""Runs inside pytest, in the mutated copy: learns which test reaches which check, then takes out
one check after the other, each in a process of its own that has all loaded already.

A test that never comes to a check cannot tell that it is gone: only those that do are run.
"""

import json
import os
import random
import re
import signal
import time
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from . import switch
from .checks import Mutant

ASKED = json.loads(os.environ["MUTANTS"])
LONGEST = 300  # seconds for one test; a mutant that makes it longer is found by that
SHOWN = ("rows", "named", "sees")  # kinds that only pages, rows and files can tell of
BRIEFLY = 2  # seconds of work for each mutant at first; what survives them waits for the rest
# Tests whose names tell of who may what: first to be asked.
LIKELY = re.compile(
    r"test_access|test_one_noun|proofs/|guest|seal|hidden|nobody|sees|seen|board|_only|declared"
    r"|_role|_may|others|own|permission|token|alone|stranger|step|not_there|_for_"
)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    items = session.items
    runtestprotocol(items[0], log=False, nextitem=items[1])  # the database is made
    found = Judge(Tests(items, Path(ASKED["keep"]) / "reach")).all()
    session.testsfailed = int(not found)
    return True


def run(items):
    """`(test, whether it passed)` of each in turn, in this process, which says nothing itself."""
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    items[0].session._setupstate.teardown_exact(items[0])
    for item, after in zip(items, [*items[1:], items[0]], strict=True):
        signal.alarm(LONGEST)
        reports = runtestprotocol(item, log=False, nextitem=after)
        signal.alarm(0)
        yield item, not any(report.failed for report in reports)


class Tests:
    """What is known of each test: whether it passes, how long it takes, what it reaches."""

    def __init__(self, items, kept):
        asked = [item for item in items if re.search(ASKED["by"], item.nodeid)]
        self.by_name, self.kept = {item.nodeid: item for item in asked}, kept
        self.known, self.kills = {}, {}
        self.read()

    def read(self):
        lines = self.kept.read_text().splitlines() if self.kept.exists() else []
        self.known = {each["test"]: each for each in map(json.loads, lines)}

    def learn(self, likely: bool):
        """Run those nothing is known of yet; the likely first, the others for what survives."""
        left = [name for name in self.by_name if name not in self.known]
        left = [name for name in left if not likely or LIKELY.search(name)]
        print(f"{len(left)} tests, to see what they reach", flush=True)
        pids = [self.learn_in_child(left[start :: ASKED["jobs"]]) for start in range(ASKED["jobs"])]
        for pid in filter(None, pids):
            os.waitpid(pid, 0)
        self.read()
        broken = [name for name in left if not self.known[name]["passes"]]
        print(f"{len(broken)} fail in the copy and are left out", *broken, sep="\n  ", flush=True)

    def learn_in_child(self, names):
        if not names or (pid := os.fork()):
            return names and pid
        with self.kept.open("a") as told:
            start = time.process_time()
            for item, well in run([self.by_name[name] for name in names]):
                line = {"test": item.nodeid, "passes": well, "reached": sorted(switch.reached)}
                line["seconds"] = round(time.process_time() - start, 3)
                told.write(json.dumps(line) + "\n")
                told.flush()
                switch.reached.clear()
                start = time.process_time()
        os._exit(0)

    def of(self, mutant, hints, tried=()):
        """Those known that can tell, the likeliest first."""
        known = [each for name, each in self.known.items() if name in self.by_name]
        if hints is None:
            found = [each for each in known if mutant.number in each["reached"]]
        else:
            found = [each for each in known if re.search(hints, each["test"])]
        found = [each["test"] for each in found if each["passes"] and each["test"] not in tried]
        return sorted(found, key=lambda name: self.order(name, mutant))

    def order(self, name, mutant):
        mirrored = mutant.where.partition(":")[0].rpartition(".")[2]
        told = self.known[name]
        likely = 3.0 if LIKELY.search(name) else 1.0
        likely *= 2.0 if mirrored in name else 1.0
        if mutant.kind in SHOWN:
            likely *= 0.2 if "test_access" in name else 8.0 if "test_one_noun" in name else 1.0
        likely *= 1.0 + min(self.kills.get(name, 0), 5)
        return (told["seconds"] + 0.05) * (1 + len(told["reached"])) ** 0.5 / likely


class Judge:
    """Takes out one check after the other, and tells what noticed it."""

    def __init__(self, tests):
        self.tests, self.running = tests, {}
        self.kept = tests.kept.with_name("killed")
        self.tried = {}

    def all(self) -> bool:
        """True if some test failed each time."""
        from .declared import declared  # what it reads is there once Django is set up

        asked = [(Mutant(*each), None, None) for each in ASKED["mutants"]]
        asked += declared(len(asked))
        stale = sorted(set(ASKED["equivalent"]) - {each[0].name for each in asked})
        asked = [each for each in asked if re.search(ASKED["only"], each[0].name)]
        asked = [each for each in asked if each[0].name not in ASKED["equivalent"]]
        if ASKED["sample"]:
            asked = random.Random(ASKED["seed"]).sample(asked, min(ASKED["sample"], len(asked)))
        killed = {each[0]: "before" for each in asked if each[0].name in self.before()}
        for likely, seconds in ((True, BRIEFLY), (False, None)):
            self.tests.learn(likely)
            left = [each for each in asked if each[0] not in killed]
            killed |= dict(self.each(left, seconds))
        return tell([each[0] for each in asked], killed, stale)

    def before(self) -> set:
        """The names of those noticed by an earlier run that kept its findings here."""
        return set(self.kept.read_text().splitlines()) if self.kept.exists() else set()

    def each(self, asked, seconds):
        """`(mutant, the test that noticed)` of those that were, in so many seconds each."""
        for each in asked:
            if len(self.running) >= ASKED["jobs"]:
                yield from self.ended(not seconds)
            self.begin(*each, seconds)
        while self.running:
            yield from self.ended(not seconds)

    def begin(self, mutant, take_out, hints, seconds):
        order = self.tests.of(mutant, hints, self.tried.get(mutant, ()))
        here, there = os.pipe()
        if pid := os.fork():
            os.close(there)
            self.running[pid] = mutant, here, time.monotonic()
            return
        switch.chosen = mutant.number
        if take_out:
            take_out()
        for item, well in run([self.tests.by_name[name] for name in order]) if order else ():
            os.write(there, f"{item.nodeid}\n".encode())
            if not well:
                os._exit(1)
            if seconds and time.process_time() > seconds:
                break
        os._exit(0)

    def ended(self, last):
        """Wait for one of those running."""
        pid, status = os.waitpid(-1, 0)
        mutant, pipe, start = self.running.pop(pid)
        with os.fdopen(pipe) as told:
            names = told.read().splitlines()
        seconds = f"{time.monotonic() - start:.1f} s"
        if status:
            killer = names[-1] if names else "its process, which ended"
            self.tests.kills[killer] = self.tests.kills.get(killer, 0) + 1
            print(f"{mutant.name}: killed by {killer}, {seconds}", flush=True)
            with self.kept.open("a") as file:
                file.write(f"{mutant.name}\n")
            yield mutant, killer
            return
        self.tried[mutant] = {*self.tried.get(mutant, ()), *names}
        what = "SURVIVED" if last else "looked at again later, after"
        print(f"{mutant.name}: {what} {len(self.tried[mutant])} tests, {seconds}", flush=True)


def tell(asked, killed, stale) -> bool:
    for kind in sorted({mutant.kind for mutant in asked}):
        of_kind = [mutant for mutant in asked if mutant.kind == kind]
        print(f"  {kind}: {sum(each in killed for each in of_kind)} of {len(of_kind)}")
    for name in stale:
        print(f"No such check any more: {name}")
    print(f"mutants: {len(killed)} of {len(asked)} killed (target 40)", flush=True)
    return len(killed) == len(asked) and not stale
