"""raw/sources.yaml: what it says is done, and a mistake in it is named in one line."""

import json
from pathlib import Path

import pytest

from orchestration.ingest.folder import read_folder
from orchestration.ingest.records import ArticleRecord, SetAside
from orchestration.ingest.sources import SourcesError, load_sources

SHIPPED = Path(__file__).resolve().parents[2] / "raw" / "sources.yaml"
TEXT = "The foreign ministers of Norway and Kenya met in Nairobi and agreed to open talks on fisheries next spring."


def read_one(folder: Path) -> ArticleRecord:
    (found,) = read_folder(folder)
    assert isinstance(found, ArticleRecord), found
    return found


def write(folder: Path, record: dict[str, object], sources: str, name: str = "wire_2023.jsonl") -> None:
    (folder / name).write_text(json.dumps(record))
    (folder / "sources.yaml").write_text(sources)


def test_fields_are_mapped_joined_and_completed(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "n": 7,
            "kop": "Talks",
            "intro": "Nairobi, 14 April -",
            "main": TEXT,
            "d": "14-04-2023",
            "t": "09:30",
            "who": "A; B",
        },
        """
files:
  - name: wire
    match: "wire_*.jsonl"
    publisher: Wire Agency
    fields: {id: n, headline: kop, text: [intro, main], published: [d, t], authors: who}
    time_zone: Africa/Nairobi
    day_first: true
    cut_from: 'next spring'
""",
    )
    article = read_one(tmp_path)
    assert article.address == "file:wire_2023.jsonl#7"
    assert (article.headline, article.publisher, article.authors) == ("Talks", "Wire Agency", ["A", "B"])
    assert article.text == f"Nairobi, 14 April - {TEXT}".removesuffix(" next spring.")
    assert article.published_text == "2023-04-14T09:30:00+03:00"


def test_without_an_entry_common_names_are_enough(tmp_path: Path) -> None:
    record = {"Title": "Talks", "Body": TEXT, "Date Published": "2023-04-14", "Link": "https://wire.example/1#top"}
    write(tmp_path, {**record, "author": ["Ana Lima", {"name": "Bo Berg"}]}, "files: []")
    article = read_one(tmp_path)
    assert (article.headline, article.text, article.published_text) == ("Talks", TEXT, "2023-04-14")
    assert (article.url, article.address) == ("https://wire.example/1", "https://wire.example/1")
    assert article.authors == ["Ana Lima", "Bo Berg"]
    assert article.publisher == "wire.example"


def test_html_and_markdown_in_a_field_become_text(tmp_path: Path) -> None:
    html = "<p>First <b>bold</b>&nbsp;word.</p><ul><li>One point</li><li>Two</li></ul><figcaption>Photo</figcaption>"
    write(tmp_path, {"text": html}, "files: []", "a.jsonl")
    assert read_one(tmp_path).text == "First bold word.\n\nOne point\n\nTwo"
    markdown = "**Readout** of a [call](https://x.example/)\nabout fish.\n\n-   One\n-   Two\n\n\\###"
    write(tmp_path, {"text": markdown}, "files: []", "a.jsonl")
    assert read_one(tmp_path).text == "Readout of a call about fish.\n\nOne\n\nTwo"


def test_a_wrapped_wire_text_gets_its_paragraphs_back(tmp_path: Path) -> None:
    wrapped = (
        "The ministers of Norway and Kenya met on\nTuesday in Nairobi and agreed to open talks\non fish.\n"
        "    They will meet again in the\nspring in Oslo, officials said.\n Reuter"
    )
    write(tmp_path, {"text": wrapped}, "files: []")
    first, second, _ = read_one(tmp_path).text.split("\n\n")
    assert first == "The ministers of Norway and Kenya met on Tuesday in Nairobi and agreed to open talks on fish."
    assert second == "They will meet again in the spring in Oslo, officials said."


def test_the_shipped_file_is_valid() -> None:
    sources = load_sources(SHIPPED)
    kremlin = sources.for_file("in/some/folder/kremlin_en_1999_2020.jsonl.gz")
    assert kremlin is not None
    assert kremlin.name == "kremlin"
    assert sources.for_file("other.jsonl") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "files:\n  - name: a\n    match: '*'\n    fields: {titel: x}\n",
            "entry 'a', 'fields', 'titel': is not known here",
        ),
        (
            "files:\n  - name: a\n    match: '*'\n    time_zone: Moskau\n",
            "entry 'a', 'time_zone': 'Moskau' is no time zone",
        ),
        ("files:\n  - name: a\n    match: '*'\n    cut_from: '('\n", "is no regular expression"),
        ("files:\n  - match: '*'\n", "entry 1, 'name': Field required"),
        ("feeds:\n  - name: a\n    address: file:///etc/passwd\n", "entry 'a', 'address': URL scheme should be"),
        ("feeds:\n  - {name: a, address: 'https://a.example/', interval_minutes: 1}\n", "greater than or equal to 5"),
        (
            "feeds:\n  - {name: a, address: 'https://a.example/'}\n  - {name: a, address: 'https://b.example/'}\n",
            "two entries",
        ),
        ("files: [\n", "sources.yaml: line 2"),
        ("- a\n", "expected the lists"),
        ("files: nothing\n", "'files': Input should be a valid list"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(content)
    with pytest.raises(SourcesError) as caught:
        load_sources(path)
    message = str(caught.value)
    assert message.startswith("sources.yaml")
    assert told in message
    assert "\n" not in message


def test_a_wrong_mapping_says_which_field_is_empty(tmp_path: Path) -> None:
    write(tmp_path, {"main": TEXT}, "files:\n  - {name: a, match: '*.jsonl', fields: {text: body}}\n")
    (found,) = read_folder(tmp_path)
    assert isinstance(found, SetAside)
    assert "body is empty" in found.reason
