"""Where one is signed in: what the sessions themselves tell, no table beside them."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wiego_review.common.middleware import SEEN

DEVICE, BEGAN = "device", "began_at"
# The first word found in what a browser says of itself, and what people call it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """One place somebody is signed in at. `key` names it in addresses and opens nothing."""

    key: str
    device: str
    began_at: datetime | None
    seen_at: datetime
    session_key: str


def begin(request) -> None:
    """Remember in a fresh session where and when it began."""
    now = time.time()
    request.session[DEVICE] = device_words(request.META.get("HTTP_USER_AGENT", ""))
    request.session[BEGAN] = request.session[SEEN] = now


def device_words(agent: str) -> str:
    """“Chrome on Android”, as far as the browser says so."""
    browser = next((words for sign, words in BROWSERS if sign in agent), "")
    machine = next((words for sign, words in MACHINES if sign in agent), "")
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine


def store():
    return import_module(settings.SESSION_ENGINE).SessionStore


def of_user(user) -> list[SignedIn]:
    """Where this account is signed in, used last first."""
    rows = store().get_model_class().objects.filter(expire_date__gt=timezone.now())
    found = []
    for row in rows.iterator():
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            found.append(signed_in(row, data))
    return sorted(found, key=lambda each: each.seen_at, reverse=True)


def signed_in(row, data) -> SignedIn:
    saved = row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignedIn(
        key=salted_hmac("programmes.sessions", row.session_key).hexdigest()[:16],
        device=data.get(DEVICE) or _("A browser that does not say its name"),
        began_at=moment(data[BEGAN]) if BEGAN in data else None,
        seen_at=moment(data[SEEN]) if SEEN in data else saved,
        session_key=row.session_key,
    )


def moment(stamp) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def end(signed_in: SignedIn) -> None:
    """Sign out there: the next request from there is one of nobody."""
    store()(signed_in.session_key).flush()


def end_all(user, but: str = "") -> int:
    """Sign out everywhere, but for the session named; returns where many."""
    ended = [each for each in of_user(user) if each.session_key != but]
    for each in ended:
        end(each)
    return len(ended)
