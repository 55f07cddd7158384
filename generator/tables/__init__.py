"""
Case studies as tables: a workbook or a CSV file as a program office keeps it, in and out.

One row is a case study. What repeats (organizations, outcomes, sources) stands in sheets of its own, one
row each, joined by the case study's id or title; or, as in a CSV file, in numbered columns
(``Source 1 title``). Which columns there are follows from the JSON Schema, and so from the models.
"""
