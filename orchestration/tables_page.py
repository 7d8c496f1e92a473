"""`docs/tables.md`: the tables that users read, written from the descriptions in dbt.

Run `python -m orchestration.tables_page` after changing a description. Belongs here: the page's form. Does not belong
here: any description (`dbt_project/models/marts`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from orchestration.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "tables.md"

SECTIONS = (
    ("fct_", "Facts"),
    ("bridge_", "Who and what belongs to a fact"),
    ("dim_", "What facts speak of"),
    ("", "For other programs"),
)
"""Prefix of the table names and heading of each section, in the order of the page; the last one takes the rest."""

INTRODUCTION = """# The tables

What `warehouse/communique.duckdb` holds. This page is made from the descriptions in dbt by `make docs`; what each table
is made of is in the dbt documentation site that the same command writes.

Keys are `<thing>_id`, lists are DuckDB lists (`list_contains(parties, 'CHN')`, `unnest(parties)`), times are UTC. A day
that is not known exactly has a `_text` beside it with as much as was told (`2021-09`). Spans count Unicode code points
from 0, the end not included: `text[char_start + 1 : char_end]` cuts the words out of `dim_articles.text`.
"""


def tables(project: Path) -> list[dict[str, Any]]:
    """The models that dbt declares for users, as their YAML describes them, sorted by name."""
    found: list[dict[str, Any]] = []
    for path in sorted((project / "models" / "marts").glob("*.yml")):
        found.extend(yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []))
    return sorted(found, key=lambda table: str(table["name"]))


def page(project: Path) -> str:
    """The whole page in Markdown."""
    parts = [INTRODUCTION]
    remaining = tables(project)
    for prefix, heading in SECTIONS:
        chosen = [table for table in remaining if str(table["name"]).startswith(prefix)]
        remaining = [table for table in remaining if table not in chosen]
        parts.append(f"## {heading}\n")
        parts.extend(_table(table) for table in chosen)
    return "\n".join(parts)


def _table(table: dict[str, Any]) -> str:
    lines = [f"### {table['name']}", "", table["description"], "", "| column | type | what it is |", "|---|---|---|"]
    for column in table["columns"]:
        description = " ".join(column["description"].split()).replace("|", "\\|") + _target(column)
        lines.append(f"| `{column['name']}` | {column['data_type']} | {description} |")
    return "\n".join(lines) + "\n"


def _target(column: dict[str, Any]) -> str:
    for test in column.get("data_tests", []):
        if isinstance(test, dict) and "relationships" in test:
            points_at = test["relationships"]["arguments"]
            table = points_at["to"].removeprefix("ref('").removesuffix("')")
            return f" → `{table}.{points_at['field']}`"
    return ""


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(PROJECT_ROOT / "dbt_project"), encoding="utf-8")


if __name__ == "__main__":
    main()
