"""The tables page, the dbt descriptions and the Pandera contracts tell of the same tables."""

import pytest
import yaml

from orchestration.contracts.marts import MARTS
from orchestration.settings import PROJECT_ROOT
from orchestration.tables_page import PAGE, page, tables

DBT_PROJECT = PROJECT_ROOT / "dbt_project"


def test_the_committed_page_of_tables_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(DBT_PROJECT), "run: make docs"


def test_every_mart_is_on_the_page_with_all_its_columns() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for sql in (DBT_PROJECT / "models" / "marts").glob("*.sql"):
        assert f"### {sql.stem}\n" in text


@pytest.mark.parametrize("mart", MARTS)
def test_contract_and_dbt_declare_the_same_columns_in_one_order(mart: str) -> None:
    declared = next(table for table in tables(DBT_PROJECT) if table["name"] == mart)
    assert [column["name"] for column in declared["columns"]] == list(MARTS[mart].to_schema().columns)


@pytest.mark.parametrize("folder", ["staging", "intermediate", "marts"])
def test_every_model_says_what_one_row_is(folder: str) -> None:
    described = {}
    for path in (DBT_PROJECT / "models" / folder).glob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            described[model["name"]] = model["description"]
    files = [*(DBT_PROJECT / "models" / folder).glob("*.sql"), *(DBT_PROJECT / "models" / folder).glob("*.py")]
    assert sorted(described) == sorted(file.stem for file in files)
    assert [name for name, text in described.items() if not text.startswith("One row per ")] == []


def test_marts_read_intermediate_models_and_seeds_never_the_batches() -> None:
    for sql in (DBT_PROJECT / "models" / "marts").glob("*.sql"):
        assert "source(" not in sql.read_text(encoding="utf-8"), sql.name
