"""A domain expert corrects one line of a table and reads again: no Python."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import COMMAND, ROOT

TABLES = ROOT / "orchestration" / "reference" / "data"
SENTENCE = "Foreign Minister Ann Lee of Japan said on Tuesday that Japan frowned on the sale of arms by China.\n"


def statements(article: Path, tables: Path) -> list[dict]:
    done = subprocess.run(
        [str(COMMAND), "extract", str(article)],
        env=os.environ | {"COMMUNIQUE_REFERENCE_DIR": str(tables)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)["statements"]


def test_one_more_verb_in_the_table_is_one_more_statement_found(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(SENTENCE, encoding="utf-8")
    assert statements(article, TABLES) == []
    tables = tmp_path / "tables"
    shutil.copytree(TABLES, tables)
    with (tables / "statement_verbs.csv").open("a", encoding="utf-8") as lines:
        lines.write("frown,on obj ing,commitment,opposition,REJECT\n")
    found = statements(article, tables)
    assert [(one["class"], one["kind"], one["speakers"]) for one in found] == [("commitment", "opposition", ["JPN"])]
