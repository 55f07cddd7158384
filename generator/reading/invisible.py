"""Characters that nobody sees and that come along when text is pasted from Word or a web page."""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Zero-width spaces, soft hyphens, marks that turn the direction of text, and line breaks of other systems.

The joiners U+200C and U+200D are not among them: some scripts and emoji are written with them.
"""

WIDE_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
"""No-break and other special spaces."""


def made_visible(text: str) -> str:
    """The text with plain spaces for special ones, and without what cannot be seen."""
    return WIDE_BLANKS.sub(" ", INVISIBLE.sub("", text))
