"""The worked examples, and sheets of answers as they write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from generator.rubric.scoring import Answer, Sheet

EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("examples.yaml").read_text("utf-8")
)


def names(kind: str) -> list[str]:
    return [example["name"] for example in EXAMPLES[kind]]


def sheet(written: dict[str, Any]) -> Sheet:
    """A sheet from an example."""
    answers = {
        name: Answer(
            level=value if isinstance(value, int) else None,
            other="" if isinstance(value, int) else value,
            evidence="seen" if name in written.get("evidence", ()) else "",
            notes=written.get("notes", {}).get(name, ""),
        )
        for name, value in written["answers"].items()
    }
    about = {k: written[k] for k in ("role", "state", "date", "population") if k in written}
    return Sheet(answers, written.get("version", "1.0"), **about)


def for_browser(written: dict[str, Any]) -> dict[str, Any]:
    """The same sheet as the browser's modules have it."""
    made = sheet(written)
    fields = ("version", "rater", "role", "place", "date", "population", "setting", "state")
    return {
        **{field: getattr(made, field) for field in fields},
        "answers": {
            name: {"level": a.level, "other": a.other, "evidence": a.evidence, "notes": a.notes}
            for name, a in made.answers.items()
        },
    }


def differences(expected: Any, found: Any, at: str = "") -> list[str]:
    """Where what was found is not what an example states; it may hold more."""
    if isinstance(expected, dict):
        return [
            line
            for key, value in expected.items()
            for line in differences(value, found.get(key), f"{at}.{key}")
        ]
    return [] if expected == found else [f"{at}: {found!r}, not {expected!r}"]
