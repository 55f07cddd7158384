"""Plain data to a record, or findings in words that somebody who has never seen YAML can act on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics import Diagnostic
from ..near import did_you_mean, near
from ..reading.documents import Document
from ..reading.positions import Location
from .fields import Choice, Model, meanings

M = TypeVar("M", bound=Model)

SPREADSHEET_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, which keeps dates as numbers of days."""


def validate(model: type[M], document: Document, at: Location = ()) -> M | list[Diagnostic]:
    """Return the record that stands at a location of a document, or all that is wrong with it."""
    data: Any = document.data
    for step in at:
        data = data[step]
    if not isinstance(data, dict):
        found = "nothing" if data is None else _what(data)
        return [
            document.finding(
                at,
                "no-fields" if data is None else "wrong-type",
                f"fields are wanted here; this is {found}",
                f"Write one field a line, `key: value`. Required: {_required(model)}.",
            )
        ]
    # Few files have the words at all, and a look at the text is quicker than one at each value.
    unfilled = list(_unfilled(data, at)) if _may_be_unfilled(document.text) else []
    if not at and document.body.strip() == FILL_IN:
        unfilled.append(("body",))
    try:
        record = model.model_validate(data)
        return [_not_filled_in(model, document, at, where) for where in unfilled] or record
    except ValidationError as error:
        return list(_explain(model, document, at, error, unfilled))


FILL_IN = "FILL IN"
"""What `kb new` writes where a person has something to say."""


@lru_cache(maxsize=1)  # a file may list ten thousand records
def _may_be_unfilled(text: str) -> bool:
    return FILL_IN in text


def _unfilled(data: Any, at: Location) -> Iterator[tuple[str | int, ...]]:
    """The places in plain data that still hold the template's words."""
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _unfilled(value, (*at, step))
    elif isinstance(data, str) and data.strip() == FILL_IN:
        yield tuple(at)


def _not_filled_in(
    model: type[Model], document: Document, at: Location, where: tuple[str | int, ...]
) -> Diagnostic:
    if where == ("body",):
        return document.finding_in(
            where, FILL_IN, "not-filled-in", "the text is still to be written", _BODY_HINT
        )
    name = _field_name(where)
    owner = _owner(model, where[len(at) :])
    choices = _choices(owner, name, "")
    listed = f"One of: {', '.join(choices)}." if choices else ""
    hint = f"{_meaning(owner, name)} {listed}"
    return document.finding_in(
        where,
        FILL_IN,
        "not-filled-in",
        f"`{name}` is still to be filled in",
        hint.strip() or "Write what it is in place of the two words.",
    )


_BODY_HINT = "Write it in place of the two words, in Markdown."


def problem_with(model: type[Model], name: str, value: Any) -> str:
    """What is wrong with a value for one field of a model, and how to mend it; empty if nothing is."""
    field = model.model_fields[name]
    wanted: Any = field.annotation
    for mark in field.metadata:
        wanted = Annotated[wanted, mark]
    try:
        TypeAdapter(wanted, config=ConfigDict(strict=True)).validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        detail["loc"] = (name, *detail["loc"])
        _, message, hint = _words(model, detail)
        return f"{message}. {hint}"
    return ""


def _explain(
    model: type[Model],
    document: Document,
    at: Location,
    error: ValidationError,
    unfilled: Sequence[tuple[str | int, ...]],
) -> Iterator[Diagnostic]:
    yield from (_not_filled_in(model, document, at, where) for where in unfilled)
    details = error.errors(include_url=False)
    misspelt = _misspelt(model, details)
    told: set[tuple[str | int, ...]] = set(unfilled)
    for detail in details:
        # One cause, one message: a misspelt field is not missing as well, a list is not too short
        # because an entry of it is wrong, and no member of a union needs a finding of its own.
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        if detail["type"] == "too_short" and any(
            other["loc"][: len(detail["loc"])] == detail["loc"] and other is not detail
            for other in details
        ):
            continue
        location = _written_location(document.data, (*at, *detail["loc"]))
        if location in told:
            continue
        told.add(location)
        code, message, hint = _words(model, detail)
        if isinstance(detail["input"], str) and detail["input"].startswith(_CURVED):
            hint = f"Take out the curved quotation marks, as Word makes them. {hint}"
        at_key = detail["type"] == "extra_forbidden"
        yield document.finding(location, code, message, hint, key=at_key)


_CURVED = ("\u201c", "\u201d", "\u2018", "\u2019")


def _misspelt(model: type[Model], details: list[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """The fields that unknown fields were probably meant to be."""
    meant = set()
    for detail in details:
        owner = _owner(model, detail["loc"])
        if detail["type"] == "extra_forbidden" and owner is not None:
            for name in near(str(detail["loc"][-1]), owner.model_fields, most=1):
                meant.add((*detail["loc"][:-1], name))
    return meant


def _written_location(data: Any, location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out the steps pydantic adds for the members of a union, which nobody wrote."""
    kept: list[str | int] = []
    for number, step in enumerate(location):
        inside_mapping = isinstance(data, dict)
        inside_list = isinstance(data, list) and isinstance(step, int)
        if not inside_mapping and not inside_list:
            break
        kept.append(step)
        try:
            data = data[step]
        except (KeyError, IndexError):
            kept.extend(location[number + 1 :])
            break
    return tuple(kept)


def _words(model: type[Model], detail: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and hint for one of pydantic's findings."""
    name = _field_name(detail["loc"])
    value = detail["input"]
    context = detail.get("ctx", {})
    owner = _owner(model, detail["loc"])
    if value is None and detail["type"] != "extra_forbidden":
        choices = _choices(owner, name, "")
        listed = f"One of: {', '.join(choices)}." if choices else _meaning(owner, name)
        return ("empty", f"`{name}` is empty", f"Fill it in. {listed}".strip())
    match detail["type"]:
        case "missing":
            return (
                "missing-field",
                f"the required field `{name}` is missing",
                f"Add `{name}:`. {_meaning(owner, name)}".strip(),
            )
        case "extra_forbidden":
            known = list(owner.model_fields) if owner else []
            guess = did_you_mean(name, known)
            return (
                "unknown-field",
                f"there is no field `{name}` here",
                guess or f"Fields here: {', '.join(known)}.",
            )
        case "enum" | "literal_error":
            choices = _choices(owner, name, str(context.get("expected", "")))
            guess = did_you_mean(str(value), choices)
            listed = f"One of: {', '.join(choices)}." if choices else ""
            return (
                "unknown-choice",
                f"`{name}` may not be {_shown(value)}",
                f"{guess} {listed}".strip(),
            )
        case "date_written" | "date_type":
            return (
                "not-a-date",
                f"{_shown(value)} is not a date of the calendar",
                _serial_date(value)
                or "Write year-month-day with two-digit month and day, such as `2026-11-24`, "
                "without quotes or a time.",
            )
        case "web_address":
            return (
                "not-an-address",
                f"{_shown(value)} is not a web address",
                "Copy the whole address from the browser; it begins with https:// or http://.",
            )
        case "string_pattern_mismatch":
            return (
                "wrong-form",
                f"{_shown(value)} is not a valid `{name}`",
                _pattern_hint(str(context.get("pattern", ""))),
            )
        case "string_too_long":
            return (
                "too-long",
                f"`{name}` has {len(str(value)):,} characters; at most {context['max_length']:,} are shown",
                "Shorten it.",
            )
        case "string_too_short" | "too_short":
            return ("empty", f"`{name}` is empty", f"Fill it in. {_meaning(owner, name)}".strip())
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            limit = next(iter(context.values()))
            direction = "at least" if detail["type"].startswith("greater") else "at most"
            return (
                "out-of-range",
                f"`{name}` is {_shown(value)}; it must be {direction} {limit}",
                "Check the figure.",
            )
    wanted = (
        "a number"
        if {"int", "float"} & set(detail["loc"])
        else _EXPECTED.get(detail["type"], "something else")
    )
    return (
        "wrong-type",
        f"`{name}` should be {wanted}; this is {_what(value)}",
        _type_hint(wanted, value),
    )


def _field_name(location: Location) -> str:
    """The field a location is about: the last word in it, with the number of the entry if it is in a list."""
    names = [step for step in location if isinstance(step, str) and step not in _UNION_MEMBERS]
    return names[-1] if names else "the record"


_UNION_MEMBERS = {"int", "float", "str", "bool", "constrained-int", "constrained-float"}


def _owner(model: type[Model], location: Location) -> type[Model] | None:
    """The model whose field a location names, found by walking the models from the record down."""
    names = [step for step in location if isinstance(step, str) and step not in _UNION_MEMBERS]
    owner: type[Model] | None = model
    for name in names[:-1]:
        field = owner.model_fields.get(name) if owner else None
        owner = _inner(field.annotation, Model) if field else None
    return owner


def _inner(annotation: Any, base: type) -> Any:
    """The first class below `base` inside an annotation such as ``tuple[Source, ...] | None``."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, base) else None
    for part in get_args(annotation):
        found = _inner(part, base)
        if found is not None:
            return found
    return None


def _choices(owner: type[Model] | None, name: str, expected: str) -> list[str]:
    field = owner.model_fields.get(name) if owner else None
    choice = _inner(field.annotation, Choice) if field else None
    if choice is not None:
        return [member.value for member in choice]
    return [word.strip("' ") for word in expected.replace(" or ", ", ").split(",") if word.strip()]


def _meaning(owner: type[Model] | None, name: str) -> str:
    return " ".join(meanings(owner).get(name, "").split()) if owner else ""


def _required(model: type[Model]) -> str:
    return ", ".join(n for n, field in model.model_fields.items() if field.is_required())


def _shown(value: Any) -> str:
    text = str(value) if not isinstance(value, bool | None) else _what(value)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def _what(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {_shown(value)}"
        case int() | float():
            return f"the number {_shown(value)}"
        case list():
            return "a list"
        case dict():
            return "a group of fields"
    return "something else"


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a group of fields",
    "dict_type": "a group of fields",
    "finite_number": "a number",
}


def _type_hint(wanted: str, value: Any) -> str:
    if wanted == "a list":
        return "Write one entry a line, each begun with `- `; or [a, b] on one line."
    if wanted == "text" and isinstance(value, int | float | bool):
        return "Put it in quotes to make it text."
    if wanted in ("a number", "a whole number") and isinstance(value, str):
        return "Write digits only, without quotes, commas, $ or %."
    if wanted == "a group of fields":
        return "Write the fields below it, each on a line of its own, indented by two spaces."
    return f"Write {wanted}."


def _pattern_hint(pattern: str) -> str:
    if pattern.startswith("^s"):
        return "Sources are numbered s1, s2, s3 and so on."
    if pattern.startswith("^g"):
        return "The glossary's sources are numbered g1, g2, g3 and so on."
    if pattern.startswith("^[fh"):
        return "Put back the code as it was; codes are made by `kb permalinks record`."
    if pattern.startswith("^[a-z0-9-]+/"):
        return "Write the address from the site's root with a slash at its end, such as `casestudies/cuny-asap/`."
    if "A-Z" in pattern:
        return "Write the two capital letters of the postal code."
    return "Use lower-case letters, digits and single hyphens, such as `cuny-asap`."


def _serial_date(value: Any) -> str:
    """What to write for the number by which a spreadsheet keeps a date of this century; else nothing."""
    if not isinstance(value, int) or not 36_526 <= value < 73_051:
        return ""
    day = SPREADSHEET_EPOCH + dt.timedelta(days=value)
    return f"A spreadsheet keeps dates as numbers. It probably means `{day}`."
