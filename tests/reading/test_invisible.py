"""Characters that nobody sees."""

from __future__ import annotations

from generator.reading.invisible import shown


def test_what_cannot_be_seen_is_named_and_lines_stay() -> None:
    assert shown("tab\t, return\r, bell\x07, delete\x7f,\nnext line") == (
        "tab[tab], return[U+000D], bell[U+0007], delete[U+007F],\nnext line"
    )
