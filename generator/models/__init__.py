"""Check, first half: what one record may hold. The models are the only definition of a record."""
