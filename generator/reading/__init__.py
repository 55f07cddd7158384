"""Read: bytes to plain data, with positions. Knows nothing of records or HTML."""
