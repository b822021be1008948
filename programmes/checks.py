"""What `check --deploy` asks of an installation's own data."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import ngettext

from .models import User
from .models.user import DEMO_DOMAIN


@register(Tags.security, deploy=True)
def no_demo_accounts(app_configs, **kwargs):
    """Accounts of the demo do not sign in here, and nobody knows whose they would be."""
    if settings.DEMO:
        return []
    try:
        number = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).count()
    except DatabaseError:  # before the first migration there are no accounts
        return []
    if not number:
        return []
    told = ngettext(
        "There is %(number)s account of the demo (…%(domain)s).",
        "There are %(number)s accounts of the demo (…%(domain)s).",
        number,
    )
    hint = "They cannot sign in. Close them in the office, under Accounts."
    return [Warning(told % {"number": number, "domain": DEMO_DOMAIN}, hint, id="programmes.W001")]


@register(Tags.security, deploy=True)
def files_out_of_reach(app_configs, **kwargs):
    """What people upload is asked for page by page: no web server hands it out by itself."""
    media, static = Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()
    if static != media and static not in media.parents:
        return []
    told = f"MEDIA_ROOT ({media}) lies in the folder of static files, which everybody may read."
    return [Error(told, "Set MEDIA_ROOT to a folder outside it.", id="programmes.E001")]
