"""
A real Chromium on the real library, served on a free port of this machine.

Every test also asserts, when it ends, that the console stayed empty and that no request left the host.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

# Machines that run several tests at once are slow; a test waits, and fails only for what never comes.
expect.set_options(timeout=20_000)

_FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder without a line in the log for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(real_site: Path) -> Iterator[str]:
    """The address of the built real library, with a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=real_site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that `make test` found or installed."""
    path = os.environ.get("REWIRE_CHROMIUM")
    if not path:
        pytest.fail("No browser: run `make test`, or set REWIRE_CHROMIUM to a Chromium.")
    # Chromium refuses its sandbox to root, who runs it in containers.
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    running = playwright.chromium.launch(executable_path=path, args=flags)
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh window of 1280 by 800. Fails the test on any console message or foreign request."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    fresh = context.new_page()
    said: list[str] = []
    elsewhere: list[str] = []
    fresh.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    fresh.on("pageerror", lambda error: said.append(f"error: {error}"))
    fresh.on(
        "request",
        lambda request: elsewhere.append(request.url) if _foreign(request.url, site) else None,
    )
    yield fresh
    context.close()
    assert said == [], "the console must stay empty"
    assert elsewhere == [], "no request may leave the host"


def open_whole(page: Page, address: str) -> None:
    """
    Open a page and wait until it and its scripts have loaded all they ask for.

    First for the page itself: on a slow machine, the network is idle while a page is still being read.
    """
    page.goto(address)
    page.wait_for_load_state("networkidle")


def _foreign(url: str, site: str) -> bool:
    there = urlsplit(url)
    return there.scheme in ("http", "https", "ws", "wss") and there.netloc != urlsplit(site).netloc
