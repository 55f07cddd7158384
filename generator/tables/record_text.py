"""The YAML text of a record, from plain data, in the one form that `kb fmt` gives."""

from __future__ import annotations

import json
from typing import Any

from ..formatting.files import formatted
from ..models.kind import Kind
from ..models.schema import modeline


def record_text(kind: Kind, data: dict[str, Any]) -> str:
    """
    Return the text of a record's YAML file.

    Raises `formatting.files.Unsafe` where the text would not be read back as the same data.
    """
    # JSON is YAML too; the form does the rest.
    return formatted(
        f"{modeline(kind)}\n{json.dumps(data, ensure_ascii=False, indent=1)}\n", kind.model
    )
