"""What the tests share: one run of the whole way on the sample articles, and where the reference texts may be."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.store.batches import BatchStore

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=1">=HYPERLINK("x")'
COMMAND = Path(sys.executable).with_name("communique")


@dataclass(frozen=True)
class Warehouse:
    """A warehouse in a temporary folder, driven as a user drives it: by the command."""

    raw: Path
    folder: Path

    @property
    def served(self) -> Path:
        return self.folder / "communique.duckdb"

    def command(self, *words: str) -> list[str]:
        return [str(COMMAND), *words, "--raw", str(self.raw), "--warehouse", str(self.folder)]

    def environment(self, **extra: str) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "DAGSTER_"))}
        return clean | extra

    def run(self, word: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(word),
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.served), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, subprocess.CompletedProcess[str]]:
    """The pipeline, run once on the sample articles of the repository."""
    warehouse = Warehouse(ROOT / "raw", tmp_path_factory.mktemp("samples"))
    done = warehouse.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return warehouse, done


@pytest.fixture(scope="session")
def sample_warehouse(sample_run: tuple[Warehouse, subprocess.CompletedProcess[str]]) -> Warehouse:
    return sample_run[0]


@dataclass(frozen=True)
class BrokenRun:
    """A run that failed a check, and whether the served file was as before when it ended."""

    warehouse: Warehouse
    done: subprocess.CompletedProcess[str]
    served_is_untouched: bool


@pytest.fixture(scope="session")
def broken_run(sample_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> BrokenRun:
    """A run that fails: a batch points past the end of its article, as a buggy parser might write it.

    It also takes in an article whose headline tries to run a script in whatever shows it.
    """
    folder = tmp_path_factory.mktemp("broken") / "warehouse"
    shutil.copytree(sample_warehouse.folder, folder)
    raw = folder.with_name("raw")
    shutil.copytree(sample_warehouse.raw, raw, copy_function=shutil.copy2)
    (raw / "hostile.md").write_text(f"---\ntitle: '{HOSTILE}'\n---\nThe ministers met in Oslo.\n", encoding="utf-8")
    warehouse = Warehouse(raw, folder)
    store = BatchStore(folder / "stages")
    parsed = store.scan("mentions", "parsed_articles").collect()
    one = store.scan("mentions", "meeting_mentions").collect().head(1)
    store.append(
        "mentions",
        {
            "parsed_articles": parsed.filter(pl.col("article_id") == one["article_id"][0]),
            "meeting_mentions": one.with_columns(
                char_start=pl.lit(999_990, pl.Int64), char_end=pl.lit(999_999, pl.Int64)
            ),
        },
    )
    before = warehouse.served.read_bytes()
    done = warehouse.run()
    return BrokenRun(warehouse, done, warehouse.served.read_bytes() == before)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference texts that are kept beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the reference texts are not beside the repository (../shared)")
    return SHARED
