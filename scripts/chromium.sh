#!/bin/sh
# Finds a Chromium for the browser tests, or installs one, and writes its path to $1/chromium.
# In this order: $REWIRE_CHROMIUM; one that is installed; Debian's; Playwright's own.
set -eu
venv=$1

for candidate in "${REWIRE_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" \
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
  if [ -n "$candidate" ] && found=$(command -v "$candidate" 2>/dev/null) && "$found" --version >/dev/null 2>&1; then
    printf '%s\n' "$found" >"$venv/chromium"
    exit 0
  fi
done

as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
# Ubuntu's package of that name is a stub for a snap, so only Debian's is taken.
if grep -qs '^ID=debian' /etc/os-release && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
  printf 'Installing Chromium for the browser tests (once)\n'
  if $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
    command -v chromium >"$venv/chromium"
    exit 0
  fi
fi

printf "Installing Playwright's Chromium for the browser tests (once)\n"
if ! "$venv/bin/playwright" install chromium; then
  printf '\nNo Chromium could be installed. Install one, then try again; or name one:\n  REWIRE_CHROMIUM=/path/to/chromium make test\n' >&2
  exit 2
fi
"$venv/bin/python" -c 'from playwright.sync_api import sync_playwright as p
with p() as play: print(play.chromium.executable_path)' >"$venv/chromium"
