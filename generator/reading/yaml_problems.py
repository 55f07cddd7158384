"""
Why a text is not YAML, for people who have never seen YAML.

The parser says where it could not go on, which is often a line after the slip, and says it in the
language of parsers. The slips that people make are few, so the lines are looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from .invisible import WIDE_BLANKS


@dataclass
class YamlProblem(Exception):
    """Why a text is not the YAML we accept. Line and column count from 0, as PyYAML does."""

    code: str
    message: str
    hint: str
    line: int
    column: int


def explained(error: yaml.YAMLError, text: str) -> YamlProblem:
    """Return the problem behind a parser's error: the first explanation that fits the lines."""
    trouble = _Trouble.of(error, text)
    return next(_explanations(trouble))


def special_blank(line: int, column: int) -> YamlProblem:
    """The problem of a blank that is not the one of the space bar."""
    return YamlProblem(
        "yaml-blank",
        "a special blank, as Word and web pages have them, stands where YAML wants a plain one",
        "`kb fmt` puts plain blanks in; or delete it and press the space bar.",
        line,
        column,
    )


def missing_space(mark: str, written: str, line: int, column: int) -> YamlProblem:
    """The problem of a colon or dash with no space behind it, such as ``title:Night``."""
    return YamlProblem(
        "yaml-space",
        f"the space behind the {mark} is missing",
        f"Write `{written} ` with a space, then the value.",
        line,
        column,
    )


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What the parser said, and the lines that it was reading."""

    said: str
    lines: list[str]
    line: int
    column: int
    opening: tuple[int, int] | None
    """Where the thing begins that the parser was reading, such as a quoted text."""

    @classmethod
    def of(cls, error: yaml.YAMLError, text: str) -> _Trouble:
        said = str(error).replace("\n", " ")
        context = getattr(error, "context_mark", None)
        mark = getattr(error, "problem_mark", None) or context
        # A reader's error knows only how many characters came before it.
        before = mark.index if mark else getattr(error, "position", 0) or 0
        opening = _place(text, context.index) if context else None
        return cls(said, text.split("\n"), *_place(text, before), opening)

    @property
    def here(self) -> str:
        """The line in which the parser stopped."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def above(self) -> int:
        """The number of the nearest line above with something in it; -1 where there is none."""
        return next((n for n in range(self.line - 1, -1, -1) if self.lines[n].strip()), -1)

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.said) is not None

    def problem(
        self, code: str, message: str, hint: str, place: tuple[int, int] | None = None
    ) -> YamlProblem:
        line, column = place or (self.line, self.column)
        return YamlProblem(code, message, hint, line, column)


def _place(text: str, before: int) -> tuple[int, int]:
    """
    The line and column behind so many characters, as editors count them.

    The parser's own lines end at U+0085, U+2028 and U+2029 too (YAML 1.1), so they may be more than there are.
    """
    told = text[:before]
    return told.count("\n"), len(told) - told.rfind("\n") - 1


_FIELD = re.compile(r"^(\s*(?:- +)*)([\w-]+)\s*:(?=\s|$)")
_NO_SPACE = re.compile(r"^\s*(?:- +)?(?:[\w-]+:(?=[^\s/])|-(?=[^\s-]))")
_QUOTE_ENDS = re.compile(r"""(?:^|[:\[,-] +)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*[^\s,\]}#:])""")


def _explanations(trouble: _Trouble) -> Iterator[YamlProblem]:
    yield from _characters(trouble)
    yield from _missing_marks(trouble)
    yield from _quotes_and_brackets(trouble)
    yield from _indents(trouble)
    said = re.search(r"(?:did not find|found|could not find) [^\n\"]*?(?=\s+in \"|$)", trouble.said)
    yield trouble.problem(
        "yaml-syntax",
        f"this is not YAML: {said[0] if said else 'it cannot be read'}",
        "Compare with a record that passes; look at this line and the one above it.",
    )


def _characters(trouble: _Trouble) -> Iterator[YamlProblem]:
    line, column = trouble.line, trouble.column
    if trouble.here[column : column + 1] == "\t" or trouble.says("tab character"):
        yield trouble.problem(
            "yaml-tab",
            "a tab stands where YAML wants spaces",
            "Replace it by spaces, two for each level.",
        )
    for number in (line, trouble.above):
        blank = (
            WIDE_BLANKS.search(trouble.lines[number]) if 0 <= number < len(trouble.lines) else None
        )
        if blank:
            yield special_blank(number, blank.start())
    curved = re.search("[:-] +([\u201c\u201d\u2018\u2019].*)", trouble.here)
    if curved:
        value = curved[1].strip("\u201c\u201d\u2018\u2019 ")
        yield trouble.problem(
            "yaml-curved-quote",
            "a curved quotation mark, as Word makes them, begins the value; YAML knows straight ones only",
            f"Put a straight mark at both ends: `{_quoted(value)}`.",
            (line, curved.start(1)),
        )
    linked = re.match(r"^(\s*(?:- +)*(?:[\w-]+: +)?)(!?\[[^\]]*\]\(.*)$", trouble.here)
    if linked:
        yield trouble.problem(
            "yaml-character",
            f"a value may not begin with `{linked[2][0]}`, unless it is a list",
            _in_quotes(linked[1].lstrip(), linked[2]),
            (line, len(linked[1])),
        )
    if trouble.says("cannot start any token"):
        yield trouble.problem(
            "yaml-character",
            f"a value may not begin with `{trouble.here[column : column + 1]}`",
            f"Put the whole value in quotes: `{_quoted(trouble.here[column:])}`.",
        )
    if trouble.says("control characters|unacceptable character|special characters"):
        yield trouble.problem(
            "yaml-control",
            "a character that may not stand in a text file",
            "Delete it; it may be invisible.",
        )
    if trouble.says("unknown escape character"):
        yield trouble.problem(
            "yaml-backslash",
            "a backslash inside double quotes begins a special sign, and this is none",
            "Use single quotes around the value, or write the backslash twice.",
        )


def _missing_marks(trouble: _Trouble) -> Iterator[YamlProblem]:
    """A space or colon that is not there; the parser notices the first at the next line's colon."""
    if trouble.says("block sequence entries are not allowed"):
        yield trouble.problem(
            "yaml-dash",
            "a list begins on the line of its field",
            "Write each entry on a line of its own below the field, begun with `- `.",
        )
    if trouble.says("expected comment or line break"):
        yield trouble.problem(
            "yaml-block",
            "text follows `|` or `>-` on the same line",
            "Begin the text on the next line, indented by two spaces.",
        )
    for number in (trouble.line, trouble.above):
        found = _NO_SPACE.match(trouble.lines[number]) if 0 <= number < len(trouble.lines) else None
        if found:
            mark = "colon" if found[0].endswith(":") else "dash"
            yield missing_space(mark, found[0].strip(), number, found.end() - 1)
    if trouble.says("did not find expected '-' indicator"):
        yield trouble.problem(
            "yaml-dash",
            "a field stands where an entry of the list above is wanted",
            "Begin the entry with `- `, or move the field to the column that its group begins in.",
        )


def _quotes_and_brackets(trouble: _Trouble) -> Iterator[YamlProblem]:
    if trouble.says("unexpected end of stream|found unexpected end"):
        yield trouble.problem(
            "yaml-quote",
            "a quotation mark is opened and never closed",
            "Close the quotation mark.",
            trouble.opening,
        )
    if trouble.says(r"expected ',' or"):
        yield trouble.problem(
            "yaml-bracket",
            "a bracket is opened and never closed, or a comma is missing",
            "Close the bracket; put commas between the values.",
            trouble.opening,
        )
    if trouble.here[trouble.column : trouble.column + 1] in ("]", "}"):
        yield trouble.problem(
            "yaml-bracket",
            "this bracket closes what was never opened",
            "Take it out, or put the whole value in quotes.",
        )
    ended = _QUOTE_ENDS.search(trouble.here)
    if ended:
        mark = ended[1][0]
        yield trouble.problem(
            "yaml-quote",
            "the quotation mark closes here, and more text follows",
            "Write the apostrophe inside the value twice (''), or put double quotes around all of it."
            if mark == "'"
            else "Put single quotes around all of it, so that double ones may stand inside.",
            (trouble.line, ended.end(1) - 1),
        )
    if trouble.says("undefined alias|did not find expected alphabetic"):
        yield trouble.problem(
            "yaml-alias",
            "an alias (`*name`) stands for a value written elsewhere",
            "Write the value out; put text that begins with * or & in quotes.",
        )
    if trouble.here.startswith("---") and trouble.says("document"):
        yield trouble.problem(
            "yaml-documents",
            "a second document begins here",
            "Take out the line `---`; one file holds one record.",
        )
    if trouble.says("exceeded maximum nesting depth|recursion"):
        yield trouble.problem("yaml-depth", "lists are nested too deeply", "Write plain lists.")


def _indents(trouble: _Trouble) -> Iterator[YamlProblem]:
    field = _FIELD.match(trouble.here)
    if trouble.says("mapping values"):
        if field is None or field.end() - 1 != trouble.column:
            value = re.search(r"^\s*(?:- +)*(?:[\w-]+: +)?(.*)$", trouble.here)
            yield trouble.problem(
                "yaml-colon",
                "a colon followed by a space stands inside a value that has no quotes",
                _in_quotes(f"{field[2]}: " if field else "- ", value[1] if value else ""),
            )
        else:
            above = _FIELD.match(trouble.lines[trouble.above]) if trouble.above >= 0 else None
            if above is None and trouble.above >= 0 and ":" not in trouble.lines[trouble.above]:
                words = trouble.lines[trouble.above].split(maxsplit=1)
                yield trouble.problem(
                    "yaml-missing-colon",
                    f"`{words[0]}` has no colon behind it",
                    f"Write `{words[0]}: {words[1] if words[1:] else ''}`.".replace(" `.", "`."),
                    (trouble.above, len(trouble.lines[trouble.above]) - 1),
                )
            yield trouble.problem(
                "yaml-indent",
                f"`{field[2]}` is indented further than the field above it, which has a value already",
                "Let the fields of one group begin in the same column.",
                (trouble.line, len(field[1])),
            )
    if trouble.says("could not find expected ':'"):
        at = trouble.opening or (trouble.line, trouble.column)
        yield trouble.problem(
            "yaml-missing-colon",
            "this line has no colon behind the name of its field",
            "Write `field: value`. If the line goes on with the text above it, indent it as far as that text.",
            at,
        )
    if trouble.says("expected key|expected <block end>|block mapping|block collection|document"):
        yield trouble.problem(
            "yaml-indent",
            "this line is not indented as far as the lines that it belongs to",
            "Let the fields of one group, and the dashes of one list, begin in the same column; "
            "look at the line above too.",
        )


def _in_quotes(before: str, value: str) -> str:
    """How to write a value that needs quotes; one that is long or full of them goes on lines of its own."""
    if len(value) > 60 or ('"' in value and "'" in value):
        return (
            f"Write `{before}>-` here, and the text on the next line, indented by two spaces more."
        )
    return f"Put the whole value in quotes: `{before}{_quoted(value)}`."


def _quoted(value: str) -> str:
    """A value in the quotes that suit it, shortened where it is long."""
    value = value.strip()
    value = value if len(value) <= 60 else f"{value[:50].rstrip()} ..."
    return f"'{value}'" if '"' in value else f'"{value}"'
