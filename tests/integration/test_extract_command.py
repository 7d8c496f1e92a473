"""`communique extract`, as a user types it: what it prints, and what it says of what it cannot read."""

import gzip
import json
import subprocess
from pathlib import Path

from tests.conftest import COMMAND

READOUT = (
    "President Emmanuel Macron met with Chancellor Olaf Scholz of Germany in Paris on Tuesday. "
    "The two leaders agreed to resume consultations on energy."
)


def extract(*arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(COMMAND), "extract", *map(str, arguments)], input=given, capture_output=True, timeout=120
    )


def line_of(identifier: str, text: str, **fields: str) -> str:
    return json.dumps({"id": identifier, "text": text, **fields})


def test_prints_one_line_an_article_in_order_with_spans_into_the_given_text(tmp_path: Path) -> None:
    # Characters outside the basic plane count once, as Python and the codebook count them.
    decorated = "🌍🌍 A day in Paris. " + READOUT
    (tmp_path / "a.jsonl").write_text(
        line_of("one", decorated, published="2023-01-24") + "\n\n" + line_of("two", "Nothing happened.") + "\n"
    )
    result = extract(tmp_path / "a.jsonl")
    assert result.returncode == 0
    assert result.stderr == b""
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert [first["id"], second["id"]] == ["one", "two"]
    evidence = first["meetings"][0]["evidence"]
    assert decorated[evidence["start"] : evidence["end"]].startswith("President Emmanuel Macron met")
    assert (second["meetings"], second["statements"]) == ([], [])


def test_says_in_one_line_each_what_it_cannot_read_and_prints_the_rest(tmp_path: Path) -> None:
    lines = tmp_path / "mixed.jsonl"
    lines.write_bytes(
        line_of("good", READOUT).encode()
        + b'\n{"id": "cut", "text": "Half a li\n'
        + b'{"id": "empty", "text": ""}\n'
        + b'{"text": "No name."}\n'
        + b'{"id": "latin", "text": "caf\xe9"}\n'
        + b"[1, 2]\n"
        + b'{"id": "odd", "text": "Some text.", "published": {"day": 1}}\n'
        + b"[" * 100_000
        + b"\n"
        + line_of("last", "The end.").encode()
    )
    (tmp_path / "void.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(line_of("zipped", READOUT).encode() * 50)[:-20])
    (tmp_path / "plain.txt").write_text("A plain text.")
    names = ["mixed.jsonl", "void.txt", "missing.txt", "picture.txt", "cut.jsonl.gz", "plain.txt"]
    result = extract(*(tmp_path / name for name in names), tmp_path)
    assert result.returncode == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["good", "last", "plain"]
    complaints = result.stderr.decode().splitlines()
    assert len(complaints) == 12
    assert "Traceback" not in result.stderr.decode()
    for number in (2, 3, 4, 5, 6, 7, 8):
        assert sum(f"mixed.jsonl, line {number}: " in complaint for complaint in complaints) == 1
    for name in ("void.txt", "missing.txt", "picture.txt", "cut.jsonl.gz"):
        assert sum(f"{name}: " in complaint for complaint in complaints) == 1


def test_reads_standard_input_as_lines_or_as_one_text() -> None:
    as_lines = extract("-", given=(line_of("x", READOUT) + "\n" + line_of("y", READOUT)).encode())
    assert [json.loads(line)["id"] for line in as_lines.stdout.splitlines()] == ["x", "y"]
    as_text = extract("-", given=READOUT.encode())
    assert [json.loads(line)["id"] for line in as_text.stdout.splitlines()] == ["stdin"]
    assert as_text.returncode == as_lines.returncode == 0


def test_half_a_character_in_json_moves_no_span_and_breaks_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "\\ud83c. ' + READOUT + '"}\n')
    result = extract(tmp_path / "a.jsonl")
    assert result.returncode == 0
    evidence = json.loads(result.stdout)["meetings"][0]["evidence"]
    assert evidence["start"] == 3


def test_the_same_in_several_processes(tmp_path: Path) -> None:
    lines = [line_of(str(number), f"{READOUT} This is report number {number}.") for number in range(40)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    alone = extract(tmp_path / "many.jsonl")
    together = extract(tmp_path / "many.jsonl", "--workers", "2")
    assert together.stdout == alone.stdout
    assert len(alone.stdout.splitlines()) == 40


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("\n".join(line_of(str(number), READOUT) for number in range(300)))
    process = subprocess.Popen(
        [str(COMMAND), "extract", str(tmp_path / "many.jsonl")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=120) == 0
    assert complaint == b""
