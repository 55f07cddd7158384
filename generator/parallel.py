"""Work on many records in several processes at once."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A process that has threads can't be copied safely. Where numpy is loaded, its linear algebra, which nothing here uses, would begin some.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_FEW = 100
"""So many records or pages are done before other processes would have begun."""
_BATCHES = 64
"""Batches a process gets, if they are not few: records differ, and one that has done its own takes another. In the end all wait for one batch."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def untold(done: int, of: int) -> None:
    """For work that nobody waits for."""


@contextmanager
def spreading(
    work: Callable[[Sequence[T]], R],
    items: Sequence[T],
    jobs: int,
    goes_on: Callable[[int, int], None] = untold,
    few: int = _FEW,
) -> Iterator[Iterator[R]]:
    """
    Work on `items` while a block runs, which is given what `work` makes of batches of them, in their order, as it comes.

    Results must be picklable. `goes_on` is told with each result how many items are done, and of how many. `few` are
    done before another process would have begun.

    Each process is a copy of this one, so `work` may use whatever is in memory here and nothing but its
    results travels. Where processes can't be copied safely (threads run, or the system is not Linux: copies
    of a process that has used macOS's frameworks may crash), and where there is little to do, the work is
    done here, when the block asks for results. What `work` raises is raised where its result is asked for.
    """
    alone = jobs <= 1 or len(items) < few or not _can_copy()
    size = few if alone else max(few, -(-len(items) // (jobs * _BATCHES)))
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    if alone:
        yield _told(map(work, batches), batches, goes_on)
    elif len(batches) == 1:  # a pool takes longer to begin and to end
        with meanwhile(partial(work, batches[0])) as result:
            yield _told((result() for _ in batches), batches, goes_on)
    else:
        jobs = min(jobs, len(batches))
        with multiprocessing.get_context("fork").Pool(jobs, _take, (work, batches)) as pool:
            yield _told(pool.imap(_do, range(len(batches))), batches, goes_on)


def spread(
    work: Callable[[Sequence[T]], R],
    items: Sequence[T],
    jobs: int,
    goes_on: Callable[[int, int], None] = untold,
    few: int = _FEW,
) -> list[R]:
    """Return all that `work` makes of batches of `items`, as `spreading` does it."""
    with spreading(work, items, jobs, goes_on, few) as results:
        return list(results)


@contextmanager
def meanwhile(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """
    Let another process work while a block runs, which is given what waits for the result.

    The result must be picklable. Where the process can't be copied safely, or nothing comes of the other one, the work is
    done here, when the block asks for its result; so what it raises is raised there too.
    """
    if not _can_copy():
        yield work
        return
    copies = multiprocessing.get_context("fork")
    here, there = copies.Pipe(duplex=False)
    process = copies.Process(target=_send, args=(work, there), daemon=True)
    process.start()
    there.close()  # the other process has its own, and when that ends, there is nothing more to wait for

    def result() -> R:
        try:
            received: R = here.recv()
        except EOFError:
            return work()
        return received

    try:
        yield result
    finally:
        process.kill()
        process.join()
        here.close()


def _send(work: Callable[[], Any], there: Connection) -> None:
    with suppress(Exception, KeyboardInterrupt):
        there.send(work())


def _can_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _told(
    results: Iterable[R], batches: Sequence[Sequence[T]], goes_on: Callable[[int, int], None]
) -> Iterator[R]:
    of, done = sum(map(len, batches)), 0
    for batch, result in zip(batches, results, strict=True):
        done += len(batch)
        goes_on(done, of)
        yield result


_task: tuple[Callable[[Sequence[Any]], Any], Sequence[Sequence[Any]]]


def _take(work: Callable[[Sequence[Any]], Any], batches: Sequence[Sequence[Any]]) -> None:
    """Remember in a new process what there is to do: it has all of that in memory, and is sent numbers only."""
    global _task
    _task = work, batches


def _do(number: int) -> Any:
    work, batches = _task
    return work(batches[number])


@contextmanager
def no_collector() -> Iterator[None]:
    """
    Let Python not look for cycles of dead objects meanwhile.

    A library is hundreds of thousands of objects that all stay: the collector goes through them again
    and again and finds nothing, which takes up to half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
