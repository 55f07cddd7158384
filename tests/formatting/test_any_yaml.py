"""Whatever our YAML may hold: formatting keeps data and comments, and twice is once."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.reading.yaml_problems import YamlProblem
from generator.reading.yaml_reader import load

FIELDS = ("id", "title", "years", "start", "places", "city", "state", "practices", "lessons", "sources", "challenge", "zebra", "a b", "1")  # fmt: skip
TRICKY = (":a", "- b", "#c", "a: b", "a:", "a #b", "[x]", "{x: y}", "x, y", "null", "~", "no", "1e3", "2026-11-24", "'", '"', "''", "\\", "%", "@x", "&x", "*x", "!x", "|", ">", "?", "? x", "-", "---", "...", "--- x", "=", "<<", "é ü", "a  b", "a\n\nb", "a\nb", "- x\n- y", "a\n\n\nb", "a\n  b", "", " ", "word " * 30 + "end", "w" * 120, "a\tb", "\u2028", "\ufeff", "12:30", ": ", "a :b", "::", ",", "]", "}", "#", "a,b", "a]b", "{", "[")  # fmt: skip
scalars = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.sampled_from("ab :-#,[]{}'\"\\\n\t&*!|>%@`?~.é"), max_size=12),
    st.text(max_size=6).filter(lambda text: text.isprintable()),
    st.integers(-9, 3000),
    st.sampled_from((True, False, None, 1.5, 97.0)),
)
# No list holds a list: no field of a record does, and YAML gives the dash of such an entry no place.
data = st.dictionaries(
    st.sampled_from(FIELDS),
    st.recursive(
        scalars,
        lambda inner: st.lists(inner.filter(lambda each: not isinstance(each, list)), max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


class Writer:
    """Writes data as a person might: in brackets or below each other, with comments anywhere."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0

    def may(self) -> bool:
        return self.draw(st.integers(0, 4)) == 0

    def comment(self) -> str:
        self.count += 1
        mark = self.draw(st.sampled_from(("", " - x", ": y", " 'q", " [", " #")))
        return f"# {self.count}{mark}."

    def aside(self) -> str:
        return f"  {self.comment()}" if self.may() else ""

    def above(self, indent: int) -> str:
        blank = "\n" if self.may() else ""
        return blank + (f"{' ' * indent}{self.comment()}\n" if self.may() else "")

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            words = {True: "true", False: "false", None: "null"}
            return words[value] if value is None or isinstance(value, bool) else str(value)
        styles = [_double(value)]
        if all(c.isprintable() for c in value):
            styles.append("'" + value.replace("'", "''") + "'")
            try:
                if load(f"[{value}]") == [value] and load(f"- {value}") == [value]:
                    styles.append(value)
            except YamlProblem:
                pass
        return self.draw(st.sampled_from(styles))

    def flow(self, value: Any, indent: int) -> str:
        """In brackets or braces; sometimes over several lines with comments between."""
        if not isinstance(value, (dict, list)):
            return self.scalar(value)
        entries = (
            [f"{self.scalar(k)}: {self.flow(v, indent)}" for k, v in value.items()]
            if isinstance(value, dict)
            else [self.flow(v, indent) for v in value]
        )
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if self.may():
            margin = "\n" + " " * (indent + 2)
            lines = "".join(
                f"{margin}{self.comment() + margin if self.may() else ''}{entry},{self.aside()}"
                for entry in entries
            )
            return f"{opening}{self.aside()}{lines}{margin}{closing}"
        return f"{opening}{', '.join(entries)}{closing}"

    def below(self, value: Any, indent: int) -> str:
        """What stands behind a field's colon or an entry's dash, with the line's end."""
        margin = " " * indent
        if isinstance(value, (dict, list)) and value and not self.may():
            lines = self.aside() + "\n"
            for entry in value:
                lines += self.above(indent)
                begin = f"{self.scalar(entry)}:" if isinstance(value, dict) else "-"
                inner = value[entry] if isinstance(value, dict) else entry
                lines += f"{margin}{begin}{self.below(inner, indent + 2)}"
            return lines
        if isinstance(value, str) and value.strip() and self.may():
            sign = self.draw(st.sampled_from(("|", "|-", "|+", ">", ">-")))
            text = "".join(
                f"{margin}{line}\n" if line.strip() else "\n" for line in value.strip().split("\n")
            )
            return f" {sign}{self.aside()}\n{text}"
        return f" {self.flow(value, indent)}{self.aside()}\n"


def _double(text: str) -> str:
    escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{escaped}"'


@st.composite
def texts(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    text = "".join(
        f"{writer.above(0)}{writer.scalar(key)}:{writer.below(value, 2)}"
        for key, value in draw(data).items()
    )
    return text + (f"{writer.comment()}\n" if writer.may() else "")


@given(texts())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_lost_and_twice_is_once(text: str) -> None:
    try:
        load(text)
    except YamlProblem:
        assume(False)
    once = formatted(text, CaseStudy)  # which raises `Unsafe` where data or comments differ
    assert formatted(once, CaseStudy) == once
