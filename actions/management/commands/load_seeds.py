from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from actions import seeds as second
from programmes import seeds as ground
from programmes.loading import UnknownKey, load
from retreats import seeds as first


class Command(BaseCommand):
    help = "Load the facts in fixtures/: again and again, leaving alone what people changed since."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, folder, **options):
        self.told = Counter()
        specs = (*ground.SPECS, *first.SPECS, *second.SPECS, *ground.LAST_SPECS)
        try:
            load(specs, folder, self.report, by=None, via="command")
        except (UnknownKey, ValidationError) as problem:
            raise CommandError(f"Nothing was loaded. {self.doing}: {problem}") from problem
        for (noun, outcome), number in sorted(self.told.items()):
            self.stdout.write(f"{noun}: {number} {outcome}")

    doing = ""

    def report(self, outcome, key, fields):
        self.doing = f"After {key}"
        self.told[key.partition(":")[0], outcome] += 1
        if outcome == "kept":
            names = ", ".join(sorted(fields))
            self.stdout.write(f"{key}: left alone, changed here since it was loaded ({names})")
