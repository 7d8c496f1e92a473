"""Groups and their members: "the two sides", "all parties", "the foreign ministers of China and Iran", "we".

Belongs here: which parties an article is mainly about, and what a collective word stands for. Does not belong here:
mentions of single parties (`parties`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from orchestration.parse.model import ArticleText
from orchestration.parse.reading import PartyMention, Reading, Sentence
from orchestration.reference.holders import holder_index
from orchestration.reference.phrases import PhraseIndex, Word, words_of
from orchestration.reference.publishers import publisher_party
from orchestration.reference.tables import table

NUMBERS = {
    word: n for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=2)
}
JOINED = re.compile(
    r"\s*(?:,|and|&|,\s*and|or|as well as|along with|together with)?\s*(?:of\s+)?(?:the\s+)?", re.IGNORECASE
)
ISSUED_TOGETHER = re.compile(
    r"\bjoint\s+(?:\w+\s+){0,2}(?:statement|communiqu[eé]|declaration|press|readout)", re.IGNORECASE
)
ORGANISATION_HOWS = frozenset({"organisation", "movement", "text"})


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Parties named one after the other: "China, Russia, Pakistan and Iran"."""

    start: int
    end: int
    parties: tuple[str, ...]


@lru_cache(maxsize=1)
def _group_nouns() -> PhraseIndex[str]:
    return PhraseIndex((row["noun"], row["counts"]) for row in table("group_nouns"))


@lru_cache(maxsize=1)
def _modifiers() -> dict[str, bool]:
    """Words between determiner and group noun; true for one that makes it a group nobody can name."""
    return {row["word"]: row["closes"] == "yes" for row in table("group_modifiers")}


@lru_cache(maxsize=1)
def _collectives() -> PhraseIndex[str]:
    """Collective actors whose members are no fixed set."""
    phrases = [row["phrase"] for row in table("collective_texts")]
    return PhraseIndex((p, p) for p in [*phrases, *(p[0].upper() + p[1:] for p in phrases)])


def _distinct(parties: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parties))


def enumerations(text: str, mentions: Sequence[PartyMention]) -> list[Enumeration]:
    """Runs of two or more different parties joined by commas and "and"."""
    found: list[Enumeration] = []
    run: list[PartyMention] = []
    single = [m for m in mentions if not m.is_group and m.parties]

    def close() -> None:
        parties = _distinct([p for m in run for p in m.parties])
        if len(parties) > 1:
            found.append(Enumeration(run[0].start, run[-1].end, parties))

    for mention in single:
        if run and JOINED.fullmatch(text[run[-1].end : mention.start]) and text[run[-1].end : mention.start].strip():
            run.append(mention)
            continue
        close()
        run = [mention]
    close()
    return found


def _holders_in(text: str, published: str | None, offset: int = 0) -> list[tuple[int, str]]:
    """Parties of the leaders and foreign ministers in office whose full names stand in the text."""
    words = words_of(text)
    return [
        (words[start].start + offset, holder.party)
        for start, _, holders in holder_index().find(words)
        for holder in holders
        if holder.serves(published)
    ]


class Cast:
    """The parties that an article is mainly about, to resolve what "both sides" or "the ministers" stand for."""

    def __init__(
        self, article: ArticleText, sentences: Sequence[Sentence], mentions: Sequence[PartyMention], own: str | None
    ) -> None:
        self.own = own
        self.mentions = [m for m in mentions if not m.is_group and m.parties]
        self.states = [m for m in self.mentions if m.how not in ORGANISATION_HOWS and m.how != "location"]
        self.lists = enumerations(article.text, self.mentions)
        self.sentences = list(sentences)
        named = [(m.start, p) for m in self.states for p in m.parties]
        self.acting = sorted({*named, *_holders_in(article.text, article.published)})
        self.counts = Counter(party for _, party in self.acting)
        self.main = self._main()

    def parties_in(self, start: int, end: int) -> tuple[str, ...]:
        """The different states that act or are named between two offsets, in order."""
        return _distinct([party for at, party in self.acting if start <= at < end])

    def _main(self) -> tuple[str, ...]:
        """The parties of the opening: the first sentence that brings two or more together."""
        for sentence in self.sentences[:6]:
            lists = [e for e in self.lists if sentence.start <= e.start < sentence.end and len(e.parties) > 2]
            here = self.parties_in(sentence.start, sentence.end)
            if lists:
                here = _distinct([*max(lists, key=lambda e: len(e.parties)).parties])
            if self.own and here and self.own not in here:
                here = (self.own, *here)
            if len(here) > 1:
                return here
        top = [party for party, _ in self.counts.most_common(2)]
        if self.own and self.own not in top:
            top = [self.own, *top[:1]]
        return tuple(top) if len(top) > 1 else ()

    def members(self, count: int | None, at: int) -> tuple[str, ...]:
        """The members of a group of `count` parties (None where no number is told) mentioned at offset `at`."""
        earlier = [e for e in self.lists if e.end <= at]
        if count is not None and count > 2:
            fitting = [e for e in reversed(earlier) if len(e.parties) == count] or [
                e for e in self.lists if len(e.parties) == count
            ]
            if fitting:
                return fitting[0].parties
            if len(self.main) == count:
                return self.main
            return tuple(self.counts) if len(self.counts) == count else ()
        if count == 2:
            here = next((s for s in self.sentences if s.start <= at < s.end), None)
            if here is not None:
                close = [e for e in earlier if e.start >= here.start and len(e.parties) == 2]
                if close:
                    return close[-1].parties
            if len(self.main) == 2:
                return self.main
            for sentence in reversed([s for s in self.sentences if s.start <= at]):
                parties = self.parties_in(sentence.start, min(sentence.end, at))
                if self.own and len(parties) == 1 and parties[0] != self.own:
                    parties = (self.own, *parties)
                if len(parties) == 2:
                    return parties
            return ()
        return self.main


def find_groups(
    article: ArticleText, sentences: Sequence[Sentence], mentions: Sequence[PartyMention], own: str | None
) -> list[PartyMention]:
    """Mentions of groups in order, with the members that the article names, or none."""
    text = article.text
    words = words_of(text)
    lowered = [Word(w.start, w.end, w.text.lower()) for w in words]
    cast = Cast(article, sentences, mentions, own)
    by_start = {e.start: e for e in cast.lists}
    starts = {m.start: m for m in cast.mentions}
    found: list[PartyMention] = []
    taken_until = -1
    index = 0
    while index < len(words):
        collective = _collectives().at(words, index)
        if collective is not None:
            start, end = words[index].start, words[collective[0] - 1].end
            found.append(PartyMention(start, end, text[start:end], (), "text", is_group=True))
            taken_until, index = end, collective[0]
            continue
        noun = _group_nouns().at(lowered, index)
        if noun is None or words[index].start < taken_until:
            index += 1
            continue
        last = noun[0]
        group = _read_group(text, words, index, last, cast, by_start, starts)
        if group is not None and (not found or group.start >= found[-1].end):
            found.append(group)
            taken_until = group.end
        index = last
    return found


def _read_group(
    text: str,
    words: list[Word],
    index: int,
    last: int,
    cast: Cast,
    by_start: dict[int, Enumeration],
    starts: dict[int, PartyMention],
) -> PartyMention | None:
    """The group whose noun is words `index` to `last`, or None where nothing makes it one."""
    first, count, closed, determined = index, None, False, False
    while first > 0:
        before = words[first - 1].text
        low = before.lower()
        if low in NUMBERS:
            count, first, determined = NUMBERS[low], first - 1, True
        elif before in _modifiers():
            closed, first = closed or _modifiers()[before], first - 1
        else:
            break
    while first > 0 and words[first - 1].text.lower() in {"the", "both", "all", "these", "those", "our", "their", "of"}:
        low = words[first - 1].text.lower()
        if low == "of" and not (first > 1 and words[first - 2].text.lower() in {"both", "all"}):
            break
        if low == "both":
            count = 2
        first, determined = first - 1, True
    start, end = words[first].start, words[last - 1].end
    after = words[last].text if last < len(words) else ""
    if after == "of" and last + 1 < len(words):
        at = words[last + 1].start
        named = by_start.get(at)
        if named is None and at in starts:
            single = starts[at]
            return PartyMention(start, single.end, text[start : single.end], single.parties, "group", is_group=True)
        if named is not None:
            return PartyMention(start, named.end, text[start : named.end], named.parties, "group", is_group=True)
    left = next((e for e in cast.lists if 0 <= words[first].start - e.end <= 1), None)
    if left is not None and not closed:
        return PartyMention(left.start, end, text[left.start : end], left.parties, "group", is_group=True)
    if not determined:
        return None
    if closed or (
        after in {"to", "concerned", "involved", "in"} and words[last - 1].text.lower() in {"parties", "sides"}
    ):
        return PartyMention(start, end, text[start:end], (), "text", is_group=True)
    return PartyMention(start, end, text[start:end], cast.members(count, start), "group", is_group=True)


def joint_parties(reading: Reading) -> tuple[str, ...]:
    """The parties that "we" stands for: all who issue a joint text, else the publisher's own, else nobody.

    A joint text is one whose headline or first lines call it so, or whose first words are "We, …".
    """
    article, text = reading.article, reading.article.text
    own = _own(reading)
    cast = Cast(article, reading.sentences, [m for m in reading.parties if not m.is_group], own)
    opening = f"{article.headline or ''}\n{text[:600]}"
    if ISSUED_TOGETHER.search(opening) or re.match(r"\s*(?:1\.\s*)?We,", text):
        groups = [m for m in reading.parties if m.is_group and len(m.parties) > 1 and m.start < 1500]
        longest = max((m.parties for m in groups), key=len, default=())
        return longest if len(longest) > len(cast.main) else cast.main
    return (own,) if own else ()


def _own(reading: Reading) -> str | None:
    return publisher_party(reading.article.publisher, reading.article.url)
