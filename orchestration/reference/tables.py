"""The reference tables: CSV files in `data/`, read once a process.

Belongs here: finding and reading a table by name. Does not belong here: what a table's words mean to the parser
(`orchestration.parse`), and where a table comes from (`data/README.md`).
"""

from __future__ import annotations

import csv
from functools import cache

from orchestration.settings import Settings

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """All rows of `<name>.csv` with every cell stripped. Raises FileNotFoundError where there is no such table."""
    source = Settings().reference_dir / f"{name}.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple({key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(lines))


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, split at `|`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
