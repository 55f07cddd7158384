"""One cell of a table, and what its value means where a schema says what is wanted."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..models.schema import Schema
from ..models.validation import SPREADSHEET_EPOCH
from ..near import did_you_mean
from ..reading.invisible import CONTROL, made_visible
from .layout import Column, said

Raw = str | int | float | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands."""

    sheet: str
    """Empty for a CSV file."""
    row: int
    """Counted from 1, the row of headers included."""
    column: int
    """Counted from 1."""
    header: str
    value: Raw
    is_percent: bool = False
    """True where a spreadsheet shows the number as a percentage: 0.45 is written 45%."""
    fault: tuple[str, str] | None = None
    """(message, hint): why the value can't be used at all."""


@dataclass
class Unusable(Exception):
    """Why a cell's value is not what is wanted."""

    message: str
    hint: str


_GUARD = re.compile(r"^'(?=[=+\-@\t\r])")
"""The apostrophe that `flat` puts before a text that a spreadsheet would take for a formula."""
_WORDS_FOR = {
    "yes": True, "y": True, "true": True, "1": True,
    "no": False, "n": False, "false": False, "0": False,
}  # fmt: skip


def clean(text: str) -> str:
    """A text without what comes along unseen from Word or a web page, and without blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = made_visible(CONTROL.sub("", _GUARD.sub("", text)))
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def is_blank(value: Raw) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def several(cell: Cell, column: Column) -> Iterator[Cell]:
    """
    The values of a cell that may hold several.

    Prose: one a line. Others: separated by semicolons or line ends, choices by commas as well.
    """
    if not isinstance(cell.value, str):
        yield cell
        return
    if column.schema.get("x-prose"):
        pattern = r"\n+(?:[-*\u2022] )?"
    elif column.choices:
        known = {said(choice["title"]) for choice in column.choices}
        pattern = r"[;\n]" if said(cell.value) in known else r"[;,\n]"
    else:
        pattern = r"[;\n]|\bto\b"
    text = clean(cell.value)
    if column.choices and "," in text and ";" not in text and _choice(text, column) is not None:
        pattern = r"[;\n]"
    for part in re.split(pattern, text.removeprefix("- ")):
        if part.strip():
            yield Cell(
                cell.sheet, cell.row, cell.column, cell.header, part.strip(), cell.is_percent
            )


def value_of(cell: Cell, column: Column) -> Any:
    """
    Return the value as the models want it; what can't be helped is returned as it is, for them to refuse.

    Raises `Unusable`.
    """
    if cell.fault:
        raise Unusable(*cell.fault)
    raw = clean(cell.value) if isinstance(cell.value, str) else cell.value
    schema = column.schema
    if column.choices:
        return _chosen(raw, column)
    if schema.get("format") == "date":
        return _date(raw)
    if schema.get("x-source") or str(schema.get("pattern", "")).startswith("^s[1-9]"):
        found = re.fullmatch(r"(?:s|source)? ?([1-9]\d*)(?:\.0)?", str(raw).lower())
        return f"s{found[1]}" if found else str(raw)
    match schema.get("type"):
        case "integer" | "number":
            return _number(raw, cell.is_percent)
        case "boolean":
            return _WORDS_FOR.get(str(raw).lower(), raw)
    return _text(raw, schema)


def _choice(text: str, column: Column) -> str | None:
    words = said(text)
    for choice in column.choices:
        if words in (said(choice["const"]), said(choice["title"])):
            return str(choice["const"])
    others = [
        choice["const"]
        for choice in column.choices
        if words and words in map(said, choice.get("x-also-called", ()))
    ]
    return others[0] if len(others) == 1 else None


def _chosen(raw: Raw, column: Column) -> str:
    text = str(raw)
    found = _choice(text, column)
    if found is not None:
        return found
    names = [name for choice in column.choices for name in (choice["title"], choice["const"])]
    titles = [str(choice["title"]) for choice in column.choices]
    listed = f"One of: {', '.join(titles)}." if len(titles) <= 15 else "See the list in the cell."
    raise Unusable(
        f"`{text[:60]}` is none of the choices for {column.label}",
        did_you_mean(text, names) or listed,
    )


def _date(raw: Raw) -> Raw:
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat()
    if isinstance(raw, dt.date):
        return raw.isoformat()
    digits = str(raw).removesuffix(".0")
    # A day from 1954 to 2119 that a spreadsheet shows as the number it keeps.
    if digits.isdigit() and 20_000 <= int(digits) <= 80_000:
        return (SPREADSHEET_EPOCH + dt.timedelta(days=int(digits))).isoformat()
    return str(raw)


def _number(raw: Raw, is_percent: bool) -> Raw:
    if isinstance(raw, str):
        bare = re.sub(r"[$,\s%]", "", raw)
        if not re.fullmatch(r"[-+\u2212]?(\d+\.?\d*|\.\d+)", bare, re.ASCII):
            return raw
        raw = (
            float(bare.replace("\u2212", "-")) if "." in bare else int(bare.replace("\u2212", "-"))
        )
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return raw if isinstance(raw, bool) else str(raw)
    number = round(raw * 100, 9) if is_percent else raw
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _text(raw: Raw, schema: Schema) -> str:
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw)
    if not schema.get("x-prose"):
        text = " ".join(text.split())
    return text
