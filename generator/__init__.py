"""Rewire's generator: structured case studies and policy notes in, a searchable static site out."""
