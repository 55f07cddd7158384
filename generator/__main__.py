"""``kb``, which is also ``python -m generator``: a command in a process of its own."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """
    Run the command that the arguments name, and end the process with its exit code.

    Python would look for cycles among all that is imported and made and stays, and at the end give back a million objects
    one by one. Together that takes as long as to make what one edit changes among ten thousand records. Of the commands, only
    `kb serve` goes on for so long that dead cycles would add up, and has them looked for again.
    """
    gc.disable()
    from .cli import main as kb

    stays: list[object] = []  # what commands leave here is given back with the process
    try:
        kb(obj=stays)
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else bool(end.code))
    raise AssertionError("a command ends with its exit code")


if __name__ == "__main__":
    main()
