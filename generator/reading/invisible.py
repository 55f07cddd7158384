"""Characters that nobody sees and that come along when text is pasted from Word, a PDF or a web page."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Zero-width spaces, soft hyphens, marks that turn the direction of text, and line breaks of other systems.

The joiners U+200C and U+200D are not among them: some scripts and emoji are written with them.
"""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What steers printers and terminals, or is no character: YAML has these as escapes only, XML most of them not even so."""

WIDE_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
"""No-break and other special spaces."""


def name_of(character: str) -> str:
    """What an invisible character is called: ``zero width space (U+200B)``."""
    return f"{unicodedata.name(character, 'unnamed').lower()} (U+{ord(character):04X})"


def shown(text: str) -> str:
    """The text with a name in brackets for everything that cannot be seen, tabs included."""
    named = WIDE_BLANKS.sub(lambda found: f"[{name_of(found[0])}]", text)
    named = INVISIBLE.sub(lambda found: f"[{name_of(found[0])}]", named).replace("\t", "[tab]")
    # A terminal goes back to the beginning of its line at a carriage return, which YAML and XML have nothing against.
    named = named.replace("\r", "[U+000D]")
    return CONTROL.sub(lambda found: f"[U+{ord(found[0]):04X}]", named)


def made_visible(text: str) -> str:
    """The text with plain spaces for special ones, and without what cannot be seen."""
    return WIDE_BLANKS.sub(" ", INVISIBLE.sub("", text))
