"""What single fields accept, valid and invalid values side by side."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.models.fields import Date, Id, PartialDate, Url, Year
from generator.models.vocabulary import State


@pytest.mark.parametrize(
    ("kind", "valid", "invalid"),
    [
        (
            Url,
            [
                "https://example.org",
                "http://example.org/a_b?c=d#e",
                "https://example.org:8080/%E2%80%99s",
                "https://web.archive.org/web/2020/http://example.org/",
            ],
            [
                "javascript:alert(1)",
                "data:text/html,x",
                "//example.org",
                "example.org",
                "https://user@example.org",
                "https://example.org/a b",
                'https://example.org/"onclick="x',
                "https://localhost",
                "ftp://example.org",
                "https://" + "a" * 2000 + ".org",
                "",
            ],
        ),
        (Id, ["a", "cuny-asap", "p4p"], ["", "A", "a_b", "-a", "a-", "a--b", "../a", "a b", "é"]),
        (
            Date,
            ["2026-11-24", "2024-02-29"],
            ["2025-02-29", "2026-1-1", "11/24/2026", "2026", 2026],
        ),
        (
            PartialDate,
            ["2024", "2024-05", "2024-05-01"],
            ["24", "2024-13", "2024-05-32", "May 2024"],
        ),
        (Year, [1900, 2026], ["2026", 1899, 2101, 2026.0, True]),
    ],
    ids=["address", "id", "date", "partial date", "year"],
)
def test_values(kind: object, valid: list[object], invalid: list[object]) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(kind, config={"strict": True})
    for value in valid:
        adapter.validate_python(value)
    for value in invalid:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_a_record_cannot_be_changed() -> None:
    state = State(id="KY", title="Kentucky", definition="A state.")
    with pytest.raises(ValidationError):
        state.title = "Another"  # type: ignore[misc]
