"""How much of PolNeAR's reported speech is found, and whether its speaker is the right one.

Run `python tests/benchmarks/polnear.py [--errors N]`. Reads ../shared, which is not part of the repository. Counted are
the gold attributions whose cue has a verb of communication (classes say, quote, tell, ask, write of `speech_verbs`) or
"according to". Content is found where the words of the found pieces that share a cue and those of the gold have a
Jaccard of at least .5; a speaker is right where the head of the found source stands in the gold source.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from orchestration.parse.attributions import find_attributions
from orchestration.parse.frame import read_frame
from orchestration.parse.model import ArticleText, Span
from orchestration.parse.model_pipeline import load_model
from orchestration.parse.reading import Reading
from orchestration.parse.sentences import cut_sentences, parse_sentences
from orchestration.reference.tables import table

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "components" / "polnear_dev.jsonl.gz"
WORD = re.compile(r"\w+")


def is_reported_speech(cue: str) -> bool:
    """Whether a gold cue has a verb of communication in it."""
    verbs = {r["lemma"] for r in table("speech_verbs") if r["class"] in ("say", "quote", "tell", "ask", "write")}
    if re.search(r"(?i)\baccording to\b", cue):
        return True
    return any(t.lemma_.lower() in verbs and t.pos_ in ("VERB", "AUX", "NOUN") for t in load_model()(f"He {cue}")[1:])


def words_in(text: str, spans: list[Span]) -> set[int]:
    """Where the words begin that stand in any of the spans."""
    return {s.start + m.start() for s in spans for m in WORD.finditer(s.cut(text))}


def head_of(reading: Reading, source: Span) -> Span:
    """The head of a source's noun phrase, by the parse; its last word where there is no parse."""
    sentence = reading.sentence_at(source.start)
    if sentence is None or sentence.spacy is None:
        return source
    tokens = [t for t in sentence.spacy if source.start <= t.idx + sentence.shift < source.end]
    inside = set(tokens)
    head = next((t for t in tokens if t.head not in inside or t.head is t), tokens[-1])
    return Span(head.idx + sentence.shift, head.idx + sentence.shift + len(head.text))


def read(article: ArticleText) -> Reading:
    """Sentences and attributions; whom a source's words stand for is not measured here."""
    sentences = cut_sentences(article.text)
    # American politics without a foreign state would stop at the gate.
    parse_sentences(sentences)
    reading = Reading(article=article, frame=read_frame(article), sentences=sentences)
    reading.attributions = find_attributions(reading)
    return reading


def measure(path: Path = GOLD) -> tuple[Counter[str], list[str]]:
    """Counts of gold rows, found contents and right speakers, and a line for each miss."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = record["text"]
            reading = read(ArticleText(record["id"], text))
            pieces: dict[Span | None, list[Span]] = {}
            sources: dict[Span | None, Span | None] = {}
            for found in reading.attributions:
                key = found.cue or found.content
                pieces.setdefault(key, []).append(found.content)
                sources[key] = sources.get(key) or found.source
            for gold in record["attributions"]:
                cue_spans = [Span(*s) for s in gold.get("cue", [])]
                cue = " ".join(s.cut(text) for s in cue_spans)
                if "content" not in gold or not gold.get("source") or not is_reported_speech(cue):
                    continue
                wanted = words_in(text, [Span(*s) for s in gold["content"]])
                source = [Span(*s) for s in gold["source"]]
                best, key = 0.0, None
                for candidate, spans in pieces.items():
                    got = words_in(text, spans)
                    score = len(got & wanted) / max(len(got | wanted), 1)
                    if score > best:
                        best, key = score, candidate
                counts["gold"] += 1
                if best < 0.5:
                    said = " / ".join(Span(*s).cut(text) for s in gold["content"])
                    near = [s.cut(text) for k, spans in pieces.items() if k in cue_spans for s in spans]
                    errors.append(f"CONTENT {cue!r} gold: {said!r} found: {near}")
                    continue
                counts["found"] += 1
                ours = sources[key]
                head = head_of(reading, ours) if ours else None
                if head is not None and any(s.overlaps(head) for s in source):
                    counts["right speaker"] += 1
                else:
                    told = [s.cut(text) for s in source]
                    errors.append(f"SPEAKER {cue!r} gold: {told} found: {ours.cut(text) if ours else None!r}")
    return counts, errors


def main() -> None:
    """Print the table, and the misses where asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    counts, errors = measure()
    print(f"reported speech: gold {counts['gold']}")
    print(f"content, Jaccard >= .5: recall {counts['found'] / counts['gold']:.3f}")
    print(f"speaker's head right, of those found: {counts['right speaker'] / max(counts['found'], 1):.3f}")
    print("\n".join(errors[: asked.errors]))


if __name__ == "__main__":
    main()
