"""
One way to write a record, whoever wrote it: `kb fmt`.

The rules, which the form in the browser follows too:

- Fields stand in the order of the model, `schema_version` first; a field that the model does not
  know keeps its place behind them. Groups and lists are indented by two spaces.
- A text stands on the line of its field where that has room (`WIDTH` columns). Otherwise, and
  where it has several paragraphs, it follows ``>-``, wrapped between single spaces, with a blank
  line between paragraphs. A text with other line breaks (a Markdown list, a table) follows ``|-`` with
  its lines as they are.
- Quotes stand only where YAML needs them: single ones, or double ones around an apostrophe.
- A list that is not prose stands in brackets, a group of the models in `ONE_LINE` in braces, where
  either has room on the line and no comment inside. Other lists have one entry a line.
- Comments stay with the field or entry that they stand above or beside; one blank line above it stays too.
"""
