"""`python -m tests.bench.memory csv`: makes the whole file, prints the most memory it took (MB).

A second word is how many rows of a workbook are linked.
"""

import os
import re
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiego_review.settings")
django.setup()

from actions.listings import LISTINGS  # noqa: E402
from programmes.models import User  # noqa: E402
from wiego_review.common import exports  # noqa: E402
from wiego_review.common.pages import file_of  # noqa: E402
from wiego_review.common.viewer import Viewer  # noqa: E402


def main(kind, links=exports.LINKED_ROWS):
    exports.LINKED_ROWS = int(links)
    listing = next(each for each in LISTINGS if each.name == "follow-ups")
    selection = listing.select(Viewer(User.objects.get(email="team@example.org")), {})
    cells, chunks = file_of(selection, kind)
    if kind == "csv":
        for _text in exports.csv_lines(cells, chunks):
            pass
    else:
        exports.xlsx_file(cells, chunks, exports.about(selection)).close()
    print(most_memory())


def most_memory() -> float:
    """Of this program alone: what getrusage tells begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
