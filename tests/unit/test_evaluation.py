"""Scoring by the codebook, the page of errors, measured confidences: on small articles of our own and on the gold."""

import csv
import json
import random
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from orchestration.evaluation.calibration import (
    Judged,
    calibration_lines,
    judged_facts,
    measured_confidences,
    write_rule_table,
)
from orchestration.evaluation.comparison import compare
from orchestration.evaluation.errors_page import errors_page
from orchestration.evaluation.figures import END_MARK, START_MARK, UnmarkedPage, measure_parts, write_between_marks
from orchestration.evaluation.gold_sets import second_gold
from orchestration.evaluation.records import UnreadableFile, read_gold, read_predictions
from orchestration.evaluation.scoring import score

TEXT = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday.\n"
    "Norway will open a consulate in Punta Arenas. <script>alert('x')</script> & it urged Chile to ratify the treaty."
)
MET = "The foreign ministers of Norway and Chile met in Oslo on Tuesday."
PLEDGE = "Norway will open a consulate in Punta Arenas"
DEMAND = "urged Chile to ratify the treaty"


def span(words: str, text: str = TEXT) -> dict:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def meeting(**changes) -> dict:
    return {
        "evidence": span(MET),
        "status": "held",
        "mode": "in_person",
        "format": "bilateral",
        "kind": "talks",
        "name": None,
        "ordinal": None,
        "start_date": "2019-05-07",
        "end_date": "2019-05-07",
        "place": "Oslo",
        "country": "NOR",
        "participants": [
            {"name": "Ine Søreide", "role": "foreign minister", "party": "NOR", "part": "host"},
            {"name": None, "role": "foreign minister", "party": "CHL", "part": "attendee"},
        ],
        "background": False,
    } | changes


def statement(words: str, cls: str, **changes) -> dict:
    return {
        "content": span(words),
        "class": cls,
        "kind": "pledge" if cls == "commitment" else None,
        "speakers": ["NOR"],
        "addressees": [] if cls == "commitment" else ["CHL"],
        "conditional": False,
        "outcome_no": None,
    } | changes


def article(**changes) -> dict:
    return {
        "id": "n1",
        "publisher": "Fjord News",
        "headline": "Ministers meet <b>in Oslo</b>",
        "published": "2019-05-08",
        "text": TEXT,
        "meetings": [meeting()],
        "statements": [statement(PLEDGE, "commitment"), statement(DEMAND, "demand")],
    } | changes


def found_by(rule: str, confidence: float = 0.7) -> dict:
    return {"rule": rule, "confidence": confidence}


def write_lines(path: Path, records: list[dict]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def comparisons(folder: Path, golds: list[dict], founds: list[dict]):
    gold = read_gold(write_lines(folder / "gold.jsonl", golds))
    return compare(gold, read_predictions(write_lines(folder / "found.jsonl", founds)))


def damaged(record: dict, chance: random.Random) -> dict:
    """A prediction made from a gold article: facts lost, doubled, moved, and with fields that differ."""
    text = record["text"]
    aliases = {"USA": "the United States", "EU": "European Union", "UN": "UNITED NATIONS", "Taliban": "AFG"}
    meetings, statements = [], []
    for fact in record["meetings"]:
        for _ in range(chance.choice([0, 1, 1, 2])):
            members = [dict(p, party=aliases.get(p["party"], p["party"])) for p in fact["participants"]]
            start = max(0, fact["evidence"]["start"] + chance.choice([-40, 0, 0, 300]))
            changes = {
                "participants": members[: chance.choice([0, 1, 2, 9])],
                "evidence": chance.choice([{"start": start, "end": start + 60}, fact["evidence"], None]),
                "status": chance.choice(["held", fact["status"]]),
                "start_date": chance.choice([None, fact["start_date"], "2021-04-01"]),
                "name": chance.choice([None, fact["name"], "talks"]),
            }
            meetings.append(fact | changes)
    for fact in record["statements"]:
        for _ in range(chance.choice([0, 1, 1, 2])):
            start = max(0, fact["content"]["start"] + chance.choice([-30, 0, 0, 15, 500]))
            end = min(len(text), max(start + 1, fact["content"]["end"] + chance.choice([-25, 0, 60])))
            changes = {
                "content": {"start": start, "end": end},
                "class": chance.choice([fact["class"], fact["class"], "demand"]),
                "speakers": chance.choice([fact["speakers"], [], ["USA"], None]),
                "outcome_no": chance.choice([None, fact["outcome_no"]]),
            }
            statements.append(fact | changes)
    chance.shuffle(statements)
    return {"id": record["id"], "meetings": meetings, "statements": statements}


@pytest.mark.shared
@pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
def test_the_figures_are_those_of_the_reference_scorer(shared: Path, tmp_path: Path, seed: int | None) -> None:
    gold_path = shared / "gold" / "articles_dev.jsonl"
    golds = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").split("\n") if line.strip()]
    chance = random.Random(seed)
    founds = golds if seed is None else [damaged(gold, chance) for gold in golds if chance.random() < 0.9]
    found_path = write_lines(tmp_path / "found.jsonl", founds)
    reference = subprocess.run(
        [sys.executable, str(shared / "score" / "score.py"), str(gold_path), str(found_path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = json.loads(reference.stdout)
    del expected["errors"]
    ours = score(compare(read_gold(gold_path), read_predictions(found_path))).to_json()
    assert ours == expected
    assert seed is None or 0.1 < ours["found"]["statements"]["f1"] < 0.9


def test_gold_scored_against_itself_is_perfect(tmp_path: Path) -> None:
    scores = score(comparisons(tmp_path, [article()], [article()]))
    assert all(tally.f1 == 1 for name, tally in scores.found.items() if "recall" not in name)
    assert all(share.value == 1 for share in scores.right.values())


def test_an_article_that_nobody_read_counts_as_empty(tmp_path: Path) -> None:
    scores = score(comparisons(tmp_path, [article()], []))
    assert (scores.found["statements"].gold, scores.found["statements"].found) == (2, 0)
    assert scores.found["participants by party"].recall == 0


def test_a_false_alarm_in_an_empty_article_is_told(tmp_path: Path) -> None:
    empty = article(meetings=[], statements=[])
    scores = score(comparisons(tmp_path, [empty, empty | {"id": "n2"}], [article()]))
    assert (scores.empty_with_false_alarm.part, scores.empty_with_false_alarm.total) == (1, 2)


def test_a_partial_gold_date_asks_for_no_more_than_it_has(tmp_path: Path) -> None:
    partial = article(meetings=[meeting(start_date="2019-05")])
    assert score(comparisons(tmp_path, [partial], [article()])).right["meetings.start_date"].value == 1
    other = article(meetings=[meeting(start_date="2019-06")])
    assert score(comparisons(tmp_path, [partial], [other])).right["meetings.start_date"].value == 0


def test_a_party_counts_under_its_other_name(tmp_path: Path) -> None:
    golds = [article(statements=[statement(PLEDGE, "commitment", speakers=["USA"])])]
    founds = [article(statements=[statement(PLEDGE, "commitment", speakers=["the United States"])])]
    assert score(comparisons(tmp_path, golds, founds)).right["statements.speakers exact"].value == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "text": "half', "line 1: not JSON"),
        ('{"id": "x"}', "line 1: text"),
        ('{"id": "x", "text": "t", "statements": [{"class": "demand"}]}', "line 1: statements.0.content"),
        ('["x"]', "line 1: the line"),
    ],
)
def test_a_line_that_cannot_be_scored_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as error:
        read_gold(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


class Page(HTMLParser):
    """What a browser would make of the page: elements with their attributes, and the text of each side."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.sides: dict[str, str] = {"gold": "", "found": ""}
        self._side = ""
        self._in_chip = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.elements.append((tag, named))
        classes = (named.get("class") or "").split()
        if tag == "p":
            self._side = next((side for side in self.sides if side in classes), "")
        self._in_chip = tag == "a" and "chip" in classes

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.sides[self._side] += "\n"
            self._side = ""
        if tag == "a":
            self._in_chip = False

    def handle_data(self, data: str) -> None:
        if self._side and not self._in_chip:
            self.sides[self._side] += data

    def facts(self) -> dict[str, list[str]]:
        """Errors of each fact by its id."""
        return {
            str(named["id"]): list(filter(None, (named["data-errors"] or "").split("|")))
            for tag, named in self.elements
            if tag == "details"
        }


@pytest.fixture
def page(tmp_path: Path) -> Page:
    found = article(
        meetings=[meeting(country="CHL", **found_by("verb_meet"))],
        statements=[
            statement(PLEDGE, "commitment", **found_by("modal_will")),
            statement("met in Oslo on Tuesday", "demand", **found_by("verb_demand")),
        ],
    )
    return Page(errors_page(comparisons(tmp_path, [article()], [found]), "gold.jsonl"))


def test_the_page_shows_every_word_of_the_article_on_both_sides(page: Page) -> None:
    assert page.sides["gold"].strip() == TEXT
    assert page.sides["found"].strip() == TEXT


def test_nothing_of_an_article_runs_in_the_page(page: Page) -> None:
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert not any(tag == "b" for tag, _ in page.elements)


def test_the_page_needs_nothing_from_elsewhere(page: Page) -> None:
    assert not any(tag in ("link", "img", "iframe") for tag, _ in page.elements)
    targets = [value for _, named in page.elements for name, value in named.items() if name in ("href", "src")]
    assert targets
    assert all(target and target.startswith("#") for target in targets)


def test_the_page_tells_hits_misses_and_false_alarms_apart(page: Page) -> None:
    errors = page.facts()
    assert errors["article1-M1"] == ["wrong meeting country"]
    assert errors["article1-C1"] == []
    assert sorted([errors["article1-D1"], errors["article1-D2"]]) == [["false demand"], ["missed demand"]]
    offered = [named.get("value") for tag, named in page.elements if tag == "option"]
    assert {"wrong meeting country", "missed demand", "false demand"} <= set(offered)


def test_every_mark_in_the_text_leads_to_its_fact(page: Page) -> None:
    ids = set(page.facts())
    marked = {one for _, named in page.elements for one in (named.get("data-facts") or "").split()}
    assert marked == ids


def test_a_rule_earns_the_confidence_that_gold_confirms(tmp_path: Path) -> None:
    golds = [article(id=f"n{i}") for i in range(40)]
    founds = [
        article(
            id=f"n{i}",
            meetings=[meeting(**found_by("verb_meet"))],
            statements=[
                statement(PLEDGE, "commitment", **found_by("modal_will")),
                statement("met in Oslo on Tuesday", "demand", **found_by("verb_guess")),
            ],
        )
        for i in range(40)
    ]
    compared = comparisons(tmp_path, golds, founds)
    facts = [fact for fact in judged_facts(compared) if fact.what == "statement"]
    measured = measured_confidences(facts)
    assert measured["modal_will"] > 0.9
    assert measured["verb_guess"] < 0.2
    rule_line = next(line for line in calibration_lines(compared) if "verb_guess" in line)
    assert rule_line.split()[1:4] == ["0.700", "0.000", "40"]


def test_measured_confidences_go_into_the_rule_table(tmp_path: Path) -> None:
    path = tmp_path / "statement_rules.csv"
    path.write_text("rule,found,confidence\n,9,0.5\nmodal_will,9,0.5\ngone,3,0.3\n", encoding="utf-8")
    facts = [Judged("statement", "modal_will", 0.5, i < 9, "Fjord News") for i in range(10)]
    facts += [Judged("statement", "brand_new", 0.5, False, "Fjord News")]
    changes = write_rule_table(path, facts)
    assert len(changes) == 3
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["rule"]: row for row in csv.DictReader(lines)}
    assert set(rows) == {"", "modal_will", "brand_new"}
    assert rows[""] == {"rule": "", "found": "11", "confidence": "0.82"}
    assert rows["modal_will"]["found"] == "10"
    assert 0.85 < float(rows["modal_will"]["confidence"]) < 0.9
    assert 0.5 < float(rows["brand_new"]["confidence"]) < 0.82


def test_figures_replace_the_old_ones_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"# Title\n{START_MARK}\nold\n{END_MARK}\nBy hand.\n", encoding="utf-8")
    write_between_marks(page, "| new |")
    write_between_marks(page, "| newer |")
    text = page.read_text(encoding="utf-8")
    assert text == f"# Title\n{START_MARK}\n\n| newer |\n\n{END_MARK}\nBy hand.\n"


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# Title\n", encoding="utf-8")
    with pytest.raises(UnmarkedPage):
        write_between_marks(page, "| new |")
    assert page.read_text(encoding="utf-8") == "# Title\n"


def test_a_benchmark_that_fails_is_told_and_the_others_are_measured(tmp_path: Path) -> None:
    (tmp_path / "timebank.py").write_text("raise SystemExit('the gold is gone')", encoding="utf-8")
    (tmp_path / "upr.py").write_text("print('| strength |\\n|---|\\n| .88 |')", encoding="utf-8")
    lines, failures = measure_parts(tmp_path)
    assert [failure.endswith("the gold is gone") for failure in failures] == [True]
    assert lines[lines.index("| strength |") :][:3] == ["| strength |", "|---|", "| .88 |"]
    assert sum("Published:" in line for line in lines) == 2


@pytest.mark.shared
def test_every_annotated_article_finds_its_text(shared: Path) -> None:
    golds = second_gold()
    assert len(golds) >= 198
    assert all(gold.text for gold in golds)
