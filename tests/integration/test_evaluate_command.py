"""`communique evaluate` as a developer types it: figures, the page of errors in a browser, plain words on bad input."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

TEXT = (
    "Prime Minister Jonas Gahr Støre of Norway met President Gabriel Boric of Chile in Oslo on 7 May 2023.\n\n"
    "Norway will open a consulate in Punta Arenas, Mr Støre said. He called on Chile to ratify the fisheries treaty."
)
PLEDGE = "Norway will open a consulate in Punta Arenas"
DEMAND = "called on Chile to ratify the fisheries treaty"


def span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def statement(words: str, cls: str, kind: str | None, addressees: list[str]) -> dict:
    return {
        "content": span(words),
        "class": cls,
        "kind": kind,
        "speakers": ["NOR"],
        "speaker_name": "Jonas Gahr Støre",
        "addressees": addressees,
        "conditional": False,
        "deadline": None,
        "outcome_no": None,
        "meeting": "m1",
    }


GOLD = {
    "id": "oslo",
    "publisher": "Fjord News",
    "headline": "Støre and Boric meet",
    "published": "2023-05-08",
    "text": TEXT,
    "meetings": [
        {
            "id": "m1",
            "evidence": span(TEXT.split("\n")[0]),
            "status": "held",
            "mode": "in_person",
            "format": "bilateral",
            "kind": "talks",
            "name": None,
            "ordinal": None,
            "start_date": "2023-05-07",
            "end_date": "2023-05-07",
            "place": "Oslo",
            "country": "NOR",
            "participants": [
                {"name": "Jonas Gahr Støre", "role": "Prime Minister", "party": "NOR", "part": "attendee"},
                {"name": "Gabriel Boric", "role": "President", "party": "CHL", "part": "attendee"},
            ],
            "background": False,
        }
    ],
    "statements": [
        statement(PLEDGE, "commitment", "pledge", []),
        statement(DEMAND, "demand", None, ["CHL"]),
    ],
}
EMPTY = {"id": "weather", "publisher": "Fjell Post", "published": "2023-05-09", "meetings": [], "statements": []} | {
    "text": "It rained in Bergen for the third day in a row."
}


def evaluate(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "evaluate", *map(str, words)], capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (GOLD, EMPTY)), encoding="utf-8")
    return path


@pytest.fixture
def lossy(tmp_path: Path) -> Path:
    """Predictions that miss the demand and tell a wrong country."""
    path = tmp_path / "found.jsonl"
    found = GOLD | {"statements": GOLD["statements"][:1], "meetings": [GOLD["meetings"][0] | {"country": "SWE"}]}
    path.write_text(json.dumps(found) + "\n", encoding="utf-8")
    return path


def test_without_predictions_the_parser_is_run(gold: Path) -> None:
    done = evaluate(gold, "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["articles"] == 2
    assert figures["found"]["meetings"]["hit"] == 1
    assert figures["found"]["statements"]["hit"] == 2
    assert figures["empty articles with a false alarm"] == {"share": 0.0, "n": 1}


def test_given_predictions_are_scored_by_publisher(gold: Path, lossy: Path) -> None:
    done = evaluate(gold, lossy, "--by", "publisher")
    assert done.returncode == 0, done.stderr
    rows = {line[:40].strip(): line[40:].split() for line in done.stdout.splitlines()}
    assert rows["demands"] == ["0.000", "0.000", "0.000", "1", "0", "0"]
    assert rows["commitments"] == ["1.000", "1.000", "1.000", "1", "1", "1"]
    assert rows["meetings.country"] == ["accuracy", "0.000", "1"]
    assert {"Fjord News", "Fjell Post"} <= set(rows)


def test_confidences_are_shown_beside_what_they_are_worth(gold: Path) -> None:
    done = evaluate(gold, "--calibration")
    assert done.returncode == 0, done.stderr
    assert "meetings: confidence as given" in done.stdout
    assert "statements by rule" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["--by", "publisher"], "need a gold file"),
        (["GOLD", "--errors", "no/such/folder/page.html"], "is not a folder"),
        (["GOLD", "--write", "page.md"], "leave out the gold file"),
    ],
)
def test_what_the_user_can_mend_is_one_line(gold: Path, words: list[str], told: str) -> None:
    done = evaluate(*[gold if word == "GOLD" else word for word in words])
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.browser
def test_the_page_of_errors_filters_in_a_browser(gold: Path, lossy: Path, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    page_path = tmp_path / "errors.html"
    done = evaluate(gold, lossy, "--errors", page_path)
    assert done.returncode == 0, done.stderr
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_path.as_uri())

        page.locator(".paragraphs .found .mark").first.hover()
        card = page.locator("#card")
        assert card.is_visible()
        assert "SWE" in card.inner_text()

        assert page.locator("article:visible").count() == 2
        page.select_option("#filter", "missed demand")
        assert page.locator("article:visible").count() == 1
        missed = page.locator("details[open]")
        assert missed.count() == 1
        assert DEMAND in missed.inner_text()
        browser.close()
    assert complaints == []
    assert requests == [page_path.as_uri()]


@pytest.mark.shared
def test_the_extraction_stays_as_good_as_we_say(shared: Path) -> None:
    done = evaluate(shared / "gold" / "articles_dev.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["found"]
    assert found["meetings"]["f1"] >= 0.80
    assert found["statements"]["f1"] >= 0.70
