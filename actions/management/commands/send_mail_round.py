from django.core.management.base import BaseCommand, CommandError

from actions.rounds import WENT_WRONG, preview, send_round
from programmes import mail
from programmes.models import MailKind, User


class Command(BaseCommand):
    help = (
        "Send the mails that are due now: the Monday mail, and what is newly given or asked. "
        "For cron, each ten minutes; in several processes, killed and started again, each goes "
        "once. --show EMAIL: what would be sent to one account now, without sending it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--show", metavar="EMAIL")

    def handle(self, *, show, **options):
        if show:
            return self.show(show)
        if mail.is_held():
            self.stdout.write("Mail is held back here: no round. `send_mail on` allows mail.")
            return None
        sent = send_round()
        told = f"{sent[MailKind.MONDAY]} Monday mails, {sent[MailKind.NEWS]} of what is new."
        if sent[WENT_WRONG]:
            raise CommandError(f"{told} {sent[WENT_WRONG]} went wrong: see the log, run it again.")
        self.stdout.write(told)

    def show(self, email):
        user = User.objects.filter(email=email.lower()).first()
        if user is None or not user.may_read_mails:
            raise CommandError(f"No mail comes to {email}: see whether it may sign in, as whom.")
        messages = preview(user)
        for message in messages:
            self.stdout.write(f"{message.subject}\n\n{message.body}")
        if not messages:
            self.stdout.write("Nothing to tell.")
