"""Place names and the country that each lies in.

Does not belong here: countries as actors (`parties`), the gazetteer itself (`orchestration.reference.gazetteer`).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.parse.offices import not_names, title_words
from orchestration.parse.reading import PlaceMention, Sentence
from orchestration.reference.gazetteer import country_of_place, place_phrases
from orchestration.reference.phrases import Word, words_of

LOCATIVE = frozenset({"in", "at", "near", "outside", "visit", "visited", "visiting"})
DIRECTIONAL = frozenset({"to", "from", "of", "off", "for", "via", "leaving", "left"})


def find_places(text: str, sentences: list[Sentence]) -> list[PlaceMention]:
    """Every place name of the text, in order.

    A name that is also a small town's or stands beside another capitalised word counts only where the words around make
    it a place: after "in" or "visited", in a dateline, joined to another place.
    """
    words = words_of(text)
    starts = {sentence.start for sentence in sentences}
    found: list[PlaceMention] = []
    for first, end, place in place_phrases().find(words):
        if not place.is_country:
            begins_name = place.is_city and _adjoins_a_name(text, words, end - 1, end)
            is_joined = _adjoins_a_name(text, words, first - 1, first, before=True)
            if begins_name or (place.is_doubtful and words[first].text in not_names() and end == first + 1):
                continue
            stands = _stands_as_place(text, words, first, end, starts, found)
            after_direction = first > 0 and words[first - 1].text.lower() in DIRECTIONAL
            if (place.is_doubtful or is_joined) and not stands and (place.is_doubtful or not after_direction):
                continue
        start, until = words[first].start, words[end - 1].end
        name = text[start:until]
        found.append(PlaceMention(start, until, name, country_of_place(name, text, start), place.is_country))
    return found


def _adjoins_a_name(text: str, words: Sequence[Word], left: int, right: int, *, before: bool = False) -> bool:
    """True where a capitalised word beside may make the place a part of another name."""
    if left < 0 or right >= len(words) or text[words[left].end : words[right].start] != " ":
        return False
    beside = words[left if before else right].text
    return beside[:1].isupper() and beside not in not_names() and beside not in title_words()


def _stands_as_place(
    text: str, words: Sequence[Word], first: int, end: int, starts: set[int], found: list[PlaceMention]
) -> bool:
    """True where the words around make a name a place."""
    before = words[first - 1].text if first else ""
    after = words[end].text if end < len(words) else ""
    if before.lower() in LOCATIVE:
        return True
    if words[first].start in starts and after in {",", "(", "-"}:
        return True
    joined = text[found[-1].end : words[first].start].strip() if found else None
    return joined in {",", "and", ", and", "or", "&"}
