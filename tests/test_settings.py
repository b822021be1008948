"""How an installation starts, or says why not: real processes with their own environment."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "b7Rk2vQ9xW4mZ8tL1pN6sD3fG5hJ0cYqUeAoIiXwVzTrKlMn_-BvCx"
GOOD = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "review.example.org",
    "SITE_URL": "https://review.example.org",
}


def start(tmp_path, **environment):
    """Run Django's check with only this environment; `(exit code, what it said)`."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**plain, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_production_with_key_and_hosts_starts(tmp_path):
    assert start(tmp_path, **GOOD)[0] == 0


@pytest.mark.parametrize("key", ["", "short", "a" * 60, f"django-insecure-{KEY}"])
def test_production_with_poor_key_refuses(tmp_path, key):
    code, said = start(tmp_path, **{**GOOD, "SECRET_KEY": key})

    assert code == 1
    assert said.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Set SECRET_KEY to at least 50 random "
        "characters, or run `make setup` for a trial."
    )


@pytest.mark.parametrize("hosts", ["", "*", ".", ".*,.org", "review.example.org,*"])
def test_production_without_hosts_refuses(tmp_path, hosts):
    code, said = start(tmp_path, **{**GOOD, "ALLOWED_HOSTS": hosts})

    assert code == 1
    assert said.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Set ALLOWED_HOSTS to the host names of "
        "this installation."
    )


def test_production_in_a_demo_folder_is_no_demo(tmp_path):
    (tmp_path / "demo").touch()
    (tmp_path / "secret_key").write_text(KEY)

    code, said = start(tmp_path, SECRET_KEY=KEY)

    assert code == 1
    assert "ALLOWED_HOSTS" in said


def test_production_without_address_refuses(tmp_path):
    code, said = start(tmp_path, **{**GOOD, "SITE_URL": ""})

    assert code == 1
    assert said.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Set SITE_URL to the address people use, "
        "with https://."
    )


def test_folder_that_cannot_be_made_refuses(tmp_path):
    (tmp_path / "file").touch()

    code, said = start(tmp_path, **{**GOOD, "VAR_DIR": str(tmp_path / "file" / "var")})

    assert code == 1
    assert said.strip().splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: {tmp_path}/file/var cannot be made "
        "(Not a directory). Set VAR_DIR to a folder to write in."
    )


def test_demo_for_other_hosts_refuses(tmp_path):
    assert start(tmp_path, **GOOD, DEMO="1")[0] == 1


def test_demo_folder_without_environment_starts(tmp_path):
    (tmp_path / "demo").touch()
    (tmp_path / "secret_key").write_text(KEY)

    assert start(tmp_path)[0] == 0
