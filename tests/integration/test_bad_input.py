"""Bad input beside good: each bad piece is set aside with a reason that a user understands, the good are in."""

import json
import tracemalloc
from pathlib import Path

import pytest

from orchestration.ingest.folder import read_folder
from orchestration.ingest.records import ArticleRecord, SetAside

GOOD = (
    "The foreign ministers of Norway and Kenya met in Nairobi on Tuesday and agreed to open talks on fisheries. "
    "They will meet again in the spring."
)


def read(folder: Path) -> tuple[list[ArticleRecord], dict[str, SetAside]]:
    found = list(read_folder(folder))
    aside = [item for item in found if isinstance(item, SetAside)]
    places = {f"{item.source_path} {item.locator or ''}".strip(): item for item in aside}
    assert len(places) == len(aside)
    return [item for item in found if isinstance(item, ArticleRecord)], places


def test_each_bad_input_is_named_and_the_good_beside_it_is_in(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n\t ")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "program.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(3000))
    (tmp_path / "latin.txt").write_bytes(GOOD.encode() + b" \xc3\x28 and \xff\xfe then \xe2\x82\xac")
    lines = [
        {"id": 1, "headline": "Talks", "text": GOOD, "published": "2023-04-14"},
        {"id": 2, "headline": "No text here", "published": "2023-04-14"},
        {"id": 3, "text": GOOD, "date": "0000-00-00"},
        {"id": 4, "text": GOOD, "date": "2023-02-30"},
        {"id": 5, "text": GOOD, "date": "one fine day"},
    ]
    whole = "\n".join(json.dumps(line) for line in lines)
    cut = json.dumps({"id": 6, "text": GOOD})[:60]
    (tmp_path / "lines.jsonl").write_bytes(
        f"{whole}\n{cut}\n[1, 2]\n".encode() + b'{"id": 7, "text": "\xff\xfe\xfa"}\n'
    )

    articles, aside = read(tmp_path)

    assert [(a.source, a.headline) for a in map(Shown, articles)] == [("good.txt", None), ("lines.jsonl#1", "Talks")]
    reasons = {place: (item.reason_code, item.reason) for place, item in aside.items()}
    assert reasons["empty.txt"] == ("empty", "The file is empty.")
    assert reasons["blank.txt"][0] == "empty"
    assert reasons["picture.txt"] == ("not_text", "This is not text: it looks like a PNG picture.")
    assert reasons["program.txt"] == ("not_text", "This is not text: it looks like a program (ELF).")
    assert reasons["latin.txt"][0] == "not_utf8"
    assert "Save it as UTF-8" in reasons["latin.txt"][1]
    assert reasons["lines.jsonl line 2"][0] == "no_text"
    assert "sources.yaml" in reasons["lines.jsonl line 2"][1]
    assert reasons["lines.jsonl line 3"][0] == "date_impossible"
    assert "'0000-00-00'" in reasons["lines.jsonl line 3"][1]
    assert reasons["lines.jsonl line 4"][0] == "date_impossible"
    assert reasons["lines.jsonl line 5"][0] == "date_not_understood"
    assert reasons["lines.jsonl line 6"] == (
        "broken_json",
        "The line is not complete JSON: it breaks off at character 60; was the file cut?",
    )
    assert reasons["lines.jsonl line 7"][0] == "not_an_object"
    assert reasons["lines.jsonl line 8"][0] == "not_utf8"
    assert len(reasons) == 12


class Shown:
    def __init__(self, article: ArticleRecord) -> None:
        self.source = article.address.removeprefix("file:")
        self.headline = article.headline


def test_a_line_of_50_mb_costs_neither_the_run_nor_its_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("w") as file:
        file.write(json.dumps({"id": 1, "text": GOOD}) + "\n")
        file.write('{"id": 2, "text": "')
        for _ in range(50):
            file.write("word " * (1024 * 1024 // 5))
        file.write('"}\n')
        file.write(json.dumps({"id": 3, "text": GOOD}) + "\n")
    tracemalloc.start()
    articles, aside = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [a.address for a in articles] == ["file:long.jsonl#1", "file:long.jsonl#3"]
    assert aside["long.jsonl line 2"].reason_code == "too_large"
    assert "32 MB" in aside["long.jsonl line 2"].reason
    assert peak < 250 * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "reason_code"),
    [
        ('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "broken_json"),
        ('{"id": ' + "9" * 10_000 + ', "text": "x"}', "broken_json"),
        ('{"text": {"a": 1}}', "no_text"),
        ('{"text": true}', "no_text"),
        ('{"text": "***"}', "no_text"),
    ],
)
def test_odd_json_is_set_aside(tmp_path: Path, content: str, reason_code: str) -> None:
    (tmp_path / "odd.jsonl").write_text(content)
    articles, aside = read(tmp_path)
    assert articles == []
    assert [item.reason_code for item in aside.values()] == [reason_code]


def test_broken_front_matter_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: Talks\ndate: [2023\n---\n{GOOD}")
    (tmp_path / "b.md").write_text(f"---\ntitle: Talks\ndate: 0000-00-00\n---\n{GOOD}")
    (tmp_path / "c.md").write_text("---\ntitle: Talks\n---\n")
    articles, aside = read(tmp_path)
    assert articles == []
    assert aside["a.md"].reason_code == "broken_front_matter"
    assert "line" in aside["a.md"].reason
    assert aside["b.md"].reason_code == "date_impossible"
    assert aside["c.md"].reason_code == "no_text"


def test_links_pipes_and_hidden_files_are_not_read(tmp_path: Path) -> None:
    import os

    outside = tmp_path / "outside"
    raw = tmp_path / "raw"
    outside.mkdir()
    raw.mkdir()
    (outside / "secret.txt").write_text(GOOD)
    (raw / "link.txt").symlink_to(outside / "secret.txt")
    (raw / "folder").symlink_to(outside)
    (raw / "circle").symlink_to(raw)
    os.mkfifo(raw / "pipe.txt")
    (raw / ".hidden.txt").write_text(GOOD)
    (raw / "README.md").write_text(GOOD)
    articles, aside = read(raw)
    assert articles == []
    assert {place: item.reason_code for place, item in aside.items()} == {
        "link.txt": "symbolic_link",
        "folder": "symbolic_link",
        "circle": "symbolic_link",
        "pipe.txt": "not_a_file",
    }
