"""The library in forms that other programs read: JSON Schema, CSV, JSON, a workbook."""
