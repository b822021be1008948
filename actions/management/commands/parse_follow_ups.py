import json
import sys
from datetime import date

from django.core.management.base import BaseCommand

from actions.draft_rows import told
from actions.drafts import read_drafts
from actions.management.commands.parse_due import said_on
from actions.terminal import team_viewer


class Command(BaseCommand):
    help = "Read lines or a table on standard input as follow-ups, and print them as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--on", default="", help="the day they were written, as 2017-04-28")

    def handle(self, *, on, **options):
        drafts = read_drafts(team_viewer(), sys.stdin.read(), said_on(on))
        text = json.dumps(told(drafts), ensure_ascii=False, indent=2, default=date.isoformat)
        self.stdout.write(text)
