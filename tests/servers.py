"""Real server processes over one database, and a browser that speaks HTTP with them."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[1]
START = "import django; django.setup()\n"


def environment(folder) -> dict:
    """As an installation of its own: the real cache, mails in a folder, no proxy."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "TESTING": "1",
        "DEMO": "0",
        "SECRET_KEY": "the same one for all of these processes, as in an installation",
        "VAR_DIR": str(folder),
        "CACHE_URL": "dbcache://review_cache",
        "EMAIL_URL": f"filemail:///{folder}/mail",
        "DJANGO_SETTINGS_MODULE": "wiego_review.settings",
    }


def run(folder, program, **values) -> str:
    """Run a few lines with the models, in a process of its own; what it printed last."""
    done = subprocess.run(
        [sys.executable, "-c", START + program, json.dumps(values)],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(address) -> bool:
    try:
        return build_opener().open(f"{address}/healthz", timeout=5).status == 200
    except (URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def serving(folder, number=2, **more):
    """The addresses of so many server processes, each with a port of its own."""
    started, addresses = [], []
    try:
        for _each in range(number):
            port = free_port()
            addresses.append(f"http://127.0.0.1:{port}")
            command = [sys.executable, "-m", "gunicorn", "wiego_review.wsgi"]
            command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
            command += ["--workers", "1", "--threads", "4", "--no-control-socket"]
            log = open(Path(folder) / f"server-{port}.log", "w")
            started.append(
                subprocess.Popen(
                    command, cwd=ROOT, env=environment(folder) | more, stdout=log, stderr=log
                )
            )
        end = time.monotonic() + 120
        while not all(map(answers, addresses)) and time.monotonic() < end:
            time.sleep(0.2)
        assert all(map(answers, addresses))
        yield addresses
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Browser:
    """One browser, whichever of the servers it speaks with. Redirects are told, not followed."""

    def __init__(self, **headers):
        self.headers, self.cookies = headers, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), Stay)

    def ask(self, address, data=None, **headers):
        """`(status, text)`; for a redirect its text is where it leads."""
        body = urlencode(data, doseq=True).encode() if data is not None else None
        request = Request(address, body, {**self.headers, **headers})
        try:
            answer = self.opener.open(request, timeout=60)
        except HTTPError as problem:
            answer = problem
        with answer:
            text = answer.headers.get("Location") or answer.read().decode(errors="replace")
            return answer.status, text

    def status(self, address, **headers) -> int:
        return self.ask(address, **headers)[0]

    def post(self, address, form, **data):
        """Send the form that stands at `form`, with what its page hides in it."""
        _status, page = self.ask(form)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.ask(address, {"csrfmiddlewaretoken": token, **data}, Referer=form)

    def sign_in(self, server, email, password):
        page = f"{server}/sign-in/"
        return self.post(page, page, login=email, password=password)
