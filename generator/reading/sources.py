"""
Which files hold records, and their text. Every file of a pull request is untrusted here.

Rules, each with its finding: a record is an ordinary file (no folder, no symbolic link), has the
ending of its kind, is at most `MAX_BYTES` long, and is UTF-8.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostic

MAX_BYTES = 512 * 1024
"""More than ten times the longest real record; a larger file is a mistake or an attack."""


def record_files(root: Path, folder: str, ending: str) -> Iterator[str | Diagnostic]:
    """
    Yield the paths of the record files of one folder in the order of their names, and a finding for the rest.

    Hidden files (``.DS_Store``, an editor's swap file) are passed over. A folder that is not there
    holds no records.
    """
    directory = root / folder
    if not directory.is_dir():
        return
    with os.scandir(directory) as inside:
        entries = sorted(inside, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.name.endswith(ending) or entry.is_dir():
            path = Path(entry.path)
            yield _misplaced(path, relative(path, root), folder, ending)
        else:
            yield entry.path  # a string: objects for ten thousand paths take longer than all else here


def _misplaced(path: Path, shown: str, folder: str, ending: str) -> Diagnostic:
    if path.is_dir():
        message = f"`{path.name}` is a folder"
        hint = f"Put each record straight into `{folder}/`, as a file that ends in `{ending}`."
    else:
        message = f"`{path.name}` is not a record: its name does not end in `{ending}`"
        hint = f"Rename it to `{path.stem}{ending}`, or move it out of `{folder}/`."
    return Diagnostic(shown, 1, 1, "stray-file", message, hint)


def relative(path: Path, root: Path) -> str:
    """The path as findings print it: from the library's root, with forward slashes."""
    return path.relative_to(root).as_posix()


def read_text(path: Path | str, root: Path, most: int = MAX_BYTES) -> str | Diagnostic:
    """
    Return the file's text without a byte order mark, or the finding that says why there is none.

    `most` is how many bytes it may have. Who reads many files gives paths as strings, which takes half the time.
    """

    def problem(code: str, message: str, hint: str, line: int = 1, column: int = 1) -> Diagnostic:
        return Diagnostic(relative(Path(path), root), line, column, code, message, hint)

    try:
        state = os.lstat(path)
        if stat.S_ISLNK(state.st_mode):
            return problem(
                "not-a-file",
                "this is a symbolic link, not a file",
                "Replace the link by a copy of the file.",
            )
        if not stat.S_ISREG(state.st_mode):
            return problem(
                "not-a-file", "this is not a file", "Write the record as an ordinary text file."
            )
        size = state.st_size
        if size > most:
            return problem(
                "file-too-large",
                f"the file has {size:,} bytes; a record may have {most:,}",
                "Keep the facts and the sources; leave documents where they are published and link to them.",
            )
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123
            raw = opened.read()
    except OSError as error:
        return problem(
            "unreadable-file",
            f"the file cannot be read: {error.strerror}",
            "Check the file's permissions.",
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem(
            "not-utf-8",
            "the file is saved as UTF-16, which some programs call Unicode",
            "Save it again with the encoding UTF-8 (in Notepad: Save as, Encoding, UTF-8).",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return problem(
            "not-utf-8",
            f"the byte 0x{raw[error.start]:02x} is not UTF-8 text",
            "Save the file again with the encoding UTF-8; then look at the letters with accents and the quotation marks.",
            line,
            column,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
