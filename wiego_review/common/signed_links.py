"""Links for mails: each does one thing for one account, needs no sign-in, and is its own proof."""

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36


class SignedLink:
    """Links to one route, with a word and some numbers in them that nobody else can write."""

    def __init__(self, route):
        self.route = route
        self.signer = signing.Signer(salt=f"link to {route}", sep=".")

    def to(self, word: str, *numbers: int) -> str:
        told = "-".join([word, *map(int_to_base36, numbers)])
        return f"{settings.SITE_URL}{reverse(self.route, args=[self.signer.sign(told)])}"

    def read(self, token: str, count: int) -> tuple:
        """`(word, *numbers)` of a link with so many numbers. Raises Http404 for any not of ours."""
        try:
            word, *numbers = self.signer.unsign(token).split("-")
            found = word, *map(base36_to_int, numbers)
        except (signing.BadSignature, ValueError):
            raise Http404 from None
        if len(numbers) != count:
            raise Http404
        return found
