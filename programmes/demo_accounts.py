"""The accounts of the demo: real people of the documents, addresses that lead nowhere."""

import secrets

from django.conf import settings

from .models import Person, User
from .models.user import DEMO_DOMAIN

ACCOUNTS = (
    ("team", "Vanessa Pillay", ("team",), "Africa/Johannesburg"),
    ("coordinator", "Mike Bird", ("coordinator",), "Europe/London"),
    ("board", "Lin Lim", ("board",), "Asia/Kuala_Lumpur"),
    ("chair", "Renana Jhabvala", ("board", "chair"), "Asia/Kolkata"),
    ("guest", "Aromar Revi", ("guest",), "Asia/Kolkata"),
    ("administrator", None, ("administrator",), "UTC"),
)


def demo_password() -> str:
    """The one password of this machine's demo, made at its first run."""
    path = settings.VAR_DIR / "demo_password"
    if not path.exists():
        write_secret(path, "-".join(secrets.token_hex(2) for _part in range(4)))
    return path.read_text().strip()


def write_secret(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text + "\n")


def make_demo_accounts() -> list[User]:
    """The demo's accounts, made where they are missing."""
    made = []
    for name, person_name, roles, zone in ACCOUNTS:
        email = f"{name}{DEMO_DOMAIN}"
        user = User.objects.filter(email=email).first()
        if user is None:
            person = Person.objects.filter(name=person_name).first() if person_name else None
            user = User.objects.create_user(
                email, demo_password(), roles=roles, person=person, timezone=zone
            )
        made.append(user)
    return made
