"""The long proofs: a fair sample of each in the suite, at full size with `make prove`.

A proof takes its size from `proof.size(sample, full)` and tells its figure with
`proof.tell(name, figure, target)`: one line each when all are done. At full size it fails where
the figure is below the target.
"""

import os
from dataclasses import dataclass
from typing import Any

FULL = bool(os.environ.get("PROVE"))


@dataclass(frozen=True)
class Proof:
    keep: Any

    def size(self, sample, full):
        return full if FULL else sample

    def tell(self, name: str, figure: int, target: int) -> None:
        """`figure` is what was counted and held, `target` what is promised at full size."""
        self.keep("proof", f"{name}: {figure:,} (target {target:,})")
        assert not FULL or figure >= target


def lines_of(reports) -> list[str]:
    """What all proofs told, of the reports of a run."""
    told = [text for each in reports for name, text in each.user_properties if name == "proof"]
    return sorted(told)
