"""One agency report alone in a folder: everything that a scholar would ask of it, in SQL on the served file."""

import json
from pathlib import Path

import pytest

from tests.conftest import Warehouse

pytestmark = pytest.mark.shared
SECOND_MEETING = "(SELECT meeting_id FROM fct_meetings WHERE ordinal = 2)"


@pytest.fixture(scope="module")
def report(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    with (shared / "gold" / "articles_dev.jsonl").open(encoding="utf-8") as lines:
        article = next(record for record in map(json.loads, lines) if record["id"] == "s000")
    raw = tmp_path_factory.mktemp("one")
    record = {name: article[name] for name in ("id", "publisher", "published", "text")}
    (raw / "report.jsonl").write_text(json.dumps(record), encoding="utf-8")
    warehouse = Warehouse(raw, tmp_path_factory.mktemp("one_warehouse"))
    done = warehouse.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return warehouse


def test_the_meeting(report: Warehouse) -> None:
    rows = report.query(
        "SELECT format, status, place, country_code, ordinal, list_sort(parties) FROM fct_meetings"
        " WHERE NOT is_background_only"
    )
    assert rows == [("multilateral", "held", "Samarkand", "UZB", 2, ["CHN", "IRN", "PAK", "RUS"])]


def test_who_took_part_with_office_and_who_chaired(report: Warehouse) -> None:
    rows = report.query(
        "SELECT party_id, person_name, role, part FROM bridge_meeting_participants"
        f" WHERE meeting_id = {SECOND_MEETING} ORDER BY party_id"
    )
    by_party = {party: (name, role, part) for party, name, role, part in rows}
    assert sorted(by_party) == ["CHN", "IRN", "PAK", "RUS"]
    assert by_party["CHN"] == ("Qin Gang", "State Councilor and Foreign Minister", "chair")
    assert by_party["RUS"][0] == "Sergei Lavrov"
    assert by_party["IRN"][0].endswith("Abdollahian")
    assert by_party["PAK"][0] == "Hina"
    assert all("Minister" in role for _, role, _ in by_party.values())


def test_the_contradiction_of_dateline_and_body_is_flagged_and_the_body_wins(report: Warehouse) -> None:
    rows = report.query(
        "SELECT start_date::VARCHAR, has_date_conflict, date_conflict FROM fct_meetings WHERE ordinal = 2"
    )
    (date, flagged, words) = rows[0]
    assert (date, flagged) == ("2023-04-14", True)
    assert "4 Apr" in words or "2023-04-04" in words


def test_the_earlier_round_is_in_the_same_series(report: Warehouse) -> None:
    rows = report.query("SELECT ordinal, start_date_text, series_id FROM fct_meetings ORDER BY ordinal")
    assert [(ordinal, date) for ordinal, date, _ in rows] == [(1, "2021-09"), (2, "2023-04-14")]
    assert rows[0][2] is not None
    assert rows[0][2] == rows[1][2]


def test_the_six_outcomes_in_order_with_who_asks_whom(report: Warehouse) -> None:
    rows = report.query(
        f"""
        SELECT outcome_no, 'commitment' AS class, kind, list_sort(speakers), addressees, content
        FROM fct_commitments WHERE outcome_no IS NOT NULL AND meeting_id = {SECOND_MEETING}
        UNION ALL
        SELECT outcome_no, 'demand', NULL, list_sort(speakers), addressees, content
        FROM fct_demands WHERE outcome_no IS NOT NULL AND meeting_id = {SECOND_MEETING}
        ORDER BY outcome_no, content
        """
    )
    assert list(dict.fromkeys((number, what) for number, what, *_ in rows)) == [
        (1, "commitment"),
        (2, "demand"),
        (3, "demand"),
        (4, "demand"),
        (5, "demand"),
        (6, "commitment"),
    ]
    assert all(speakers == ["CHN", "IRN", "PAK", "RUS"] for _, _, _, speakers, _, _ in rows)
    to_whom = {number: addressees for number, _, _, _, addressees, _ in rows}
    assert "Taliban" in to_whom[2]
    assert "Taliban" in to_whom[3]
    assert "USA" in to_whom[4]
    assert "the international community" in to_whom[5]


def test_every_fact_cuts_its_words_out_of_the_article(report: Warehouse) -> None:
    rows = report.query(
        "SELECT mention_text, text[char_start + 1 : char_end] FROM fct_mentions JOIN dim_articles USING (article_id)"
    )
    assert len(rows) >= 15
    assert all(words == cut for words, cut in rows)
