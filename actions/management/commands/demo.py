import os
import secrets
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from actions.terminal import print_follow_ups
from programmes.demo_accounts import demo_password, make_demo_accounts, write_secret


class Command(BaseCommand):
    help = "Make ready and serve the demo: the real data, six accounts, mails in a folder."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--setup-only", action="store_true", help="make ready, do not serve")

    def handle(self, setup_only, **options):
        if not settings.DEMO:
            raise CommandError("This is for trying out. Run it with DEMO=1, or with `make demo`.")
        if not setup_only:
            self.claim_port()
        self.make_ready()
        if setup_only:
            self.stdout.write("Ready. `make demo` serves it.")
            return
        self.tell()
        self.serve()

    def claim_port(self):
        """Say so at once if somebody else answers on the port."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", settings.PORT))
            except OSError as problem:
                raise CommandError(
                    f"Port {settings.PORT} is taken. Stop what uses it, "
                    f"or choose another: PORT={settings.PORT + 1} make demo"
                ) from problem

    def make_ready(self):
        (settings.VAR_DIR / "demo").touch()
        settings.EMAIL_FILE_PATH.mkdir(parents=True, exist_ok=True)
        if not (settings.VAR_DIR / "secret_key").exists():
            write_secret(settings.VAR_DIR / "secret_key", secrets.token_urlsafe(60))
        call_command("migrate", verbosity=0)
        call_command("load_seeds", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        make_demo_accounts()

    def tell(self):
        print_follow_ups(self.stdout, {"retreat": "bellagio-2017", "ordering": "agreed"})
        self.stdout.write(f"\nOpen {settings.SITE_URL} and sign in as one of these:\n")
        for user in make_demo_accounts():
            roles = ", ".join(sorted(user.roles))
            self.stdout.write(f"  {user.email:<32} {roles:<14} {user.person or ''}")
        self.stdout.write(f"\nPassword of all of them: {demo_password()}")
        self.stdout.write(f"Mails are read at {settings.SITE_URL}/demo/mail/ (stop: Ctrl-C)")

    def serve(self):
        self.stdout.flush()
        command = server_command(settings.PORT)
        os.execv(command[0], command)


def server_command(port) -> list[str]:
    """The web server for this machine alone."""
    bind = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "wiego_review.wsgi", "--bind", bind]
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    return [*command, *options, "--no-control-socket"]
