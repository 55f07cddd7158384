"""
What an engine has built stays for the next build, which most often would build the same.

An engine takes a second for a few dozen pages, and an edit of a record changes none of them. To load it and to have it read
its settings takes a fifth of that, so it is not even asked for where nothing is new to it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..build import Before, Ready, Written, keys_of, publish, read_to_build, unchanged
from ..digests import files_key, key_of
from ..library import Library
from ..parallel import no_collector
from ..printing.environment import environment
from ..printing.memory import Keys
from ..publishing import Making
from ..registry import KINDS
from ..search.names import WrittenPage
from ..sharing.cache import FOLDER
from ..steps import Steps

if TYPE_CHECKING:
    from .engine import Engine

_INHERIT = "INHERIT"
"""In mkdocs.yml, where it takes settings from another file."""


class Late:
    """An engine that is loaded once it is asked for."""

    def __init__(self, name: str, load: Callable[[], Engine]) -> None:
        """`name` tells engines apart, and what they were given beside the library's folder."""
        self.name = name
        self._load = load

    @cached_property
    def engine(self) -> Engine:
        """The engine. Raises `BadSettings`."""
        return self._load()


@no_collector()
def made(
    engine: Late,
    root: Path,
    making: Making,
    steps: Steps,
    jobs: int,
    offline: bool = False,
) -> object:
    """
    Read the library in the folder `root`, have an engine build its pages, and publish it as the site that is being made.

    `jobs` and `offline` are those of `publish`. Return all that it was made of, for whoever need not free it. Raises
    `BuildFailed`.
    """
    with steps.part("what the last build left"):
        before = Before.read(root)
    library = read_to_build(root, steps, jobs, before)
    ready = built(
        engine,
        library,
        keys_of(library, root, before, steps, jobs),
        root,
        surroundings(engine, root),
        making.built,
        steps,
    )
    publish(ready, making.site, making.memory, steps, jobs, offline)
    return before, ready


def surroundings(engine: Late, root: Path) -> str:
    """
    A digest of what an engine builds of in the folder `root`, but for the library: written pages, theme, settings.

    Raises `BadSettings`.
    """
    records = {(root / kind.source).as_posix() for kind in KINDS if not kind.is_list}
    content = files_key(root / "content", but=records)
    settings = _settings(root) or engine.engine.settings
    return key_of(engine.name, settings, content, files_key(root / "theme"))


def _settings(root: Path) -> str:
    """
    What mkdocs.yml says, with every variable of the environment that it may name; empty where that can't be told from its text.

    An engine that has built by this text would read the same settings from it.
    """
    try:
        text = (root / "mkdocs.yml").read_text("utf-8")
    except (OSError, ValueError):
        return ""
    if _INHERIT in text:
        return ""
    # Not `_`, which a shell sets anew for each command, and which stands in every text.
    named = ((name, value) for name, value in os.environ.items() if name in text and name != "_")
    return repr((text, sorted(named)))


@unchanged()
def built(
    engine: Late, library: Library, keys: Keys, root: Path, around: str, into: Path, steps: Steps
) -> Ready:
    """
    Return what an engine builds of the library in the folder `root`, with the surroundings `around`.

    The folder `into` is the engine's; a note beside it says what it holds, and nothing in it is believed whose
    bytes are not those that the engine wrote. Raises `BuildFailed`.
    """
    theme = environment(root / "theme", root / FOLDER / "templates")
    with steps.step("Pages"):
        note = into.with_name(f"{into.name}.json")
        key = key_of(keys.world, around)
        written = known = _read(note, key, into)
        if written is None:
            builder = engine.engine
            note.unlink(missing_ok=True)
            shutil.rmtree(into, ignore_errors=True)
            into.mkdir(parents=True)
            written = builder.build(library, theme, into)
            held = {**asdict(written), "root": ""}
            note.write_text(
                json.dumps({"key": key, "files": files_key(into), "written": held}), "utf-8"
            )
        steps.made("written pages and frames" + (", as they were" if known else ""))
    return Ready(root, library, keys, theme, written)


def _read(note: Path, key: str, folder: Path) -> Written | None:
    """What stands in a folder, if it is what the key asks for and as it was written."""
    try:
        held = json.loads(note.read_text("utf-8"))
        if (held["key"], held["files"]) != (key, files_key(folder)):
            return None
        said = held["written"]
        said["found_by"] = [
            WrittenPage(page["title"], page["path"], tuple(page["found_by"]))
            for page in said["found_by"]
        ]
        return Written(**{**said, "root": folder})
    except (OSError, ValueError, TypeError, KeyError):
        return None
