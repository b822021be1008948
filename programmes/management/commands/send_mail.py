from django.core.management.base import BaseCommand, CommandError

from programmes import mail
from programmes.models import KeptMail

DOINGS = ("now", "on", "off", "list", "drop")


class Command(BaseCommand):
    help = (
        "Send the mails that were kept because the mail server was away. "
        "on: this copy may send mail; off: keep every mail from now on; "
        "list: what waits; drop: throw away what waits."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", nargs="?", choices=DOINGS, default="now")

    def handle(self, *, what, **options):
        getattr(self, what)()

    def now(self):
        if mail.is_held():
            raise CommandError(
                f"Mail is held back here; {waiting()}. Look at them with `send_mail list`, throw "
                "them away with `send_mail drop`, then allow mail with `send_mail on`."
            )
        sent = mail.send_kept()
        left = KeptMail.objects.count()
        if left:
            self.list()
            raise CommandError(f"{sent} sent, {left} could not go. Run this again later.")
        self.stdout.write(f"{sent} sent, none waits.")

    def on(self):
        mail.let_go()
        self.stdout.write("From now on this copy sends mail.")
        self.now()

    def off(self):
        mail.hold()
        self.stdout.write("From now on every mail is kept here. `send_mail on` sends them.")

    def list(self):
        for each in KeptMail.objects.order_by("pk"):
            self.stdout.write(f"{each.kept_at:%Y-%m-%d %H:%M} {each} ({each.problem})")
        self.stdout.write(f"{waiting()}.")

    def drop(self):
        self.list()
        KeptMail.objects.drop()
        self.stdout.write("They are thrown away.")


def waiting() -> str:
    number = KeptMail.objects.count()
    return {0: "no mail waits", 1: "1 mail waits"}.get(number, f"{number} mails wait")
