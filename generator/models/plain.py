"""
The plain data of records as other programs read them: every field in its order, and texts without blanks around them.

A record that was made and taken apart again gives the same at twice the price.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import SchemaSerializer, SchemaValidator
from pydantic_core import core_schema as core

from .fields import Model


class Plain:
    """Reads and writes the plain data of records of a model in which nothing is wrong."""

    def __init__(self, model: type[Model]) -> None:
        model.model_rebuild()  # its own schema is there from now on
        fields = _unchecked(model.__pydantic_core_schema__)
        more = {**fields, "extra_behavior": "allow"}
        self._reader = SchemaValidator(fields)
        self._writer = SchemaSerializer(core.list_schema(core.list_schema(more)))

    def read(self, data: bytes) -> dict[str, Any]:
        """All fields of a record that was kept as JSON: those that hold nothing are None, or have no entries."""
        read: dict[str, Any] = self._reader.validate_json(data)
        return read

    def nested(self, data: dict[str, Any]) -> bytes:
        """JSON of a list in a list with the fields that hold something, and with what was put beside them."""
        return self._writer.to_json([[data]], indent=1, exclude_none=True)


def _unchecked(schema: Any) -> core.CoreSchema:
    """A schema of pydantic's with nothing that checks a value or makes more than plain data of it."""
    match schema["type"]:
        case "model":
            return _unchecked(schema["schema"])
        case "model-fields":
            fields = {
                name: core.typed_dict_field(_unchecked(field["schema"]))
                for name, field in schema["fields"].items()
            }
            return core.typed_dict_schema(fields)
        case "default":
            return core.with_default_schema(_unchecked(schema["schema"]), default=schema["default"])
        case "nullable":
            return core.nullable_schema(_unchecked(schema["schema"]))
        case "tuple":
            return core.tuple_schema([_unchecked(schema["items_schema"][0])], variadic_item_index=0)
        case "str" if schema.get("strip_whitespace"):
            return core.str_schema(strip_whitespace=True)
        case "float":
            return core.float_schema()
    return core.any_schema()
