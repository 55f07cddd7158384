#!/bin/sh
# Makes the virtual environment $1 with the pinned dependencies. Called by the Makefile.
set -eu
venv=$1

say() { printf '%s\n' "$*"; }
give_up() { printf '\n%s\n' "$*" >&2; exit 2; }
suitable() { command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if suitable "$candidate"; then python=$candidate; break; fi
done
[ -n "$python" ] || give_up "Rewire needs Python 3.11 or newer, and none was found.
  Debian, Ubuntu:  sudo apt-get install python3 python3-venv
  macOS:           brew install python
Or name one: PYTHON=/path/to/python3 make site"

# Debian keeps venv in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  say "Python $version has no venv module; installing Debian's package for it."
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  command -v apt-get >/dev/null 2>&1 || give_up "Install Python's venv module, then try again."
  $as_root apt-get update -qq && $as_root apt-get install -y -qq "python$version-venv" \
    || give_up "That failed. Try: sudo apt-get install python$version-venv"
fi

say "Setting up $venv with $("$python" --version) (once; a minute or two)"
"$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
  || give_up "The dependencies could not be installed; see above. Is there a network?"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
