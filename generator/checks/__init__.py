"""Check, second half: rules that need more than one field, or more than one record."""
