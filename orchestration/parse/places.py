"""Place names and the country that each lies in.

Does not belong here: countries as actors (`parties`).
"""

from __future__ import annotations

from orchestration.parse.reading import PlaceMention, Sentence
from orchestration.reference.gazetteer import country_of_place, place_phrases
from orchestration.reference.phrases import words_of

LOCATIVE = frozenset({"in", "at", "to", "from", "near", "outside", "visit", "visited", "visiting", "of", "off", "for"})


def find_places(text: str, sentences: list[Sentence]) -> list[PlaceMention]:
    """Every place name of the text, in order."""
    words = words_of(text)
    starts = {sentence.start for sentence in sentences}
    found: list[PlaceMention] = []
    for first, end, place in place_phrases().find(words):
        before = words[first - 1].text if first else ""
        start, until = words[first].start, words[end - 1].end
        joined = first > 0 and before[:1].isupper() and text[words[first - 1].end : start] == " "
        if not place.is_country and (place.is_doubtful or joined) and before.lower() not in LOCATIVE:
            in_dateline = start in starts and end < len(words) and words[end].text in {",", "(", "-"}
            after_city = before == "," and found and found[-1].end == words[first - 1].start
            if not in_dateline and not after_city:
                continue
        name = text[start:until]
        found.append(PlaceMention(start, until, name, country_of_place(name, text, start), place.is_country))
    return found
