"""`kb report --links` against a server on this machine: what it says of each answer, and its manners."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from generator.build import read_library
from generator.upkeep.addresses import addresses, addresses_in
from generator.upkeep.link_memory import FILE, Answer, Memory, Verdict
from generator.upkeep.links import LinkCheck
from tests.commands.conftest import Kb
from tests.conftest import PROJECT, Tree

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


class Server(ThreadingHTTPServer):
    """Answers by the path, and remembers who asked what, and when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        self.under_way = 0
        self.most_under_way = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    @property
    def asked(self) -> list[str]:
        return [f"{method} {path}" for method, path, _ in self.seen]


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        server = self.server
        server.under_way += 1
        server.most_under_way = max(server.most_under_way, server.under_way)
        server.seen.append((self.command, self.path, time.monotonic()))
        server.agents.add(self.headers["User-Agent"])
        part = self.path.split("/")[1]
        if part == "no-head":
            code = 405 if self.command == "HEAD" else 200
        elif part in ("moved", "moved-for-now", "circle"):
            code = 302 if part == "moved-for-now" else 301
        else:
            code = int(part) if part.isdecimal() else 200
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", "/circle" if part == "circle" else "/new-place")
        self.send_header("Content-Length", "0")
        server.under_way -= 1  # before it is sent: the next request may come before this goes on
        self.end_headers()

    do_HEAD = do_GET = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: Server, tmp_path: Path, *paths: str, pause: float = 0.0) -> dict[str, Answer]:
    memory = Memory(tmp_path / FILE, NOW)
    LinkCheck(memory, site_url="https://library.example/", pause=pause).run(map(server.at, paths))
    return {path: memory.answers[server.at(path)] for path in paths}


@pytest.mark.parametrize(
    ("path", "verdict", "told"),
    [
        ("/there", "alive", "200 OK"),
        ("/no-head", "alive", "200 OK"),
        ("/404", "dead", "404 Not Found"),
        ("/410", "dead", "410 Gone"),
        ("/403", "unsure", "403 Forbidden"),
        ("/500", "unsure", "500 Internal Server Error"),
        ("/moved-for-now", "alive", "200 OK"),
        ("/circle", "dead", "it leads on and on without end"),
    ],
)
def test_what_an_answer_means(
    server: Server, tmp_path: Path, path: str, verdict: str, told: str
) -> None:
    answer = ask(server, tmp_path, path)[path]
    assert (answer.verdict, answer.told) == (verdict, told)


def test_a_page_that_moved_for_good_is_named(server: Server, tmp_path: Path) -> None:
    answer = ask(server, tmp_path, "/moved")["/moved"]
    assert (answer.verdict, answer.told) == (Verdict.MOVED, server.at("/new-place"))


@pytest.mark.parametrize(
    ("address", "verdict", "told"),
    [
        ("http://127.0.0.1:1/", "unsure", "no connection could be made"),
        ("http://[", "dead", "it is not an address that can be asked"),
        ("http://" + "a" * 70 + ".example/", "dead", "it is not an address that can be asked"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, address: str, verdict: str, told: str) -> None:
    memory = Memory(tmp_path / FILE, NOW)
    LinkCheck(memory, pause=0).run([address])
    assert (memory.answers[address].verdict, memory.answers[address].told) == (verdict, told)


def test_a_host_gets_one_request_at_a_time_with_a_pause(server: Server, tmp_path: Path) -> None:
    ask(server, tmp_path, "/a", "/b", "/404", pause=0.1)
    assert server.asked == ["HEAD /a", "HEAD /b", "HEAD /404", "GET /404"]
    times = [when for _, _, when in server.seen]
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(times))
    assert server.most_under_way == 1
    (agent,) = server.agents
    assert agent.startswith("Rewire-link-check/")
    assert agent.endswith(" (+https://library.example/)")


def test_a_busy_host_is_left_alone_until_the_next_run(server: Server, tmp_path: Path) -> None:
    answers = ask(server, tmp_path, "/429", "/there")
    assert server.asked == ["HEAD /429"]
    assert answers["/there"].told == "not asked, since its host said 429 Too Many Requests"
    assert ask(server, tmp_path, "/there")["/there"].verdict is Verdict.ALIVE


def test_a_check_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:
    ask(server, tmp_path, "/a", "/403")
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"address": "http://cut.off')
    server.seen.clear()
    ask(server, tmp_path, "/a", "/403", "/b")
    assert server.asked == ["HEAD /403", "GET /403", "HEAD /b"]


def test_an_answer_is_kept_for_a_week(tmp_path: Path) -> None:
    memory = Memory(tmp_path / FILE, NOW)
    memory.keep(Answer("https://a.example/", Verdict.ALIVE, "200 OK", NOW.isoformat()))
    assert Memory(tmp_path / FILE, NOW + dt.timedelta(days=6)).answers
    assert not Memory(tmp_path / FILE, NOW + dt.timedelta(days=8)).answers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See <https://a.example/x>.", ["https://a.example/x"]),
        ("[b](https://b.example/p_(q)) and https://c.example/z#part, too", ["https://b.example/p_(q)", "https://c.example/z"]),
        ("[kb](kb:stipends), mailto:a@b.example, ftp://d.example", []),
    ],
)  # fmt: skip
def test_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert list(addresses_in(text)) == found


def test_every_address_of_the_real_library_is_found() -> None:
    library = read_library(PROJECT)
    found = addresses(library, PROJECT)
    urls = {
        source.url.partition("#")[0] for case in library.case_studies for source in case.sources
    }
    assert urls <= set(found)


def test_the_command_names_the_files(tree: Tree, kb: Kb, server: Server) -> None:
    root = tree()
    for path in [*root.rglob("*.md"), *root.rglob("*.yaml")]:
        text = re.sub(r"https://(?=[a-z.]+/)", server.at("/"), path.read_text("utf-8"))
        path.write_text(text.replace("college.example/night", "404"), "utf-8")
    result = kb("report", "--root", root, "--links", "--pause", "0", "--format", "json")
    assert result.exit_code == 1
    assert "Asking " in result.stderr
    links = {s["id"]: s["items"] for s in json.loads(result.stdout)["sections"]}
    assert links["dead-links"] == [
        {
            "path": "casestudies/night-welding.yaml",
            "title": server.at("/404"),
            "reason": "404 Not Found",
        }
    ]
    assert links["moved-links"] == links["unsure-links"] == []
