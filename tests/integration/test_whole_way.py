"""The whole way by the user's own commands: files in a folder, one command, SQL on the served file."""

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, BrokenRun, Warehouse

FACTS = """
    SELECT 'meeting', meeting_id, start_date::VARCHAR, parties::VARCHAR, status FROM fct_meetings
    UNION ALL SELECT 'commitment', commitment_id, content, speakers::VARCHAR, kind FROM fct_commitments
    UNION ALL SELECT 'demand', demand_id, content, speakers::VARCHAR, addressees::VARCHAR FROM fct_demands
    ORDER BY ALL
"""


def test_the_run_says_what_was_found_and_how_to_query_it(
    sample_run: tuple[Warehouse, subprocess.CompletedProcess[str]],
) -> None:
    warehouse, done = sample_run
    meetings = warehouse.query("SELECT count(*) FROM fct_meetings")[0][0]
    assert f"{meetings:,} meetings" in done.stdout
    assert "communique.duckdb" in done.stdout
    assert "SELECT" in done.stdout


def test_the_query_that_the_summary_offers_works_in_the_duckdb_shell(
    sample_run: tuple[Warehouse, subprocess.CompletedProcess[str]],
) -> None:
    warehouse, done = sample_run
    line = next(line for line in done.stdout.splitlines() if "SELECT start_date" in line)
    query = line.split('"')[1]
    shell = subprocess.run(
        [str(ROOT / ".venv/bin/duckdb"), "-readonly", "-json", str(warehouse.served), query],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(shell.stdout)) == 5


def test_the_result_that_the_readme_shows_is_true(sample_warehouse: Warehouse) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    query = readme.split("```sql\n", 1)[1].split("```", 1)[0]
    lines = readme.split(query, 1)[1].split("\n\n", 2)[1].splitlines()[2:]
    shown = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert [tuple(map(str, row)) for row in sample_warehouse.query(query)] == shown


def test_a_second_run_finds_nothing_to_do(sample_warehouse: Warehouse) -> None:
    before = sample_warehouse.served.stat().st_mtime_ns
    again = sample_warehouse.run()
    assert again.returncode == 0
    assert "Nothing to do" in again.stdout
    assert sample_warehouse.served.stat().st_mtime_ns == before


def test_two_meetings_of_one_day_in_one_city_stay_two(sample_warehouse: Warehouse) -> None:
    rows = sample_warehouse.query(
        "SELECT ordinal, n_parties, n_articles FROM fct_meetings"
        " WHERE place = 'Samarkand' AND start_date BETWEEN '2023-04-13' AND '2023-04-14' ORDER BY ordinal"
    )
    assert [(ordinal, parties) for ordinal, parties, _ in rows] == [(2, 4), (4, 7)]


def test_two_reports_of_one_meeting_become_one_row_with_both_as_sources(sample_warehouse: Warehouse) -> None:
    rows = sample_warehouse.query(
        "SELECT n_articles, n_sources FROM fct_meetings"
        " WHERE ordinal = 2 AND list_sort(parties) = ['CHN', 'IRN', 'PAK', 'RUS']"
    )
    assert rows == [(2, 2)]


def test_earlier_round_and_later_round_share_a_series(sample_warehouse: Warehouse) -> None:
    rows = sample_warehouse.query(
        "SELECT ordinal, strftime(start_date, '%Y-%m') FROM fct_meetings WHERE series_id IN"
        " (SELECT series_id FROM fct_meetings WHERE ordinal = 2 AND list_sort(parties) = ['CHN', 'IRN', 'PAK', 'RUS'])"
        " ORDER BY ordinal"
    )
    assert rows == [(1, "2021-09"), (2, "2023-04")]


def test_an_item_with_no_meeting_gives_no_fact(sample_warehouse: Warehouse) -> None:
    rows = sample_warehouse.query(
        "SELECT fact_type FROM fct_mentions JOIN dim_articles USING (article_id)"
        " WHERE headline IN ('Cotton prices edge up', 'Home side win the cup') OR address LIKE '%flood_no_meeting%'"
    )
    assert rows == []


def test_every_fact_points_at_the_characters_that_state_it(sample_warehouse: Warehouse) -> None:
    facts = sample_warehouse.query("SELECT count(*) FROM fct_mentions")[0][0]
    assert facts > 30
    wrong = sample_warehouse.query(
        "SELECT mention_text FROM fct_mentions JOIN dim_articles AS a USING (article_id)"
        " WHERE a.text[char_start + 1 : char_end] IS DISTINCT FROM mention_text"
    )
    assert wrong == []


def test_a_postponed_visit_is_called_off(sample_warehouse: Warehouse) -> None:
    rows = sample_warehouse.query(
        "SELECT DISTINCT status FROM fct_meetings AS m JOIN fct_mentions ON fact_id = meeting_id"
        " JOIN dim_articles USING (article_id) WHERE address LIKE '%blinken_trip_postponed%' AND m.kind = 'visit'"
    )
    assert rows == [("called_off",)]


@pytest.fixture(scope="module")
def many_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough articles, variations of the samples, that a run can be killed in the middle of its work."""
    raw = tmp_path_factory.mktemp("many")
    samples = sorted((ROOT / "raw" / "samples").glob("*.md"))
    day = dt.date(2022, 1, 3)
    with (raw / "many.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(240):
            text = samples[1 + number % (len(samples) - 1)].read_text(encoding="utf-8").split("---\n")[-1]
            published = (day + dt.timedelta(days=number)).isoformat()
            record = {"id": f"n{number}", "published": published, "publisher": f"Paper {number % 7}", "text": text}
            lines.write(json.dumps(record) + "\n")
    return raw


@pytest.fixture(scope="module")
def undisturbed(many_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple]:
    warehouse = Warehouse(many_articles, tmp_path_factory.mktemp("undisturbed"))
    done = warehouse.run(COMMUNIQUE_ARTICLES_PER_BATCH="40")
    assert done.returncode == 0, done.stdout + done.stderr
    return warehouse.query(FACTS)


def kill_when(warehouse: Warehouse, sign: str) -> None:
    """Start a run and kill -9 it as soon as its progress says `sign`."""
    process = subprocess.Popen(
        warehouse.command("run"),
        env=warehouse.environment(COMMUNIQUE_ARTICLES_PER_BATCH="40"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if sign in line:
            process.kill()
            break
    process.wait()
    assert process.returncode == -9, f"the run ended before it said {sign!r}"


@pytest.mark.slow
def test_a_run_killed_while_parsing_and_again_while_building_is_finished_by_the_next(
    many_articles: Path, undisturbed: list[tuple], tmp_path: Path
) -> None:
    warehouse = Warehouse(many_articles, tmp_path)
    kill_when(warehouse, "articles parsed: 80")
    assert not warehouse.served.exists()
    kill_when(warehouse, "tables built and tested")
    assert not warehouse.served.exists()
    done = warehouse.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert warehouse.query(FACTS) == undisturbed


@pytest.mark.slow
def test_a_reader_keeps_its_snapshot_while_a_run_replaces_the_file(sample_warehouse: Warehouse, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(sample_warehouse.raw, raw)
    shutil.copytree(sample_warehouse.folder, tmp_path / "warehouse")
    warehouse = Warehouse(raw, tmp_path / "warehouse")
    count = "SELECT count(*) FROM dim_articles"
    with duckdb.connect(str(warehouse.served), read_only=True) as reader:
        before = reader.execute(count).fetchall()
        (raw / "news.txt").write_text(
            "OSLO, May 3 (Fjord News) - The foreign ministers of Norway and Sweden met in Oslo on Wednesday.\n",
            encoding="utf-8",
        )
        done = warehouse.run()
        assert done.returncode == 0, done.stdout + done.stderr
        assert reader.execute(count).fetchall() == before
    assert warehouse.query(count)[0][0] == before[0][0] + 1


@pytest.mark.slow
def test_a_failed_check_leaves_the_served_file_and_says_why(broken_run: BrokenRun) -> None:
    done = broken_run.done
    assert done.returncode == 1
    assert "Check 'contract' of meeting_mentions failed: 1 rows break it" in done.stdout
    assert "left as it was" in done.stdout
    assert broken_run.served_is_untouched
