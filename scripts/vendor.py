"""
Renews the vendored browser files from npm, by theme/assets/vendor/manifest.json.

    python scripts/vendor.py            put back what the manifest names, and check it
    python scripts/vendor.py --latest   take the latest versions, and write them into the manifest

A library that comes as many modules is joined into one by esbuild: the entry has ``"bundle"`` in place
of ``"from"``, which holds the module's own text, such as ``export { parse } from "yaml";``.

A font that is larger than what most pages need of it is cut: the entry has ``"characters"``, a list of code points and
ranges such as ``"20-7E"``, and perhaps ``"weights"``, the lightest and the boldest. The whole font stands beside it, for other
letters.

Exits 1 where a file from npm is not the file that the manifest names, 2 where npm cannot be run.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

VENDOR = Path(__file__).parent.parent / "theme" / "assets" / "vendor"
MANIFEST = VENDOR / "manifest.json"
ESBUILD = "esbuild@0.28.2"
"""Joins modules; another version may write other bytes for the same input."""


def main() -> int:
    """Renew every file of the manifest."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--latest", action="store_true", help="take the latest versions")
    latest = arguments.parse_args().latest
    libraries: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for library in libraries:
        version = "latest" if latest else library["version"]
        try:
            package, library["version"] = _fetch(library["package"], version)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"npm could not fetch {library['package']}@{version}: {error}", file=sys.stderr)
            return 2
        for file in library["files"]:
            if "bundle" in file:
                data = _bundle(library["package"], library["version"], file["bundle"])
            else:
                data = package[file["from"]]
            if "characters" in file:
                data = _cut(data, file["characters"], file.get("weights"))
            digest = hashlib.sha256(data).hexdigest()
            if not latest and digest != file["sha256"]:
                print(
                    f"{file['file']}: npm has sha256 {digest}, the manifest {file['sha256']}; nothing written",
                    file=sys.stderr,
                )
                return 1
            file["sha256"] = digest
            (VENDOR / file["file"]).write_bytes(data)
            print(f"{library['name']} {library['version']}: {file['file']} ({len(data):,} bytes)")
    MANIFEST.write_text(json.dumps(libraries, indent=2) + "\n", encoding="utf-8")
    return 0


def _fetch(package: str, version: str) -> tuple[dict[str, bytes], str]:
    """Return the files of an npm package by their path in it, and its version."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).iterdir())) as archive:
            found = {
                member.name.removeprefix("package/"): file.read()
                for member in archive
                if (file := archive.extractfile(member)) is not None
            }
    return found, json.loads(found["package.json"])["version"]


def _bundle(package: str, version: str, module: str) -> bytes:
    """Return one ES module with everything that `module` imports from a package without dependencies."""
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder]
        subprocess.run(
            [*npm, f"{package}@{version}", ESBUILD], check=True, stdout=subprocess.DEVNULL
        )
        (Path(folder) / "entry.js").write_text(module + "\n", encoding="utf-8")
        esbuild = ["node_modules/.bin/esbuild", "entry.js", "--bundle", "--format=esm", "--minify"]
        done = subprocess.run(
            [*esbuild, "--target=es2022", "--charset=utf8"],
            cwd=folder,
            check=True,
            capture_output=True,
        )
    return done.stdout


def _cut(font: bytes, characters: list[str], weights: list[int] | None) -> bytes:
    """Return a font with some characters and weights only. Kerning, ligatures and figures of one width stay."""
    codes = set()
    for written in characters:
        first, _, last = written.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    options = subset.Options(hinting=False, recalc_timestamp=False)
    options.layout_features = ["ccmp", "kern", "liga", "mark", "mkmk", "tnum"]
    cut = subset.load_font(io.BytesIO(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(cut)
    out = io.BytesIO()
    if weights:
        cut.flavor = None
        cut.save(out)  # the other module wants it as it is read from a file
        out.seek(0)
        cut = instancer.instantiateVariableFont(
            TTFont(out, recalcTimestamp=False), {"wght": tuple(weights)}
        )
        out = io.BytesIO()
    cut.flavor = "woff2"
    cut.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
