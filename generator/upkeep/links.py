"""
Asks every address whether it is still there, as a polite guest.

One request at a time to each host, with a pause between; HEAD first, which sends no page, and then GET, of
which only the head is read, since many hosts refuse the one and not the other. A host that is too busy (429
and 503, RFC 6585 section 4 and RFC 9110 section 15.6.4) is asked no more in this run.
"""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import pairwise
from urllib.parse import urlsplit

import requests

from .link_memory import Answer, Memory, Verdict

_HOSTS_AT_ONCE = 8
_PATIENCE = (10, 20)
"""Seconds to wait for a connection, and for an answer."""
_MOST_REDIRECTS = 8
_GONE = (404, 410)
_BUSY = (429, 503)
_FOR_GOOD = (301, 308)


class LinkCheck:
    """One check of many addresses."""

    def __init__(self, memory: Memory, *, site_url: str = "", pause: float = 1.0) -> None:
        """`site_url` tells hosts who asks; `pause` is in seconds, between two requests to one host."""
        self._memory = memory
        self._pause = pause
        self._stop = threading.Event()
        self._telling = threading.Lock()
        about = f" (+{site_url})" if site_url else ""
        self._agent = f"Rewire-link-check/{version('rewire')}{about}"

    def run(self, addresses: Iterable[str], told: Callable[[], object] = lambda: None) -> None:
        """
        Ask each address that the memory has no answer of, and remember what it says.

        `told` is called after each, one call at a time. Ctrl-C ends the check after the requests under way; what was
        answered is kept.
        """
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in addresses:
            if address not in self._memory.answers:
                hosts[_host(address)].append(address)
        with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
            try:
                for _ in pool.map(lambda host: self._ask_host(host, told), hosts.values()):
                    pass
            except BaseException:
                self._stop.set()
                pool.shutdown(cancel_futures=True)
                raise

    def _ask_host(self, addresses: list[str], told: Callable[[], object]) -> None:
        busy = ""
        with requests.Session() as session:
            session.headers["User-Agent"] = self._agent
            session.auth = lambda request: request  # nobody's password from ~/.netrc
            session.max_redirects = _MOST_REDIRECTS
            for number, address in enumerate(addresses):
                if busy:
                    verdict, words = Verdict.UNSURE, f"not asked, since its host said {busy}"
                elif number and self._stop.wait(self._pause):
                    return
                else:
                    verdict, words, is_busy = self._ask(session, address)
                    busy = words if is_busy else ""
                now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
                self._memory.keep(Answer(address, verdict, words, now))
                with self._telling:
                    told()

    def _ask(self, session: requests.Session, address: str) -> tuple[Verdict, str, bool]:
        """What an address answers, in words, and whether its host wants to be left alone."""
        try:
            response = session.head(address, timeout=_PATIENCE, allow_redirects=True)
            if not response.ok and response.status_code not in _BUSY:
                self._stop.wait(self._pause)
                response = session.get(address, timeout=_PATIENCE, stream=True)
                response.close()
        except (requests.RequestException, ValueError) as error:
            return (*_failure(error), False)
        code = response.status_code
        status = f"{code} {response.reason or ''}".strip()
        if code in _GONE:
            return Verdict.DEAD, status, False
        if not response.ok:
            return Verdict.UNSURE, status, code in _BUSY
        moved = _moved_to(response)
        return (Verdict.MOVED, moved, False) if moved else (Verdict.ALIVE, status, False)


def _host(address: str) -> str:
    """The host and port of an address; empty where it has none that can be read."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _moved_to(response: requests.Response) -> str:
    """The last address that an unbroken row of permanent redirects leads to; empty where there is none."""
    moved = ""
    for hop, following in pairwise([*response.history, response]):
        if hop.status_code not in _FOR_GOOD:
            break
        moved = following.url
    return moved


def _failure(error: Exception) -> tuple[Verdict, str]:
    match error:
        case requests.exceptions.SSLError():
            return Verdict.UNSURE, "its certificate is not valid"
        case requests.Timeout():
            return Verdict.UNSURE, "no answer in time"
        case requests.TooManyRedirects():
            return Verdict.DEAD, "it leads on and on without end"
        case requests.ConnectionError():
            if _no_such_host(error):
                return Verdict.DEAD, "there is no such host"
            return Verdict.UNSURE, "no connection could be made"
        case ValueError():  # of requests as well: InvalidURL, InvalidSchema and the like
            return Verdict.DEAD, "it is not an address that can be asked"
        case _:
            return Verdict.UNSURE, "its answer could not be read"


def _no_such_host(error: BaseException | None) -> bool:
    """Whether the name is known not to exist. Without a network, no name is known, which says nothing."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return error.errno == socket.EAI_NONAME
        error = error.__cause__ or error.__context__
    return False
