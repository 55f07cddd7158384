"""Work spread over processes gives what work in one gives."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Sequence

import pytest

from generator.parallel import meanwhile, no_collector, spread
from tests.conftest import PROJECT

MANY = list(range(1000))


def squares(batch: Sequence[int]) -> list[int]:
    return [number * number for number in batch]


def process(batch: Sequence[int]) -> int:
    return os.getpid() if batch else 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_tells_how_far_the_work_is(jobs: int) -> None:
    told: list[tuple[int, int]] = []
    spread(squares, MANY, jobs, lambda done, of: told.append((done, of)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (len(MANY), len(MANY))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    found = [number for part in spread(squares, MANY, jobs) for number in part]
    assert found == squares(MANY)


_SEVERAL = """
import os
from generator.parallel import spread
here = lambda items, **few: os.getpid() in spread(lambda batch: os.getpid(), items, 2, **few)
print(here(list(range(1000))), here([1, 2]), here([1, 2], few=1))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_several_processes_work_where_there_is_much_to_do() -> None:
    # In a process of its own: here, other tests' threads may run, and then nothing is copied.
    done = subprocess.run(
        [sys.executable, "-c", _SEVERAL], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False True False\n"


_MEANWHILE = """
import os, signal
from generator.parallel import meanwhile
here = os.getpid()
def dies():
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()
for work in (os.getpid, dies):
    with meanwhile(work) as result:
        print(result() == here)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_another_process_works_meanwhile_and_this_one_where_that_dies() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEANWHILE], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_what_goes_wrong_meanwhile_is_told_where_it_is_asked_for() -> None:
    def fails() -> None:
        raise KeyError("no")

    with meanwhile(fails) as result, pytest.raises(KeyError, match="no"):
        result()


def test_where_threads_run_nothing_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert set(spread(process, MANY, 2)) == {os.getpid()}


def test_little_is_done_here_and_nothing_is_nothing() -> None:
    assert spread(process, [1, 2], 2) == [os.getpid()]
    assert spread(squares, [], 2) == []


def test_what_goes_wrong_in_a_process_is_told_here() -> None:
    def fails(batch: Sequence[int]) -> None:
        raise KeyError(f"no {batch[0]}")

    with pytest.raises(KeyError, match="no "):
        spread(fails, MANY, 2)


def test_the_collector_is_back_even_after_an_error() -> None:
    def fails() -> None:
        with no_collector():
            raise ValueError(gc.isenabled())

    with pytest.raises(ValueError, match="False"):
        fails()
    assert gc.isenabled()
