"""Frames as small Markdown tables that are safe to show: nothing in an article is rendered, run or linked.

Does not belong here: which rows to show.
"""

import html

import polars as pl

WIDEST_CELL = 120


def markdown_table(frame: pl.DataFrame, rows: int) -> str:
    """The first rows of a frame as a Markdown table of plain text; long cells are cut, bytes are counted."""
    if frame.is_empty():
        return "No rows."
    head = frame.head(rows)
    lines = ["| " + " | ".join(_cell(name) for name in head.columns) + " |", "|" + " --- |" * head.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in head.iter_rows()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    text = "" if value is None else str(value)
    text = " ".join(text[: WIDEST_CELL + 1].split())
    if len(text) > WIDEST_CELL:
        text = text[: WIDEST_CELL - 1] + "…"
    escaped = html.escape(text, quote=True)
    # Every character that Markdown gives a meaning becomes its number, so that it is shown as it stands.
    return "".join(f"&#{ord(c)};" if c in "|*_`[]()!\\~#:" else c for c in escaped.replace("&#x27;", "'"))
