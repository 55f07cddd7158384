"""
What an engine has built stays for the next build, which most often would build the same.

An engine takes a second for a few dozen pages, and an edit of a record changes none of them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import jinja2

from ..build import Before, Index, Written, keys_of, publish, read_to_build
from ..digests import files_key, key_of
from ..library import Library
from ..parallel import no_collector
from ..printing.environment import environment
from ..printing.memory import Keys
from ..printing.site import Site
from ..registry import KINDS
from ..search.names import WrittenPage
from ..steps import Steps
from .engine import Engine


@no_collector()
def made(
    engine: Engine,
    root: Path,
    site: Site,
    into: Path,
    steps: Steps,
    jobs: int,
    offline: bool = False,
    later: Callable[[Index], None] | None = None,
    before: Before | None = None,
) -> None:
    """
    Read the library in the folder `root`, have an engine build its pages in `into`, and publish it as a site.

    `jobs`, `offline` and `later` are those of `publish`. `before` is what an earlier round of a preview has left.
    Raises `BuildFailed`.
    """
    with steps.part("what the last build left"):
        before = before or Before.read(root)
    library = read_to_build(root, steps, jobs, before)
    theme = environment(root / "theme")
    with steps.step("Pages"):
        keys = keys_of(library, root)
        written, anew = built(engine, library, keys, theme, root, into)
        steps.made("written pages and frames" + ("" if anew else ", as they were"))
    publish(library, site, theme, root, written, keys, steps, jobs, offline, later, before.memory)


def built(
    engine: Engine, library: Library, keys: Keys, theme: jinja2.Environment, root: Path, into: Path
) -> tuple[Written, bool]:
    """
    Return what an engine builds of the library in the folder `root`, and whether it had to build.

    The folder `into` is the engine's; a note beside it says what it holds, and nothing in it is believed whose
    bytes are not those that the engine wrote. Raises `BuildFailed`.
    """
    note = into.with_name(f"{into.name}.json")
    records = {(root / kind.source).as_posix() for kind in KINDS if not kind.is_list}
    content = files_key(root / "content", but=records)
    key = key_of(
        keys.world, type(engine).__name__, engine.settings, content, files_key(root / "theme")
    )
    known = _read(note, key, into)
    if known is not None:
        return known, False
    note.unlink(missing_ok=True)
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    written = engine.build(library, theme, into)
    held = {**asdict(written), "root": ""}
    note.write_text(json.dumps({"key": key, "files": files_key(into), "written": held}), "utf-8")
    return written, True


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
