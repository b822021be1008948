import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions.due import anchors
from actions.due_words import NotUnderstood, read_due
from actions.terminal import team_viewer
from wiego_review.common.dates import read_day


class Command(BaseCommand):
    help = "Tell as JSON which days words such as “first week of June” mean."

    def add_arguments(self, parser):
        parser.add_argument("words", help="in English, Spanish, French or Portuguese")
        parser.add_argument("--on", default="", help="the day they were said, as 2017-04-28")

    def handle(self, *, words, on, **options):
        try:
            due = read_due(words, said_on(on), anchors(team_viewer()))
        except NotUnderstood as problem:
            told = str(problem) or "These words name no day. Say it as “12 June 2017”."
            raise CommandError(told) from problem
        days = {"due_on": due.on, "due_until": due.until, "due_anchor": due.anchor or None}
        if due.anchor:
            days |= {"due_edge": due.edge, "due_offset": due.offset}
        told = {**days, "due_text": due.text, "ongoing": due.ongoing}
        self.stdout.write(json.dumps(told, ensure_ascii=False, default=date.isoformat))


def said_on(text) -> date:
    if not text:
        return timezone.localdate()
    if day := read_day(text):
        return day
    raise CommandError(f"“{text}” is no day. Write it as 2017-04-28.")
