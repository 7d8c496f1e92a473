"""From mentions to facts by a real dbt run: which mentions become one meeting, person or statement, and which stay two.

The articles are made up around real meetings; every expectation is what a reader of the tables would expect.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.contracts.marts import MARTS, broken_references
from orchestration.contracts.validation import failures
from tests.warehouse import Article, Meeting, Statement, Warehouse, dbt, write_batch

FOUR = ["CHN", "RUS", "PAK", "IRN"]
SEVEN = [*FOUR, "UZB", "TJK", "TKM"]
MINISTER = "Foreign Minister"
FACTS = [
    "fct_meetings",
    "bridge_meeting_participants",
    "fct_commitments",
    "fct_demands",
    "bridge_statement_parties",
    "dim_people",
    "dim_offices",
    "dim_meeting_series",
    "dim_places",
    "dim_articles",
    "fct_mentions",
    "event_data",
    "bridge_fact_topics",
]

DEMAND = "the United States should lift its unilateral sanctions against Afghanistan at once"
PLEDGE = "China is ready to extend the economic corridor towards Afghanistan"

WIRE = Article(
    "wire/1",
    "2023-04-14",
    "The ministers of four countries met again in Samarkand on Friday. Their first round had been in September 2021. "
    f"They said that {DEMAND}. {PLEDGE}.",
    [
        Meeting(
            [
                ("Qin Gang", "State Councilor and Foreign Minister", "CHN"),
                ("Sergei Lavrov", MINISTER, "RUS"),
                ("Abdollahian", MINISTER, "IRN"),
                ("Hina", "Minister of State for Foreign Affairs", "PAK"),
            ],
            "2023-04-14",
            "The ministers of four countries met again in Samarkand on Friday.",
            name="second informal meeting of the foreign ministers of China, Russia, Pakistan and Iran on Afghanistan",
            ordinal=2,
            place="Samarkand",
            country="UZB",
            chair="Qin Gang",
        ),
        Meeting(
            FOUR,
            "2021-09",
            "Their first round had been in September 2021.",
            name="first informal meeting of the foreign ministers of the four countries on the Afghan issue",
            ordinal=1,
            background=True,
        ),
    ],
    [
        Statement(DEMAND, FOUR, None, ["USA", "its allies"], meeting=1, outcome_no=4),
        Statement(PLEDGE, ["CHN"], "pledge", ["AFG"], speaker_name="Qin Gang", meeting=1, deadline="2030"),
    ],
    publisher="Wire",
    date_conflict="the dateline says 4 April, the body 14 April",
)
DAILY = Article(
    "daily/1",
    "2023-04-14",
    "On Thursday Beijing's minister chaired talks with three colleagues in the old city. According to the statement "
    f"{DEMAND}. Before that seven neighbours of Afghanistan had held their own conference in the city.",
    [
        Meeting(
            [
                ("Qin Gang", MINISTER, "CHN"),
                ("Sergey Lavrov", MINISTER, "RUS"),
                ("Hossein Amir-Abdollahian", MINISTER, "IRN"),
                ("Hina Rabbani Khar", "Minister of State", "PAK"),
            ],
            "2023-04-13",
            "On Thursday Beijing's minister chaired talks with three colleagues in the old city.",
            place="Samarkand",
            country="UZB",
        ),
        Meeting(
            SEVEN,
            "2023-04-13",
            "Before that seven neighbours of Afghanistan had held their own conference in the city.",
            name="fourth meeting of the foreign ministers of Afghanistan's neighbouring countries",
            place="Samarkand",
            country="UZB",
        ),
    ],
    [Statement(DEMAND, FOUR, None, ["USA"], meeting=1)],
    publisher="Daily",
)
RELEASE = Article(
    "release/1",
    "2023-04-15",
    "The fourth meeting of the neighbours of Afghanistan took place in Samarkand on 13 April, "
    "the host in the chair. Seven ministers signed its declaration.",
    [
        Meeting(
            [("Bakhtiyor Saidov", "acting foreign minister", "UZB"), *[p for p in SEVEN if p != "UZB"]],
            "2023-04-13",
            name="fourth meeting of foreign ministers of neighbouring countries of Afghanistan",
            ordinal=4,
            place="Samarkand",
            country="UZB",
        )
    ],
    publisher="Ministry",
)
FIRST_ROUND = Article(
    "release/0",
    "2021-09-17",
    "On 16 September four ministers dealing with Afghanistan sat down together in Dushanbe for the first time.",
    [Meeting(FOUR, "2021-09-16", place="Dushanbe", country="TJK")],
    publisher="Ministry",
)
BILATERAL = Article(
    "wire/2",
    "2023-04-13",
    "In Samarkand Qin and Lavrov spoke bilaterally on Thursday about trade and about the coming visit.",
    [
        Meeting(
            [("Qin Gang", MINISTER, "CHN"), ("Sergei Lavrov", MINISTER, "RUS")],
            "2023-04-13",
            place="Samarkand",
            country="UZB",
        )
    ],
    publisher="Wire",
)
REPRINT = replace(WIRE, address="other/9", text=WIRE.text, publisher="Other Paper", published="2023-04-15")
ARTICLES = [WIRE, DAILY, RELEASE, FIRST_ROUND, BILATERAL, REPRINT]


@pytest.fixture(scope="module")
def samarkand(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return Warehouse(tmp_path_factory.mktemp("samarkand")).build(ARTICLES, tested=True)


def one(rows: Sequence[dict]) -> dict:
    assert len(rows) == 1, rows
    return rows[0]


def test_two_meetings_of_one_day_in_one_city_stay_two(samarkand: Warehouse) -> None:
    rows = samarkand.rows(
        "select ordinal, n_parties, n_articles from fct_meetings"
        " where place = 'Samarkand' and format = 'multilateral' order by ordinal"
    )
    assert [(row["ordinal"], row["n_parties"], row["n_articles"]) for row in rows] == [(2, 4, 3), (4, 7, 2)]


def test_the_bilateral_beside_a_conference_is_a_meeting_of_its_own(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("from fct_meetings where format = 'bilateral'"))
    assert row["parties"] == ["CHN", "RUS"]
    assert row["n_articles"] == 1


def test_the_date_is_the_best_supported_one_and_the_conflict_is_kept(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("from fct_meetings where ordinal = 2"))
    assert row["has_date_conflict"]
    assert "2023-04-13" in row["date_conflict"]
    assert "2023-04-14" in row["date_conflict"]
    assert "dateline says 4 April" in row["date_conflict"]


def test_a_reprint_is_an_article_more_but_no_source_more(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("select n_articles, n_sources from fct_meetings where ordinal = 2"))
    assert row == {"n_articles": 3, "n_sources": 2}


def test_a_passing_mention_of_a_month_joins_the_report_of_the_day(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("from fct_meetings where ordinal = 1"))
    assert str(row["start_date"]) == "2021-09-16"
    assert row["place"] == "Dushanbe"
    assert not row["is_background_only"]
    assert not row["has_date_conflict"]


def test_rounds_share_a_series_that_the_other_conference_is_not_in(samarkand: Warehouse) -> None:
    rows = samarkand.rows("select ordinal, series_id from fct_meetings where format = 'multilateral' order by ordinal")
    first, second, fourth = [row["series_id"] for row in rows]
    assert first == second != fourth
    series = one(samarkand.rows(f"from dim_meeting_series where series_id = '{first}'"))
    assert series["n_meetings"] == 2
    assert series["last_ordinal"] == 2
    assert series["series_name"].startswith("informal meeting of the foreign ministers")


def test_people_keep_one_row_across_spellings_and_short_forms(samarkand: Warehouse) -> None:
    rows = samarkand.rows(
        "select party_id, person_name, role, part from bridge_meeting_participants"
        " join fct_meetings using (meeting_id) where ordinal = 2 order by party_id"
    )
    assert [(row["party_id"], row["person_name"], row["part"]) for row in rows] == [
        ("CHN", "Qin Gang", "chair"),
        ("IRN", "Hossein Amir-Abdollahian", "attendee"),
        ("PAK", "Hina Rabbani Khar", "attendee"),
        ("RUS", "Sergei Lavrov", "attendee"),
    ]
    lavrov = one(samarkand.rows("from dim_people where party_id = 'RUS'"))
    assert lavrov["name_variants"] == ["Sergei Lavrov", "Sergey Lavrov"]


def test_an_unnamed_party_is_a_participant_beside_named_people(samarkand: Warehouse) -> None:
    rows = samarkand.rows(
        "select party_id, person_name from bridge_meeting_participants"
        " join fct_meetings using (meeting_id) where ordinal = 4 order by party_id"
    )
    assert [row["party_id"] for row in rows] == sorted(SEVEN)
    assert [row["person_name"] for row in rows if row["person_name"]] == ["Bakhtiyor Saidov"]


def test_one_demand_told_by_two_sources_is_one_fact(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("from fct_demands"))
    assert row["speakers"] == sorted(FOUR)
    assert row["n_articles"] == 3
    assert row["n_sources"] == 2
    assert row["outcome_no"] == 4
    assert row["what"] == "lift its unilateral sanctions against Afghanistan at once"
    assert row["plover_code"] == "REQUEST"
    meeting = one(samarkand.rows("select meeting_id from fct_meetings where ordinal = 2"))
    assert row["meeting_id"] == meeting["meeting_id"]


def test_a_pledge_knows_its_speaker_and_deadline(samarkand: Warehouse) -> None:
    row = one(samarkand.rows("from fct_commitments"))
    assert (row["kind"], row["deadline_text"], str(row["deadline_date"])) == ("pledge", "2030", "2030-12-31")
    speaker = one(samarkand.rows(f"from dim_people where person_id = '{row['speaker_id']}'"))
    assert speaker["person_name"] == "Qin Gang"


def test_every_mention_cuts_its_words_out_of_the_article(samarkand: Warehouse) -> None:
    rows = samarkand.rows(
        "select text[char_start + 1 : char_end] = mention_text as stands"
        " from fct_mentions join dim_articles using (article_id)"
    )
    assert len(rows) > 10
    assert all(row["stands"] for row in rows)


def test_events_name_both_directions_of_a_meeting_and_the_target_of_a_demand(samarkand: Warehouse) -> None:
    rows = samarkand.rows(
        "select source_party_id as source, target_party_id as target, plover_code as code from event_data"
        " where fact_type = 'demand' and source_party_id = 'CHN'"
    )
    assert sorted((row["source"], row["target"], row["code"]) for row in rows) == [
        ("CHN", "USA", "REQUEST"),
        ("CHN", "its allies", "REQUEST"),
    ]
    both = samarkand.rows(
        "select source_party_id from event_data join fct_meetings on fact_id = meeting_id"
        " where format = 'bilateral' order by 1"
    )
    assert [row["source_party_id"] for row in both] == ["CHN", "RUS"]


def test_an_actor_outside_the_tables_of_names_is_a_party_by_its_text(samarkand: Warehouse) -> None:
    assert one(samarkand.rows("from dim_parties where party_id = 'its allies'"))["party_type"] == "text"
    assert one(samarkand.rows("from dim_parties where party_id = 'UZB'"))["party_name"] == "Uzbekistan"


def test_topics_of_a_fact_come_from_its_words(samarkand: Warehouse) -> None:
    rows = samarkand.rows("select topic_id from bridge_fact_topics where fact_type = 'demand'")
    assert "sanctions" in {row["topic_id"] for row in rows}


def test_marts_keep_their_contracts(samarkand: Warehouse) -> None:
    with duckdb.connect(str(samarkand.database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for mart, model in MARTS.items():
            frame = connection.execute(f"from marts.{mart}").pl()
            # No feed is polled for these articles, and none of them is set aside.
            assert frame.height > 0 or mart in ("dim_feeds", "quarantine"), mart
            assert failures(model, frame).is_empty(), mart
            assert broken_references(connection, mart).is_empty(), mart


def test_a_row_that_points_nowhere_is_told(samarkand: Warehouse, tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(samarkand.database.read_bytes())
    with duckdb.connect(str(broken)) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("update marts.fct_mentions set char_start = char_start + 1")
        connection.execute("update marts.bridge_meeting_participants set party_id = 'XXX' where party_id = 'UZB'")
        connection.execute("update marts.fct_meetings set n_sources = 9, status = 'maybe' where ordinal = 4")
        mentions = connection.execute("select count(*) from marts.fct_mentions").fetchall()[0][0]
        told = broken_references(connection, "fct_mentions")
        assert told.height == mentions
        assert "cuts mention_text out of the article" in told["rule"][0]
        assert broken_references(connection, "bridge_meeting_participants")["value"].to_list() == ["XXX"]
        rules = failures(MARTS["fct_meetings"], connection.execute("from marts.fct_meetings").pl())
        assert "maybe" in rules["value"].to_list()
        assert any("status" in rule for rule in rules["rule"])
        assert any("sources_are_articles" in rule for rule in rules["rule"])


def test_facts_do_not_depend_on_order_or_batches(samarkand: Warehouse, tmp_path: Path) -> None:
    expected = samarkand.facts(*FACTS)
    for seed in (1, 2):
        shuffled = ARTICLES[:]
        random.Random(seed).shuffle(shuffled)
        cut = 1 + seed
        again = Warehouse(tmp_path / str(seed)).build(shuffled[:cut], shuffled[cut:], shuffled[:cut])
        assert again.facts(*FACTS) == expected


def test_a_new_version_retires_the_facts_of_the_old_one(tmp_path: Path) -> None:
    old = Article(
        "page/1",
        "2023-05-02",
        "The two presidents will meet on 5 May in Oslo.",
        [Meeting(["NOR", "FIN"], "2023-05-05")],
    )
    new = replace(
        old,
        text="The two presidents will meet on 6 May in Bergen.",
        meetings=[Meeting(["NOR", "FIN"], "2023-05-06")],
        received=1,
    )
    warehouse = Warehouse(tmp_path).build([old, new])
    assert str(one(warehouse.rows("from fct_meetings"))["start_date"]) == "2023-05-06"
    kept = one(warehouse.rows("from dim_articles where not is_current"))
    assert kept["replaced_by_article_id"] == new.id
    assert kept["text"] == old.text


def test_a_better_parser_replaces_the_mentions_of_an_article(tmp_path: Path) -> None:
    article = Article(
        "page/1",
        "2023-05-02",
        "They met and agreed.",
        [Meeting(["NOR", "FIN"], "2023-05-01"), Meeting(["SWE", "FIN"], "2023-05-01")],
    )
    better = replace(article, meetings=[Meeting(["NOR", "FIN"], "2023-05-02")])
    warehouse = Warehouse(tmp_path)
    write_batch(warehouse.data, [article], "20230420T000001.000000Z-a")
    write_batch(warehouse.data, [better], "20230420T000002.000000Z-b", parser_version="test-2")
    warehouse.run("build", "--exclude", "resource_type:unit_test", "resource_type:test")
    row = one(warehouse.rows("from fct_mentions"))
    assert row["parser_version"] == "test-2"
    assert str(one(warehouse.rows("from fct_meetings"))["start_date"]) == "2023-05-02"


def test_an_empty_warehouse_builds_and_the_unit_tests_of_the_models_pass(tmp_path: Path) -> None:
    from orchestration.store.batches import BatchStore

    warehouse = Warehouse(tmp_path)
    BatchStore(warehouse.data).prepare()
    warehouse.run("build")
    assert warehouse.rows("from fct_meetings") == []
    assert len(warehouse.rows("from dim_parties where party_type = 'state'")) > 190


def test_a_mention_that_breaks_a_mart_stops_the_build(tmp_path: Path) -> None:
    article = Article("page/1", "2023-05-02", "They met.", [Meeting(["NOR", "FIN"], "2023-05-01")])
    warehouse = Warehouse(tmp_path)
    write_batch(warehouse.data, [article], "20230420T000001.000000Z-a")
    file = next(warehouse.data.glob("mentions/*a/meeting_mentions.parquet"))
    frame = pl.read_parquet(file)
    frame.with_columns(mode=pl.lit("maybe")).write_parquet(file)
    done = dbt(warehouse.data, warehouse.database, "build", "--exclude", "resource_type:unit_test")
    assert done.returncode != 0
    assert "accepted_values_fct_meetings_mode" in done.stdout


def test_documentation_is_generated(samarkand: Warehouse) -> None:
    samarkand.run("docs", "generate")
    assert (samarkand.database.parent / "target" / "catalog.json").exists()
