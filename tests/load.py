"""Programs and readers at a server, which may go away: what was acknowledged, and what was not."""

import http.client
import json
import time
from contextlib import suppress
from threading import Event, Thread

PREPARE = """
import sys
from datetime import timedelta
from django.test import Client
from programmes.models import Person, User
from programmes.workflow import grant_access
for number in range(int(sys.argv[1])):
    user = User.objects.create_user(f"writer{number}@example.org", None, roles=["coordinator"])
    client = Client()
    client.force_login(user)
    print(grant_access(user, name="load", expiry=timedelta(days=1)))
    print(client.cookies["sessionid"].value)
"""
LEFT = (OSError, http.client.HTTPException)
# Follow-ups of the load, and those of them that are there with all that belongs to them: who
# leads and helps, one ChangeSet under their key, and a Change for each of the three records.
TITLES = "SELECT title FROM actions_followup WHERE title LIKE 'Load %'"
WHOLE = """
SELECT f.title FROM actions_followup f JOIN programmes_changeset s ON s.key = f.title
WHERE s.object_id = f.id AND f.title LIKE 'Load %'
    AND (SELECT count(*) FROM actions_assignment a WHERE a.follow_up_id = f.id) = 2
    AND (SELECT count(*) FROM programmes_change c WHERE c.change_set_id = s.id) = 3
    AND (SELECT count(*) FROM programmes_changeset o WHERE o.key = s.key) = 1
"""
HALF = """
SELECT (SELECT count(*) FROM programmes_changeset s WHERE s.key LIKE 'Load %' AND NOT EXISTS
    (SELECT 1 FROM actions_followup f WHERE f.title = s.key))
    + (SELECT count(*) FROM actions_assignment a WHERE a.as_named LIKE 'Load %' AND NOT EXISTS
    (SELECT 1 FROM actions_followup f WHERE f.id = a.follow_up_id))
"""


def accounts(place, number):
    """`[(token, session)]` of as many new accounts."""
    said = place.python(PREPARE, str(number))
    return list(zip(said[::2], said[1::2], strict=True))


def ask(place, method, path, headers, body=None, timeout=30):
    """`(status, text)`; raises one of LEFT where the line broke before the whole answer."""
    line = http.client.HTTPConnection("localhost", place.port, timeout=timeout)
    try:
        line.request(method, path, body=body and json.dumps(body), headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def write(place, token, title):
    headers = {
        "Authorization": f"Token {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": title,
    }
    body = {"title": title, "leads": [{"text": "Ama"}], "supports": [{"text": "Kofi"}]}
    return ask(place, "POST", "/api/v1/follow-ups/", headers, body)


def send_paper(place, token, home, size, key=""):
    """`(status, what was told)` of a text of this size, added to a follow-up as a form."""
    line = http.client.HTTPConnection("localhost", place.port, timeout=30)
    parts = [
        f'name="follow_up"\r\n\r\n{home}',
        'name="file"; filename="a.txt"\r\n\r\n' + "x" * size,
    ]
    body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    headers = {"Authorization": f"Token {token}", "Content-Type": "multipart/form-data; boundary=b"}
    try:
        line.request("POST", "/api/v1/outputs/", f"{body}--b--\r\n", {**headers, **keyed(key)})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def keyed(key) -> dict:
    return {"Idempotency-Key": key} if key else {}


class Load:
    """Writers and readers, each a thread, until `stop`."""

    def __init__(self, place, name, accounts, paths=()):
        self.place, self.name = place, name
        self.ended, self.statuses, self.wrong = Event(), [], []
        # title -> token: answered 201, told that nothing was saved, and neither.
        self.kept, self.refused, self.unsure = {}, {}, {}
        self.threads = [
            Thread(target=self.write_on, args=(number, token))
            for number, (token, _session) in enumerate(accounts)
        ]
        self.threads += [
            Thread(target=self.read_on, args=(path, *accounts[number % len(accounts)]))
            for number, path in enumerate(paths)
        ]
        for thread in self.threads:
            thread.start()

    def write_on(self, writer, token):
        number = 0
        while not self.ended.is_set():
            title = f"Load {self.name} {writer} {number}"
            self.write_one(title, token)
            number += 1

    def write_one(self, title, token):
        try:
            status, text = write(self.place, token, title)
        except LEFT:
            self.unsure[title] = token
            time.sleep(0.02)
            return
        self.statuses.append(status)
        if status == 201:
            self.kept[title] = token
        elif "Nothing was saved." in text or status == 429:
            self.refused[title] = token
        else:
            self.unsure[title] = token
        self.look("/api/", status, text)

    def read_on(self, path, token, session):
        rest = path.startswith("/api/")
        headers = {"Authorization": f"Token {token}"} if rest else {}
        headers |= {} if rest else {"Cookie": f"sessionid={session}"}
        while not self.ended.is_set():
            with suppress(*LEFT):
                status, text = ask(self.place, "GET", path, headers)
                self.statuses.append(status)
                self.look(path, status, text)

    def look(self, path, status, text):
        """A 503 says what became of it and what to do, on REST in the form of errors."""
        if status == 503:
            rest = path.startswith("/api/")
            told = json.loads(text) if rest else {"code": "unavailable", "detail": text}
            if told["code"] != "unavailable" or "try again" not in told["detail"]:
                self.wrong.append(text)
        elif status not in (200, 201, 302, 429):
            self.wrong.append((path, status, text[:500]))

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def send_again(self):
        """All that was not answered, under its key; what the answers were."""
        return {self.again(title, token) for title, token in self.unsure.items()}

    def again(self, title, token):
        until = time.monotonic() + 60
        while (status := write(self.place, token, title)[0]) in (429, 503):
            assert time.monotonic() < until
            time.sleep(0.5)
        return status
