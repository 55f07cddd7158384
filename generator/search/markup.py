"""
What the tags of a page say, read run by run: all that stand between two texts.

Pages are made of templates, so most runs are the same on every page, in the same elements. Each of them is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .gathering import SIGN, Gathered


def _names(of_elements: str) -> frozenset[str]:
    return frozenset(of_elements.split())


_TEXT = re.compile(r">(?!\s*<)([^<]*)<")
"""A text between two tags that is not blanks alone. It is also found within a tag, where an attribute has ``>``: few have."""
_TAG = re.compile(r"""<([^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>""")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_ID = ' id="'
"""How an id begins."""
_TELLING = ("id=", "data-pagefind-")
"""What is in each attribute that says anything here."""

_VOID = _names("area base br col embed hr img input link meta source track wbr")
_BLOCKS = _names("h1 h2 h3 h4 h5 h6 p td div ul li article section")
"""A sentence ends with such an element."""
_INLINE = _names(
    "a abbr acronym b bdo big br button cite code dfn em i img input kbd label map object output q samp script"
    " select small span strong sub sup textarea time tt var"
)
"""The words in such an element are also those of the one around it."""
_IGNORED = ("", "index", "true")
"""Values of ``data-pagefind-ignore`` that leave metadata to be found."""
_PASSED_OVER = _names("head style script noscript label form svg footer nav iframe template")
_HEADINGS = {"h1": 7, "h2": 6, "h3": 5, "h4": 4, "h5": 3, "h6": 2}
"""What words weigh in a heading, where nothing around it says."""


@dataclass(frozen=True, slots=True, eq=False)
class _Element:
    """What a tag says of its element. All that say the same are one, so that they are quick to compare."""

    name: str
    inline: bool = True
    named: bool = False
    """One can link to it."""
    heading: bool = False
    """Of the whole page."""
    passed_over: bool = False
    """Its words are not to be found."""
    excluded: bool = False
    """Nor are its metadata."""
    meta: str = ""
    before: str = ""
    """Blanks and signs with which it begins."""
    ends_sentence: bool = False
    after: str = ""
    """Blanks and signs with which it ends."""


_Elements = tuple[_Element, ...]
"""Each is in the one before."""
_Step = tuple[Callable[[Gathered, str], None], str]
"""Something to do, and what it is told."""
_ADDING = (Gathered.add, Gathered.say)


class _NotTags(Exception):
    """There is more in a run of tags than tags."""


def gather(html: str) -> Gathered:
    """Gather what is to be found of the element with which some HTML begins."""
    try:
        return _gather(_TEXT.split(html.strip()[1:-1]))
    except _NotTags:
        return _gather(_parted(html))


def _gather(parts: Sequence[str]) -> Gathered:
    """Gather from runs of tags and the texts that stand between them."""
    gathered, opened = Gathered(), _Elements()
    for tags, text in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if _ID in tags:
            tags, gathered.id = _with_sign(tags)
        steps, opened = _read(tags, opened)
        for do, told in steps:
            do(gathered, told)
        if not opened:
            break
        gathered.say(text)
    return gathered


def _with_sign(tags: str) -> tuple[str, str]:
    """A run of tags with a sign for its first id, which few pages have; and the id."""
    before, _, others = tags.partition(_ID)
    id_, _, after = others.partition('"')
    return (f'{before}{_ID}{SIGN}"{after}', id_) if id_.strip() else (tags, "")


def _parted(html: str) -> list[str]:
    """Runs of tags and the texts that stand between them, whatever is in attributes."""
    _, first, *others = _TAG.split(html)
    parts = [first]
    for text, tag in zip(others[:-1:2], others[1::2], strict=True):
        if text.strip():
            parts += [text, tag]
        else:
            parts[-1] += f">{text}<{tag}"
    return parts


@lru_cache(maxsize=4096)
def _read(tags: str, around: _Elements) -> tuple[Sequence[_Step], _Elements]:
    """
    Read a run of tags, without its first and last bracket, that stands in some elements.

    Return what is to be done, and in which elements the next text stands: none where the first has ended. Raises `_NotTags`.
    """
    before, *parts = _TAG.split(f"<{tags}>")
    if "".join([before, *parts[1::2]]).strip():
        raise _NotTags
    # The words on both sides would be one where nothing but the style sheet parts them, such as two cells of a table.
    blanks = [*(blank or " " for blank in parts[1:-1:2]), ""]
    steps, opened = list[_Step](), [*around]
    for tag, blank in zip(parts[::2], blanks, strict=True):
        name = [*tag.split(maxsplit=1), ""][0].strip("/")
        if not tag.startswith("/"):
            steps += _begin(name, tag[len(name) :], opened)
        if tag.startswith("/") or name in _VOID:
            steps += _end(name, opened)
        if not opened:
            break
        steps.append((Gathered.say if _are_named(opened) else Gathered.add, blank))
    return tuple(_joined(steps)), tuple(opened)


def _begin(name: str, attributes: str, opened: list[_Element]) -> Iterator[_Step]:
    """Yield what is to be done where an element begins."""
    element, id_ = _element(name, attributes)
    if any(outer.excluded for outer in opened):
        element, id_ = _Element(name), ""
    if _are_named(opened) and not element.inline:
        yield Gathered.narrow, ""
    if id_:
        yield Gathered.link, f"{name} {id_}"
    if element.passed_over:
        yield Gathered.mark, ""
    yield Gathered.add, element.before
    if element.heading:
        yield Gathered.mark, ""
    if element.meta:
        yield Gathered.mark, ""
    opened.append(element)


def _end(name: str, opened: list[_Element]) -> Iterator[_Step]:
    """Yield what is to be done where the innermost element of a name ends, and with it all that are open in it."""
    ended = all(element.name != name for element in opened)
    while not ended:
        element = opened.pop()
        ended = element.name == name
        if element.meta:
            yield Gathered.describe, element.meta
        if element.heading:
            yield Gathered.entitle, ""
        if element.passed_over:
            yield Gathered.forget, ""
        else:
            if element.ends_sentence:
                yield Gathered.stop, ""
            yield Gathered.add, element.after
        if element.named:
            yield Gathered.widen, ""
        if _are_named(opened) and not element.inline:
            yield Gathered.widen, ""


def _are_named(elements: Sequence[_Element]) -> bool:
    """Whether what stands in some elements is also the text of one that one can link to."""
    for element in reversed(elements):
        if element.named:
            return True
        if element.excluded or not element.inline:
            return False
    return False


def _joined(steps: Iterable[_Step]) -> list[_Step]:
    """Fewer steps that do the same."""
    joined: list[_Step] = []
    for do, told in steps:
        last, before = joined[-1] if joined else (None, "")
        if not told and do in _ADDING:
            continue
        if do == Gathered.stop and last in _ADDING:
            continue  # a sentence ends with a word, and these are blanks
        if do == Gathered.add == last:
            joined[-1] = do, before + told
        else:
            joined.append((do, told))
    return joined


def _element(name: str, attributes: str) -> tuple[_Element, str]:
    """An element and its id."""
    told: dict[str, str] = {}
    if any(mark in attributes for mark in _TELLING):
        for attribute, *values in _ATTRIBUTE.findall(attributes):
            told[attribute] = "".join(values)
    ignore = told.get("data-pagefind-ignore")
    id_ = "".join(told.get("id", "").split()) if ignore is None else ""
    meta, weight = told.get("data-pagefind-meta", ""), told.get("data-pagefind-weight")
    return _element_with(name, bool(id_), ignore, meta, weight), id_


@lru_cache(maxsize=1024)
def _element_with(
    name: str, named: bool, ignore: str | None, meta: str, weight: str | None
) -> _Element:
    passed_over = name in _PASSED_OVER or ignore in _IGNORED
    if ignore is not None and not passed_over:
        return _Element(name, passed_over=True, excluded=True)
    sign = ""
    if weight is not None:
        sign = f" {SIGN}w{weight} "
    elif name in _HEADINGS:
        sign = f" {SIGN}h{_HEADINGS[name]} "
    block = name in _BLOCKS
    return _Element(
        name,
        inline=name in _INLINE,
        named=named,
        heading=name == "h1",
        passed_over=passed_over,
        meta=meta,
        before=sign + (" " if block or name == "br" else ""),
        ends_sentence=block,
        after=(" " if block else "") + (f" {SIGN}e " if sign else ""),
    )
