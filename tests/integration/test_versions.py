"""An article that changes: the new text counts, the old one is kept and marked; a rebuild gives the same facts."""

from pathlib import Path

import pytest

from tests.conftest import Warehouse

FIRST = """---
title: Ministers meet
publisher: Fjord News
date: 2023-05-03
url: https://fjord.example/ministers
---
The foreign ministers of Norway and Sweden met in Oslo on Wednesday.
"""
SECOND = FIRST.replace("Norway and Sweden met in Oslo", "Norway and Finland met in Bergen")
MEETINGS = "SELECT list_sort(parties), place, start_date::VARCHAR FROM fct_meetings"


@pytest.mark.slow
def test_facts_of_a_replaced_version_are_retired_and_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    warehouse = Warehouse(raw, tmp_path / "warehouse")
    (raw / "ministers.md").write_text(FIRST, encoding="utf-8")
    done = warehouse.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert warehouse.query(MEETINGS) == [(["NOR", "SWE"], "Oslo", "2023-05-03")]

    (raw / "ministers.md").write_text(SECOND, encoding="utf-8")
    done = warehouse.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert warehouse.query(MEETINGS) == [(["FIN", "NOR"], "Bergen", "2023-05-03")]
    versions = "SELECT version_no, is_current FROM dim_articles ORDER BY version_no"
    assert warehouse.query(versions) == [(1, False), (2, True)]

    everything = "SELECT * EXCLUDE (first_seen_at) FROM fct_meetings"
    before = warehouse.query(everything)
    (raw / "ministers.md").unlink()
    done = warehouse.run("rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    assert warehouse.query(everything) == before
    assert warehouse.query(versions) == [(1, False), (2, True)]
