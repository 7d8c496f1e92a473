"""Near copies form one group whatever their order; different releases stay apart."""

import csv
import datetime as dt
import random
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from orchestration.ingest.folder import read_folder
from orchestration.ingest.near_copies import Signed, group_near_copies, signature
from orchestration.ingest.records import ArticleRecord
from orchestration.ingest.sources import load_sources

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SOURCES = Path(__file__).resolve().parents[2] / "raw" / "sources.yaml"
WORDS = [
    "ministers",
    "talks",
    "border",
    "trade",
    "water",
    "grain",
    "treaty",
    "envoy",
    "council",
    "summit",
    "island",
    "harbour",
    "railway",
    "visa",
    "energy",
]


def article(article_id: str, text: str, headline: str = "Talks", day: int = 14) -> Signed:
    return Signed(article_id, signature(text), len(text.split()), headline, dt.date(2023, 4, day))


def long_text(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=300))


def test_an_agency_copy_with_another_last_line_is_a_near_copy_in_any_order() -> None:
    text = long_text(1)
    copies = [
        article("c", text),
        article("a", f"{text} Reporting by our staff in Nairobi.", "Ministers agree", 15),
        article("b", f"NAIROBI, April 14. {text}"),
        article("d", long_text(2)),
        article("e", text, day=28),
    ]
    expected = {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}
    for seed in range(10):
        random.Random(seed).shuffle(copies)
        assert group_near_copies(copies) == expected


def test_a_short_text_is_a_copy_only_under_the_same_headline() -> None:
    text = "Relevant issues of bilateral cooperation were discussed."
    groups = group_near_copies(
        [article("a", text, "Meeting with the Prime Minister of Latvia"), article("b", text, "Call with Moldova")]
    )
    assert groups == {"a": "a", "b": "b"}
    assert group_near_copies([article("a", text), article("b", text)]) == {"a": "a", "b": "a"}


def test_a_copy_that_a_site_has_cut_is_a_near_copy_and_the_next_days_figures_are_none() -> None:
    story, more, next_story = long_text(1), long_text(2), long_text(3)
    whole = article("a", f"{story} {more}", "Four ministers agree on border talks in Samarkand")
    cut = article("b", story, "Four ministers agree on border talks", 15)
    other_headline = article("c", story, "Grain prices fall again")
    next_day = article("d", f"{story} {next_story[:200]}", "Four ministers agree on 12 points in Samarkand", 15)
    later = article("e", story, "Four ministers agree on border talks", 17)
    assert group_near_copies([whole, cut]) == {"a": "a", "b": "a"}
    for apart in (other_headline, next_day, later):
        assert group_near_copies([whole, apart]) == {"a": "a", apart.article_id: apart.article_id}


@pytest.mark.shared
@pytest.mark.slow
def test_print_versions_join_their_page_and_no_two_releases_are_one(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"{CORPUS} is not there")
    shutil.copytree(CORPUS / "html" / "kremlin_html_sample", tmp_path / "pages")
    shutil.copy(CORPUS / "kremlin_en_1999_2020.jsonl.gz", tmp_path)
    found = [a for a in read_folder(tmp_path, load_sources(SOURCES)) if isinstance(a, ArticleRecord)]
    release_of = {a.article_id: a.address.rsplit("/", 1)[-1].split(".")[0].removesuffix("_print") for a in found}
    is_page = {a.article_id: a.address.startswith("file:pages/") for a in found}
    groups = group_near_copies(Signed(a.article_id, a.minhash, a.n_words, a.headline, a.published_date) for a in found)

    paired = {row["id"] for row in csv.DictReader((CORPUS / "dedup" / "kremlin_page_print_pairs.csv").open())}
    groups_of_release: dict[str, set[str]] = defaultdict(set)
    for article_id, group in groups.items():
        if is_page[article_id] and release_of[article_id] in paired:
            groups_of_release[release_of[article_id]].add(group)
    assert len(groups_of_release) >= 140
    assert all(len(held) == 1 for held in groups_of_release.values())

    releases_of_group: dict[str, set[str]] = defaultdict(set)
    for article_id, group in groups.items():
        releases_of_group[group].add(release_of[article_id])
    copies = [held for held in releases_of_group.values() if len(held) > 1]
    print(f"{len(releases_of_group)} groups, with more than one release: {copies}")
    assert len(copies) <= len(releases_of_group) * 0.001
