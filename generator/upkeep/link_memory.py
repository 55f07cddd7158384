"""What the addresses answered, kept in a file, so that a check that was cut off goes on where it was."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(".cache") / "links.jsonl"
"""From the library's root; one answer a line. Deleting it asks every address again."""

KEPT = dt.timedelta(days=7)
"""How long an answer is taken for granted. One that left us unsure is not: the next run asks again."""


class Verdict(StrEnum):
    """What became of an address."""

    ALIVE = "alive"
    MOVED = "moved"
    """It leads on, for good, to another address."""
    DEAD = "dead"
    UNSURE = "unsure"
    """It refused us, was too slow or had a fault: a person should look."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    address: str
    verdict: Verdict
    told: str
    """In words: ``404 Not Found``; for one that moved, the new address."""
    asked: str
    """When, in ISO 8601, UTC."""


class Memory:
    """The answers of this check and of those before it. Threads may share it."""

    def __init__(self, path: Path, now: dt.datetime) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.answers = {
            answer.address: answer
            for answer in _read(path)
            if answer.verdict is not Verdict.UNSURE
            and now - dt.datetime.fromisoformat(answer.asked) < KEPT
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(map(_line, self.answers.values())), encoding="utf-8")

    def keep(self, answer: Answer) -> None:
        """Remember an answer, at once also on the disk."""
        with self._lock:
            self.answers[answer.address] = answer
            with self._path.open("a", encoding="utf-8") as file:
                file.write(_line(answer))


def _line(answer: Answer) -> str:
    return json.dumps(asdict(answer), ensure_ascii=False) + "\n"


def _read(path: Path) -> list[Answer]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    answers = []
    for line in lines:
        try:
            held = json.loads(line)
            if dt.datetime.fromisoformat(held["asked"]).tzinfo is None:
                continue
            answers.append(Answer(**{**held, "verdict": Verdict(held["verdict"])}))
        except (ValueError, TypeError, KeyError):
            continue  # cut off in the middle, or of another version: it is asked again
    return answers
