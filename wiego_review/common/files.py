"""Files people add: what is taken, and how they come to lie in `MEDIA_ROOT`, or do not at all.

They lie there under names drawn at random, which no address tells.
"""

import errno
import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler
from django.db import Error
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .file_kinds import ENDINGS, FileType, ending_of, type_of

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MOST = 20 << 20
NAME_MOST = 150
FOLDER = "papers"


class BoundedUploadHandler(FileUploadHandler):
    """Keeps of a file no more than tells that it is too large: the rest is read past."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start <= MOST else None

    def file_complete(self, file_size):
        """The next handler makes the file."""


@dataclass(frozen=True)
class Incoming:
    """A file somebody sent, looked through and found fit."""

    upload: object
    name: str
    type: FileType
    size: int
    sha256: str

    def __str__(self):
        return f"{self.name} {self.sha256}"


@dataclass(frozen=True)
class Stored:
    """An incoming file that lies in its place."""

    incoming: Incoming
    stored_as: str

    def __str__(self):
        return str(self.incoming)


def incoming(upload) -> Incoming:
    """Look a file through. Raises ValidationError with what to do."""
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose another."))
    if upload.size > MOST:
        raise ValidationError(too_large())
    found = type_of(upload, upload.name)
    return Incoming(upload, fitting_name(upload.name, found), found, upload.size, digest_of(upload))


def too_large() -> str:
    told = _(
        "This file is too large: at most %(most)s are taken. Make it smaller or part it, or put it "
        "elsewhere and give its link."
    )
    return told % {"most": filesizeformat(MOST)}


def digest_of(upload) -> str:
    digest = sha256()
    for piece in upload.chunks():  # from the start
        digest.update(piece)
    return digest.hexdigest()


def fitting_name(name: str, found: FileType) -> str:
    """The name it came with, less what no name holds; it ends as its content says."""
    plain = "".join(each for each in name if each.isprintable() and each not in "/\\")
    plain = " ".join(plain.split()).strip(". ") or FOLDER
    endings = ENDINGS[found]
    end = ending_of(plain) if ending_of(plain) in endings else endings[0]
    stem = plain[: -len(end) - 1] if ending_of(plain) in endings else plain
    return f"{stem[:NAME_MOST]}.{end}"


def path_of(stored_as: str) -> Path:
    return Path(settings.MEDIA_ROOT, stored_as)


@contextmanager
def laid_down(file: Incoming, is_kept):
    """Puts a file in its place before a row says so, and takes it out again where none does.

    `is_kept(stored_as)` is asked at the end: what was saved before by the same key needs no
    second file. Where the database does not answer it stays: the row may stand.
    """
    token = secrets.token_hex(20)
    stored = Stored(file, f"{FOLDER}/{token[:2]}/{token}")
    try:
        put(file.upload, path_of(stored.stored_as))
        yield stored
    finally:
        take_out_unless(is_kept, stored.stored_as)


def put(upload, path: Path) -> None:
    """Write it to the disk. Whatever else than room is missing, it is no place to write to."""
    try:
        write(upload, path)
    except OSError as problem:
        if problem.errno in FULL:
            raise
        raise OSError(errno.EROFS, f"Files cannot be kept here: {problem}") from problem


def write(upload, path: Path) -> None:
    """Write it, and be sure that it and its name are on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as target:
        for piece in upload.chunks():
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    for folder in (path.parent, path.parent.parent, Path(settings.MEDIA_ROOT)):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def take_out_unless(is_kept, stored_as) -> None:
    try:
        kept = is_kept(stored_as)
    except Error:
        return
    if not kept:
        path_of(stored_as).unlink(missing_ok=True)
