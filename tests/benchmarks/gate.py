"""How much of the gold stands in sentences that are let through to the model: the gate must not lose facts.

Run `python tests/benchmarks/gate.py GOLD.jsonl ... [--errors N]` on gold files that hold the texts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from orchestration.parse.gate import worth_parsing
from orchestration.parse.sentences import cut_sentences


def main() -> None:
    """Print the recall, the share of words let in, and what was shut out where asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", nargs="+", type=Path)
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    for path in asked.gold:
        spans = held = words = let_in = 0
        errors = []
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            sentences = cut_sentences(record["text"])
            chosen = {s.index for s in worth_parsing(sentences)}
            words += sum(len(s.text.split()) for s in sentences)
            let_in += sum(len(s.text.split()) for s in sentences if s.index in chosen)
            facts = [m["evidence"] for m in record["meetings"]] + [s["content"] for s in record["statements"]]
            for fact in facts:
                inside = [s for s in sentences if s.start < fact["end"] and fact["start"] < s.end]
                spans += 1
                held += any(s.index in chosen for s in inside)
                if not any(s.index in chosen for s in inside):
                    errors.append(f"{record['id']} {len(chosen)}/{len(sentences)} {[s.text[:150] for s in inside]}")
        print(f"{path.name}: {held} of {spans} spans let in ({held / spans:.3f}), {let_in / words:.2f} of the words")
        print("\n".join(errors[: asked.errors]))


if __name__ == "__main__":
    main()
