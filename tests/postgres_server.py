"""Run a command against a throw-away PostgreSQL:

    python tests/postgres_server.py -- COMMAND …

The server listens on a free port of 127.0.0.1, is an ordinary user's even when root asks,
forgets everything when the command ends, and hands the command its DATABASE_URL. Where
DATABASE_URL is set already, the command simply runs. The exit code is the command's.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

MISSING = """\
The server programs of PostgreSQL (initdb, postgres) are not installed.
  Debian, Ubuntu:  apt-get install postgresql
  Fedora:          dnf install postgresql-server postgresql-contrib
  macOS:           brew install postgresql
Or set DATABASE_URL to a server whose user may create databases and extensions."""

DATABASE = "review"
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "fsync": "off",  # nothing here outlives the command
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
START_SECONDS = 60
TRIES = 5  # another program may take the free port between the look and the start


def main(arguments):
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit(__doc__)
    if os.environ.get("DATABASE_URL"):
        sys.exit(run(command, os.environ))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with running_server(find_programs()) as url:
        sys.exit(run(command, client_environment(url)))


def find_programs():
    """The folder with initdb and postgres: Debian's newest, or the first in PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    in_path = [Path(folder) for folder in os.get_exec_path()]
    for folder in [*newest_first, *in_path]:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    print(MISSING, file=sys.stderr)
    sys.exit(2)


@contextmanager
def running_server(programs):
    """A server while the block runs; yields its address."""
    account = ordinary_account()
    # As root under /tmp: a TMPDIR of root's own would be closed to the server.
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp" if account else None))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        create_cluster(programs, folder, account)
        server, port = start(programs, folder, account)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/{DATABASE}"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ordinary_account():
    """Who runs the server when we are root, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody'.")


def create_cluster(programs, folder, account):
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    data = str(folder / "data")
    call([programs / "initdb", "-D", data, "--no-sync", *options], folder, account)
    create = f"CREATE DATABASE {DATABASE}\n"
    call([programs / "postgres", "--single", "-D", data, "postgres"], folder, account, create)


def call(command, folder, account, text=""):
    done = subprocess.run(
        command,
        input=text,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **as_account(folder, account),
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}")


def start(programs, folder, account, own_port=None, **options):
    """`(process, port)`; with a port of one's own, that is where it comes back."""
    settings = {**OPTIONS, "unix_socket_directories": str(folder), **options}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = folder / "log"
    for _ in range(TRIES):
        port = own_port or free_port()
        with log.open("w") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", str(folder / "data"), "-p", str(port), *flags],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is the command's; the server is stopped after it
                preexec_fn=end_with_parent,
                **as_account(folder, account),
            )
        try:
            if is_ready(server, folder / "data" / "postmaster.pid"):
                return server, port
        except BaseException:
            stop(server)
            raise
        stop(server)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_ready(server, status_file):
    """The eighth line of postmaster.pid says "ready" once connections are taken."""
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        lines = status_file.read_text().splitlines() if status_file.exists() else []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return True
        time.sleep(0.05)
    return False


def stop(server):
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # "fast": open connections are closed
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def end_with_parent():
    """Ask Linux to stop the server even if this process is killed outright."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def as_account(folder, account):
    """How to start a program as that account, without its knowing our surroundings."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))
    }
    environment = {**plain, "HOME": str(folder)}
    who = {}
    if account:
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return {"cwd": folder, "env": environment, **who}


def client_environment(url):
    """Our surroundings with the address, without settings for some other server."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**others, "DATABASE_URL": url}


def run(command, environment):
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
        return 127
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has told the command as well
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    main(sys.argv[1:])
