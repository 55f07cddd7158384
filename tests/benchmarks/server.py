"""Serves a site as usual hosts do, in a process of its own, and counts what is sent for searching."""

from __future__ import annotations

import gzip
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

NOT_SEARCH = {".css", ".html", ".ico", ".png", ".svg", ".woff2"}
"""What a page loads to be seen, and not to search."""
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt"}
"""What hosts compress on the way. Others, they send as they are: Pagefind's files and ours are compressed already."""


@dataclass(frozen=True, slots=True)
class Served:
    """A folder that is being served."""

    port: int
    _sent: Synchronized[int]

    def sent(self) -> int:
        """Bytes of bodies sent for searching since this was asked last, as compressed on the way."""
        with self._sent.get_lock():
            sent, self._sent.value = self._sent.value, 0
        return sent


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    """Text goes out compressed, and the browser may keep everything for a while."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a small answer waits for the browser to confirm its head

    def __init__(self, *given: object, sent: Synchronized[int], directory: Path) -> None:
        self._sent = sent
        super().__init__(*given, directory=str(directory))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix in COMPRESSED
        body = _compressed(path) if packed else path.read_bytes()
        if path.suffix not in NOT_SEARCH:
            with self._sent.get_lock():
                self._sent.value += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _serve(root: Path, sent: Synchronized[int], told: Connection) -> None:
    handler = partial(_Handler, sent=sent, directory=root)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        told.send(server.server_port)
        server.serve_forever()


@contextmanager
def served(root: Path) -> Iterator[Served]:
    """Serve a folder on a free port of this machine. Its process shares no interpreter with the browser's driver."""
    context = multiprocessing.get_context("spawn")
    sent = context.Value("q", 0)
    told, port = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(root, sent, port), daemon=True)
    process.start()
    port.close()  # so that a process that ends early is noticed
    try:
        yield Served(told.recv(), sent)
    finally:
        process.terminate()
        process.join()
