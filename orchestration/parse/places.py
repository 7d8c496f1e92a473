"""Place names and the country that each lies in.

Does not belong here: countries as actors (`parties`).
"""

from __future__ import annotations

from orchestration.parse.reading import PlaceMention, Sentence


def find_places(text: str, sentences: list[Sentence]) -> list[PlaceMention]:
    """Every place name of the text, in order."""
    return []
