"""What a whole process costs: seconds, the most memory at once, and what it left on the disk."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
INDEXER = "pagefind"
"""What the name of Pagefind's program begins with."""
_PAUSE = 0.05
"""Seconds between two looks at the memory, at least."""
_LONGEST = 1.0
"""Seconds between two looks at most, so that no step is missed."""
_SHARE = 50
"""A pause is so many times as long as the look before it took a processor: a look must not slow down what is measured."""
LONGEST = 3600.0
"""Seconds that a command may take: a program that hangs would hold up all that comes after it."""
_RESERVE = 0.03
"""The share of the machine's memory that must be left: the system would end some process, and perhaps another's."""
_BATCH = 500
"""Files that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process and all that it started."""

    seconds: float
    worked: float
    """Seconds that processors worked for it, those of all of them added up."""
    own: int
    """
    Bytes that the process and those it started had at once, at most, Pagefind left out; a page of memory that several
    have, as copies of a process do, counts once. Never less than what one of them had at any time. Where there is no /proc
    (macOS): of the largest one, Pagefind included.
    """
    indexer: int
    """Bytes that Pagefind had at most, where the process started it; else 0."""
    printed: str


class RunFailed(Exception):
    """A command failed, or was stopped; which one, and what it said."""

    def __init__(self, why: str, where: str, printed: str) -> None:
        super().__init__(f"{where} {why}\n{printed}".rstrip())
        self.why = why
        """What happened and how much memory there was, without a word of this machine."""


def as_users_have_it() -> dict[str, str]:
    """The environment in which builders run: their Python keeps what it has compiled, also where that of the tests may not."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str], cwd: Path, longest: float = LONGEST) -> Run:
    """
    Measure a command, which is stopped after `longest` seconds, or if it leaves the machine hardly any memory.

    What was written before is on the disk first, so that the command does not wait for that. Raises `RunFailed`.
    """
    os.sync()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=as_users_have_it(),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be stopped with all that it started
        )
        watch = _Watch(process.pid, longest)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            watch.stop("interrupted")
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        said.seek(0)
        printed = said.read().decode(errors="replace")
    if process.returncode:
        why = f"was stopped: {watch.stopped}" if watch.stopped else "failed"
        had = f"It had {watch.own / 1e6:,.0f} MB of memory, and Pagefind {watch.indexer / 1e6:,.0f} MB."
        raise RunFailed(f"{why}. {had}", f"In {cwd}, {' '.join(command)}", printed)
    worked = usage.ru_utime + usage.ru_stime
    if not PROC.is_dir():
        return Run(seconds, worked, usage.ru_maxrss, 0, printed)  # bytes on macOS
    return Run(seconds, worked, watch.own, watch.indexer, printed)


class _Watch:
    """
    Looks at the memory of a process and its descendants, again and again until it is ended.

    Stops them if they take too long or too much; the process must be the first of a session.
    """

    def __init__(self, pid: int, longest: float) -> None:
        self.own = self.indexer = 0
        self.stopped = ""
        """Why they were stopped, or empty."""
        self._pid = pid
        self._until = time.monotonic() + longest
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = _PAUSE
        while not self._over.wait(pause):
            start = time.thread_time()
            self._look()
            if time.monotonic() > self._until:
                self.stop("it took too long")
            elif _left() < _RESERVE:
                self.stop("it left the machine hardly any memory")
            pause = min(max(_PAUSE, _SHARE * (time.thread_time() - start)), _LONGEST)

    def stop(self, why: str) -> None:
        self.stopped = why
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.killpg(self._pid, signal.SIGKILL)

    def _look(self) -> None:
        own = indexer = 0
        for process in _family(self._pid):
            if _read(process / "comm").startswith(INDEXER):
                indexer += _memory(process)
            else:
                own += _memory(process)
                self.own = max(self.own, _most(process))
        self.own, self.indexer = max(self.own, own), max(self.indexer, indexer)


def _family(pid: int) -> list[Path]:
    """The folders in /proc of a process and of its living descendants."""
    found = [PROC / str(pid)]
    for parent in found:  # which grows meanwhile
        for children in parent.glob("task/*/children"):
            found += (PROC / child for child in _read(children).split())
    return found


def _memory(process: Path) -> int:
    """Bytes of a process; of what several share, its part. 0 once it has ended."""
    return _bytes(process / "smaps_rollup", "Pss")


def _most(process: Path) -> int:
    """Bytes that a process had at most so far, also between two looks. 0 once it has ended."""
    return _bytes(process / "status", "VmHWM")


def _left() -> float:
    """The share of the machine's memory that may still be had; 1 where nobody tells."""
    free, whole = (_bytes(PROC / "meminfo", name) for name in ("MemAvailable", "MemTotal"))
    return free / whole if whole else 1.0


def _bytes(path: Path, name: str) -> int:
    """A size in a file of /proc; 0 where there is none."""
    size = re.search(rf"^{name}:\s*(\d+) kB$", _read(path), re.M)
    return int(size[1]) * 1024 if size else 0


def _read(path: Path) -> str:
    """A file of /proc; empty once the process has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds."""

    pages: int
    """HTML files."""
    files: int
    """All files."""
    size: int
    """Bytes of the files' contents."""


EMPTY = Tree(0, 0, 0)


def tree(folder: Path, without: tuple[str, ...] = ()) -> Tree:
    """Count a folder's files; those in the folders `without`, right below it, are left out."""
    pages = files = size = 0
    for where, folders, names in os.walk(folder):
        if Path(where) == folder:
            folders[:] = [name for name in folders if name not in without]
        pages += sum(name.endswith(".html") for name in names)
        files += len(names)
        size += sum((Path(where) / name).stat().st_size for name in names)
    return Tree(pages, files, size)


def written(source: Path, target: Path) -> float:
    """
    Seconds that it takes to write the files of a folder to a new one, from memory and one after another.

    `target` must be in the same file system for the figure to be of use. The files are read a few at a time, which is not counted, so that a large site needs little memory.
    """
    os.sync()
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    seconds = 0.0
    for first in range(0, len(paths), _BATCH):
        held = [(target / p.relative_to(source), p.read_bytes()) for p in paths[first:][:_BATCH]]
        start = time.perf_counter()
        for path, content in held:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        seconds += time.perf_counter() - start
    return seconds


def machine(folder: Path) -> str:
    """The machine in one line: processor, system, Python, and the file system that `folder` is on."""
    parts = [
        f"{os.cpu_count()} cores of {_processor()}",
        f"{platform.system()} {platform.release()}",
        f"{file_system(folder)} for files",
        f"Python {platform.python_version()}",
    ]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    """The processor's name as the system gives it."""
    try:
        found = re.search(r"^model name\s*: (.*)$", (PROC / "cpuinfo").read_text(), re.M)
    except OSError:  # macOS
        told = subprocess.run(
            ["sysctl", "-n", "machdep.cpu.brand_string"],
            capture_output=True,
            text=True,
            check=False,
        )
        return told.stdout.strip() or platform.machine()
    return found[1] if found else platform.machine()


def file_system(folder: Path) -> str:
    """The type of the file system that a folder is on, such as ``ext4``."""
    try:
        mounts = (PROC / "mounts").read_text().splitlines()
    except OSError:
        return "unknown file system"
    at = {Path(mount): kind for _, mount, kind, *_ in map(str.split, mounts)}
    return next(at[place] for place in (folder.resolve(), *folder.resolve().parents) if place in at)
