"""
Files of answers to sheets: our JSON, and CSV with a row for each rater (ours, or a survey tool's).

What can be used is used, and the rest is named with its place. theme/assets/js/rubric-sheets.js reads
the same files in a browser; tests/rubric/examples.yaml holds files that both must read alike.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..models.rubric import Criterion, Rubric, as_version
from ..near import did_you_mean
from .scoring import DOES_NOT_APPLY, NOT_SURE, Answer, Sheet

FORMAT = "rewire-rubric-answers"
MAX_BYTES = 5_000_000
MAX_TEXT = 4_000
"""Characters kept of one note."""

ABOUT = ("version", "place", "date", "rater", "role", "population", "setting", "state")
"""What a sheet says beside its answers; the names of the columns in CSV and of the fields in JSON."""

_APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")
_LEVEL = re.compile(r"(?:level )?([1-4])(?:\.0+)?(?:\s*[-:.)\N{EN DASH}\N{EM DASH}]\s*|\s+|$)(.*)")
_NOT_SURE = {"not sure", "unsure", "dont know", "do not know", "?", "not-sure", "not known"}
_DOES_NOT_APPLY = {"does not apply", "not applicable", "n/a", "na", "does-not-apply"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was not used."""

    place: str
    """The file, and where in it: ``spring.csv, row 3, column demand-data``."""
    message: str
    is_note: bool = False
    """True where nothing is wrong: a survey tool's own columns, say."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files for one rubric."""

    rubric: Rubric
    choices: Mapping[str, Mapping[str, str]]
    """For ``role``, ``population``, ``setting`` and ``state``: the title of each id."""

    def read(self, text: str, name: str) -> tuple[list[Sheet], list[Problem]]:
        """Return the sheets in a file, and what in it could not be used."""
        text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        if not text.strip():
            return [], [Problem(name, "the file is empty")]
        if text.lstrip()[0] in "{[":
            return self._json(text, name)
        return self._csv(text, name)

    # --- JSON ----------------------------------------------------------------------------------

    def _json(self, text: str, name: str) -> tuple[list[Sheet], list[Problem]]:
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            where = f"{name}, line {error.lineno}, column {error.colno}"
            return [], [Problem(where, "this is not JSON; the file may be cut off or edited")]
        except RecursionError:
            return [], [Problem(name, "this is not a file of answers")]
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            return [], [Problem(name, "this is not a file of answers saved from the rubric's page")]
        problems: list[Problem] = []
        answers = data.get("answers")
        if not isinstance(answers, dict):
            return [], [Problem(f"{name}, answers", "there are no answers in it")]
        found: dict[str, Answer] = {}
        by_id = {criterion.id: criterion for criterion in self.rubric.criteria}
        for key, value in answers.items():
            where = f"{name}, answers, {_shown(key)}"
            if key not in by_id:
                problems.append(Problem(where, self._unknown(key)))
                continue
            fields = value if isinstance(value, dict) else {"answer": value}
            answer = self._answer(by_id[key], _text(fields.get("answer")))
            if answer is None:
                problems.append(
                    Problem(
                        where, f"`{_shown(_text(fields.get('answer')))}` is no answer; left out"
                    )
                )
                continue
            kept = replace(
                answer, evidence=_text(fields.get("evidence")), notes=_text(fields.get("notes"))
            )
            if kept != Answer():
                found[key] = kept
        about = {field: _text(data.get(field)) for field in ABOUT}
        sheet = self._sheet(found, about, lambda field: f"{name}, {field}", problems)
        return [sheet], problems

    # --- CSV -----------------------------------------------------------------------------------

    def _csv(self, text: str, name: str) -> tuple[list[Sheet], list[Problem]]:
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        try:
            rows = [
                (number, row)
                for number, row in enumerate(
                    csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
                )
                if any(cell.strip() for cell in row)
            ]
        except csv.Error as error:
            return [], [Problem(name, f"this is not CSV: {error}")]
        (_, header), *body = rows
        columns, problems = self._columns(header, name)
        if not any(kind == "answer" for kind, _ in columns.values()):
            message = "no column is named for a question; name them by id, such as `demand-data`"
            return [], [*problems, Problem(f"{name}, row 1", message)]
        if not body:
            problems.append(
                Problem(name, "there is no row of answers below the names of the columns")
            )
        sheets = []
        for number, row in body:
            sheet = self._row(row, header, columns, f"{name}, row {number}", problems)
            if sheet.answers:
                sheets.append(sheet)
            else:
                problems.append(Problem(f"{name}, row {number}", "no answer in it; left out"))
        return sheets, problems

    def _columns(
        self, header: Sequence[str], name: str
    ) -> tuple[dict[int, tuple[str, str]], list[Problem]]:
        """What each column holds, as (``answer``, ``evidence``, ``notes`` or ``about``; id or field)."""
        names = self._names()
        columns: dict[int, tuple[str, str]] = {}
        unused, problems = [], []
        for number, cell in enumerate(header):
            kind, key = names.get(_name(cell), ("", ""))
            bracketed = re.search(r"\[([a-z0-9-]+)\]", cell)
            if not kind and bracketed:
                kind, key = names.get(bracketed[1], ("", ""))
            if kind and (kind, key) in columns.values():
                where = f"{name}, row 1, column {number + 1}"
                problems.append(Problem(where, f"a second column for `{key}`; not used"))
            elif kind:
                columns[number] = (kind, key)
            elif cell.strip():
                guess = did_you_mean(_name(cell), [c.id for c in self.rubric.criteria])
                if guess:
                    where = f"{name}, row 1, column {number + 1}"
                    problems.append(
                        Problem(where, f"no question is called `{_shown(cell)}`. {guess}")
                    )
                else:
                    unused.append(_shown(cell))
        if unused:
            problems.append(Problem(name, f"columns not used: {', '.join(unused)}", is_note=True))
        return columns, problems

    def _names(self) -> dict[str, tuple[str, str]]:
        """By what a column may be called: id, title or the question itself."""
        names = {field: ("about", field) for field in ABOUT}
        names["rubric-version"] = ("about", "version")
        for criterion in self.rubric.criteria:
            for called in (criterion.id, criterion.title, criterion.question):
                names[_name(called)] = ("answer", criterion.id)
                for extra in ("evidence", "notes"):
                    names[f"{_name(called)}-{extra}"] = (extra, criterion.id)
        return names

    def _row(
        self,
        row: Sequence[str],
        header: Sequence[str],
        columns: Mapping[int, tuple[str, str]],
        where: str,
        problems: list[Problem],
    ) -> Sheet:
        by_id = {criterion.id: criterion for criterion in self.rubric.criteria}
        about: dict[str, str] = {}
        found: dict[str, Answer] = {}
        extras: dict[str, dict[str, str]] = {}
        for number, (kind, key) in columns.items():
            cell = _unguarded(row[number]) if number < len(row) else ""
            if kind == "about":
                about[key] = cell
            elif kind == "answer":
                answer = self._answer(by_id[key], cell)
                if answer is None:
                    column = f"{where}, column {_shown(header[number])}"
                    problems.append(Problem(column, f"`{_shown(cell)}` is no answer; left out"))
                elif answer != Answer():
                    found[key] = answer
            else:
                extras.setdefault(key, {})[kind] = cell[:MAX_TEXT]
        for key, more in extras.items():
            answer = found.get(key, Answer())
            kept = replace(answer, evidence=more.get("evidence", ""), notes=more.get("notes", ""))
            if kept != Answer():
                found[key] = kept
        return self._sheet(found, about, lambda field: f"{where}, column {field}", problems)

    # --- both ----------------------------------------------------------------------------------

    def _answer(self, criterion: Criterion, text: str) -> Answer | None:
        """An answer as written; an empty `Answer` for nothing, None for what is none."""
        said = _plain(text)
        if not said:
            return Answer()
        if said in _NOT_SURE:
            return Answer(other=NOT_SURE)
        if said in _DOES_NOT_APPLY:
            return Answer(other=DOES_NOT_APPLY)
        found = _LEVEL.fullmatch(said)
        number, rest = (int(found[1]), found[2]) if found else (0, said)
        for level, (named, seen) in enumerate(
            zip(self.rubric.levels, criterion.levels, strict=True), 1
        ):
            words = {_plain(named.title), _plain(seen), _plain(f"{named.title}: {seen}")}
            if number in (0, level) and (rest in words or (number and not rest)):
                return Answer(level=level)
        return None

    def _sheet(
        self,
        answers: dict[str, Answer],
        about: Mapping[str, str],
        where: Any,
        problems: list[Problem],
    ) -> Sheet:
        """Put a sheet together; what it says of itself and is not known is named and left out."""
        known = dict.fromkeys(ABOUT, "")
        for field, written in about.items():
            text = " ".join(written.split())[:200]
            if not text:
                continue
            if field in self.choices:
                titles = self.choices[field]
                text = next(
                    (
                        i
                        for i, t in titles.items()
                        if text.casefold() in (i.casefold(), t.casefold())
                    ),
                    "",
                )
                if not text:
                    problems.append(
                        Problem(where(field), f"there is no {field} `{_shown(written)}`; left out")
                    )
            elif field == "version" and not as_version(text):
                problems.append(
                    Problem(where(field), f"`{_shown(text)}` is not a version; left out")
                )
                text = ""
            elif field == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                problems.append(
                    Problem(
                        where(field), f"`{_shown(text)}` is not a date as year-month-day; left out"
                    )
                )
                text = ""
            known[field] = text
        version = known["version"] or self.rubric.version
        if version != self.rubric.version:
            problems.append(
                Problem(
                    where("version"),
                    f"answered in version {version} of the rubric; this is {self.rubric.version}. "
                    "Questions that are in both are used",
                    is_note=True,
                )
            )
        return Sheet(answers=answers, **{**known, "version": version})

    def _unknown(self, key: str) -> str:
        guess = did_you_mean(key, [criterion.id for criterion in self.rubric.criteria])
        return f"no question of this version has that id; left out. {guess}".strip()


def distinct(sheets: Iterable[tuple[Sheet, str]]) -> tuple[list[Sheet], list[Problem]]:
    """
    Return each rater's last sheet once, and what was left out.

    `sheets` come with the name of their file. Two that are the same are one file loaded twice; two
    of one rater's name that differ contradict each other, and the later one counts.
    """
    kept: dict[str, tuple[Sheet, str]] = {}
    problems = []
    for number, (sheet, name) in enumerate(sheets):
        key = sheet.rater.casefold()
        same = next((k for k, (other, _) in kept.items() if other == sheet), None)
        if same is not None and (key or name != kept[same][1]):
            problems.append(Problem(name, f"the same answers as in {kept[same][1]}; counted once"))
        elif key and key in kept:
            other, other_name = kept[key]
            older = (sheet, name) if sheet.date < other.date else (other, other_name)
            kept[key] = (other, other_name) if sheet.date < other.date else (sheet, name)
            problems.append(
                Problem(
                    older[1],
                    f"there are two different sheets of the rater `{_shown(sheet.rater)}`; "
                    "the later one counts",
                )
            )
        else:
            kept[key or f"#{number}"] = (sheet, name)
    return [sheet for sheet, _ in kept.values()], problems


def _text(value: object) -> str:
    """What a field of JSON says, as text: people edit files by hand."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:MAX_TEXT].strip()


def _shown(text: str) -> str:
    """Some foreign words in a message: short, on one line, without control characters."""
    clean = "".join(c if c.isprintable() else " " for c in text).strip()
    return clean if len(clean) <= 60 else clean[:57] + "..."


def _name(cell: str) -> str:
    """A column's name without its number, case and punctuation: ``2. Demand data?`` is ``demand-data``."""
    bare = re.sub(r"^\s*q?\d+\s*[.):-]\s*", "", cell.casefold())
    return re.sub(r"[^a-z0-9]+", "-", bare.translate(_APOSTROPHES)).strip("-")


def _plain(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).casefold().split())


def _unguarded(cell: str) -> str:
    """A cell without the quote that keeps a spreadsheet from taking it for a formula."""
    cell = cell.strip()
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell
