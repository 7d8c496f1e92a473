"""Groups and their members: "the two sides", "all parties", "the foreign ministers of China and Iran", "we".

Belongs here: which parties an article is mainly about, and what a collective word stands for. Does not belong here:
mentions of single parties (`parties`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orchestration.parse.model import ArticleText
from orchestration.parse.parties import find_parties, state_names
from orchestration.parse.people import headline_people, plain_headline
from orchestration.parse.reading import PartyMention, PersonMention, Reading, Sentence
from orchestration.reference.phrases import PhraseIndex, lowered_words_of, words_of
from orchestration.reference.publishers import publisher_party
from orchestration.reference.tables import Row, table

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
DETERMINERS = frozenset({"the", "both", "all", "these", "those", "our", "their", "each", "either", "of"})
POSSESSIVES = frozenset({"our", "their"})
JOINED = re.compile(
    r"\s*(?:,|and|&|,\s*and|or|as well as|along with|together with)\s*(?:of\s+)?(?:the\s+)?", re.IGNORECASE
)
ABOUT = re.compile(r"\b(?:on|about|regarding|concerning|following)\b")
ISSUED_TOGETHER = re.compile(
    r"\bjoint\s+(?:\w+\s+){0,2}(?:statement|communiqu[eé]|declaration|press|readout)", re.IGNORECASE
)
WE_FIRST = re.compile(r"\s*(?:1\.\s*)?We,")
TOOK_PART = re.compile(
    r"\b(?:participat|participants|attended|attendees|took part|were represented|was joined)", re.IGNORECASE
)
LONG_LIST = 5
OPENING_SENTENCES = 6
OPENING_CHARACTERS = 1500


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Parties named one after the other: "China, Russia, Pakistan and Iran"."""

    start: int
    end: int
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A group that the article spells out, with the last word of its noun: "ministers", "countries"."""

    end: int
    noun: str
    parties: tuple[str, ...]


@lru_cache(maxsize=1)
def _group_nouns() -> PhraseIndex[Row]:
    return PhraseIndex((row["noun"], row) for row in table("group_nouns"))


@lru_cache(maxsize=1)
def _modifiers() -> dict[str, bool]:
    """Words between determiner and group noun; true for one that makes it a group nobody can name."""
    return {row["word"]: row["closes"] == "yes" for row in table("group_modifiers")}


@lru_cache(maxsize=1)
def _collectives() -> PhraseIndex[str]:
    """Collective actors whose members are no fixed set."""
    phrases = [row["phrase"] for row in table("collective_texts")]
    return PhraseIndex((p, p) for p in [*phrases, *(p[0].upper() + p[1:] for p in phrases)])


def _distinct(parties: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parties))


def enumerations(text: str, mentions: Sequence[PartyMention]) -> list[Enumeration]:
    """Runs of different parties joined by commas and "and": two with a conjunction between, or three and more."""
    found: list[Enumeration] = []
    run: list[PartyMention] = []
    conjunctions = 0

    def close() -> None:
        parties = _distinct(p for m in run for p in m.parties)
        if len(parties) > 2 or (len(parties) == 2 and conjunctions):
            found.append(Enumeration(run[0].start, run[-1].end, parties))

    for mention in (m for m in mentions if not m.is_group and m.parties):
        between = text[run[-1].end : mention.start] if run else ""
        if run and JOINED.fullmatch(between):
            conjunctions += bool(re.search(r"\w|&", re.sub(r"\bthe\b", "", between)))
            run.append(mention)
            continue
        close()
        run, conjunctions = [mention], 0
    close()
    return found


class Cast:
    """The parties that an article is mainly about, to resolve what "both sides" or "the ministers" stand for."""

    def __init__(
        self,
        article: ArticleText,
        sentences: Sequence[Sentence],
        mentions: Sequence[PartyMention],
        people: Sequence[PersonMention],
    ) -> None:
        self.own = publisher_party(article.publisher, article.url)
        self.mentions = [m for m in mentions if not m.is_group and m.parties]
        self.lists = enumerations(article.text, self.mentions)
        self.sentences = list(sentences)
        self.states = sorted(_acting(self.mentions, people, bodies=False))
        self.all = sorted(_acting(self.mentions, people, bodies=True))
        self.counts = Counter(party for _, party in self.states)
        self.told: list[_Told] = []
        self.people = [m for m in people if m.party and m.role]
        self.main = self._headline(article) or self._opening()
        self.roll = self._roll()

    def parties_in(self, start: int, end: int) -> tuple[str, ...]:
        """The different parties that act between two offsets, in order; bodies only where there is but one state."""
        states = _distinct(party for at, party in self.states if start <= at < end)
        if len(states) > 1:
            return states
        return _distinct(party for at, party in self.all if start <= at < end)

    def _headline(self, article: ArticleText) -> tuple[str, ...]:
        """The parties of a headline that names two or more of them by people or as issuers of a joint text."""
        headline = plain_headline(article)
        if not headline.text:
            return ()
        people = headline_people(article, self.mentions)
        joint = ISSUED_TOGETHER.search(headline.text)
        topic = ABOUT.search(headline.text, joint.end() if joint else 0)
        until = topic.start() if topic else len(headline.text)
        mentions = find_parties(headline, []) if joint else []
        acting = _acting(mentions, people, bodies=True)
        parties = _distinct(party for at, party in sorted(acting) if at < until)
        if self.own and len(parties) == 1 and parties[0] != self.own:
            parties = (self.own, *parties)
        return parties if len(parties) > 1 else ()

    def _opening(self) -> tuple[str, ...]:
        """The parties of the first sentence that brings two or more together, else those named most."""
        for sentence in self.sentences[:OPENING_SENTENCES]:
            lists = [e for e in self.lists if sentence.start <= e.start < sentence.end and len(e.parties) > 2]
            here = self.parties_in(sentence.start, sentence.end)
            if lists:
                here = max(lists, key=lambda e: len(e.parties)).parties
            if self.own and here and self.own not in here:
                here = (self.own, *here)
            if len(here) > 1:
                return here
        top = [party for party, _ in self.counts.most_common(2)]
        if self.own and self.own not in top:
            top = [self.own, *top[:1]]
        return tuple(top) if len(top) > 1 else ()

    def _roll(self) -> tuple[str, ...]:
        """The parties of the sentence that lists who took part, where there is one."""
        for sentence in self.sentences:
            if not TOOK_PART.search(sentence.text):
                continue
            here = [m for m in self.mentions if sentence.start <= m.start < sentence.end and m.how != "location"]
            parties = _distinct(p for m in here for p in m.parties)
            if len(parties) >= LONG_LIST:
                return parties
        return ()

    def holders(self, office: str, at: int) -> tuple[str, ...]:
        """The parties of those who hold an office ("foreign minister") in what comes before an offset."""
        return _distinct(
            m.party
            for m in self.people
            if m.party and m.role and m.start < at and re.search(rf"\b{re.escape(office)}\b", m.role.lower())
        )

    def members(self, count: int | None, noun: str, at: int, office: str | None = None) -> tuple[str, ...]:
        """The members of a group of `count` parties (None where no number is told) mentioned at offset `at`.

        `office` is what its members are, in the singular, for a group of people.
        """
        holders = self.holders(office, at) if office else ()
        if len(holders) == (count or max(2, len(self.main))):
            return holders
        earlier = [t for t in self.told if t.end <= at and t.noun == noun]
        if count is None and noun == "participants" and self.roll:
            return _distinct([*self.main, *self.roll])
        if count is None:
            return earlier[-1].parties if earlier else self.main
        same = [t.parties for t in earlier if len(t.parties) == count]
        if same:
            return same[-1]
        return self._pair(at) if count == 2 else self._several(count, at)

    def _pair(self, at: int) -> tuple[str, ...]:
        """The two parties meant at an offset: just enumerated, the article's main two, else the two named last."""
        here = next((s for s in self.sentences if s.start <= at < s.end), None)
        pairs = [e for e in self.lists if e.end <= at and len(e.parties) == 2]
        if here is not None and pairs and pairs[-1].start >= here.start:
            return pairs[-1].parties
        if len(self.main) == 2:
            return self.main
        if pairs:
            return pairs[-1].parties
        for sentence in reversed([s for s in self.sentences if s.start <= at]):
            parties = self.parties_in(sentence.start, min(sentence.end, at))
            if self.own and len(parties) == 1 and parties[0] != self.own:
                parties = (self.own, *parties)
            if len(parties) == 2:
                return parties
        return ()

    def _several(self, count: int, at: int) -> tuple[str, ...]:
        """The parties of the nearest enumeration of that many, before the offset rather than after it."""
        fitting = [e for e in self.lists if len(e.parties) == count]
        before = [e for e in fitting if e.end <= at]
        if fitting:
            return (before[-1] if before else fitting[0]).parties
        if len(self.main) == count:
            return self.main
        return tuple(self.counts) if len(self.counts) == count else ()


@lru_cache(maxsize=1)
def _negotiating_bodies() -> frozenset[str]:
    """Organisations and movements that can be one of "both sides"."""
    return frozenset(row["party"] for row in table("organisations") if row["negotiates"] == "yes")


def _acting(mentions: Sequence[PartyMention], people: Sequence[PersonMention], *, bodies: bool) -> set[tuple[int, str]]:
    """Where which party acts, named or through a person: states, and where asked the bodies that negotiate."""
    named = {(m.start, p) for m in mentions for p in m.parties if m.how != "location"}
    spoken = {(m.start, m.party) for m in people if m.party}
    allowed = _negotiating_bodies() if bodies else frozenset()
    return {(at, party) for at, party in named | spoken if party in state_names() or party in allowed}


def find_groups(
    article: ArticleText,
    sentences: Sequence[Sentence],
    mentions: Sequence[PartyMention],
    people: Sequence[PersonMention],
) -> list[PartyMention]:
    """Mentions of groups in order, with the members that the article names, or none.

    A group that names its members ("the foreign ministers of China and Iran") overlaps their own mentions.
    """
    return _GroupReader(article, sentences, mentions, people).groups()


class _GroupReader:
    """Reads the groups of one text."""

    def __init__(
        self,
        article: ArticleText,
        sentences: Sequence[Sentence],
        mentions: Sequence[PartyMention],
        people: Sequence[PersonMention],
    ) -> None:
        self.text = article.text
        self.words = words_of(article.text)
        self.lowered = lowered_words_of(article.text)
        self.cast = Cast(article, sentences, mentions, people)
        self.lists_from = {e.start: e for e in self.cast.lists}
        self.lists_to = {e.end: e for e in self.cast.lists}
        self.single_from = {m.start: m for m in self.cast.mentions}
        self.single_to = {m.end: m for m in self.cast.mentions}

    def groups(self) -> list[PartyMention]:
        """All groups, none overlapping another."""
        found: list[PartyMention] = []
        index = 0
        while index < len(self.words):
            collective = _collectives().at(self.words, index)
            noun = _group_nouns().at(self.lowered, index)
            if collective is not None:
                group = self._mention(index, collective[0], ())
                index = collective[0]
                found += [group] if not found or group.start >= found[-1].end else []
            elif noun is not None:
                resolved = self._group(index, noun[0], noun[1])
                index = noun[0]
                if resolved is not None and (not found or resolved.start >= found[-1].end):
                    found.append(resolved)
            else:
                index += 1
        return found

    def word(self, index: int) -> str:
        return self.lowered[index].text if 0 <= index < len(self.words) else ""

    def _mention(self, first: int, last: int, parties: tuple[str, ...], end: int | None = None) -> PartyMention:
        """The group of words `first` to before `last`, or up to offset `end`."""
        start, until = self.words[first].start, self.words[last - 1].end if end is None else end
        how = "group" if parties else "text"
        return PartyMention(start, until, self.text[start:until], parties, how, is_group=True)

    def _group(self, index: int, last: int, noun: Row) -> PartyMention | None:
        """The group whose noun is words `index` to `last`, or None where nothing makes it one."""
        first, count, is_open, determiners = self._before(index)
        word = self.word(last - 1)
        spelled = self._spelled_out(first, last)
        if spelled is not None:
            self.cast.told.append(_Told(spelled.end, word, spelled.parties))
            return spelled if len(spelled.parties) > 1 else None
        if noun["counts"] == "each":
            return self._mention(first, last, self.cast.main) if determiners & {"each", "either", "both"} else None
        if not determiners and count is None:
            return None
        if determiners & POSSESSIVES and not noun["possessed"]:
            return None
        if not noun["alone"] and count is None and "both" not in determiners and "all" not in determiners:
            return None
        qualified = self.word(last) in {"to", "concerned", "involved", "in"} and word in {"parties", "sides"}
        if is_open or qualified or self.word(last) in {"that", "which", "whose", "who"}:
            return self._mention(first, last, ())
        if self.word(last) == "of" and self.word(last + 1) not in {"the", "both", "all"}:
            return self._mention(first, last, ())
        if self.word(last) == "of" and count is None:
            inner = self._inner_group(last + 1)
            return self._mention(first, last, inner) if inner else None
        phrase = " ".join(word.text for word in self.lowered[self._office_from(index) : last]).removesuffix("s")
        office = phrase if noun["counts"] == "people" else None
        return self._mention(first, last, self.cast.members(count, word, self.words[first].start, office))

    def _office_from(self, index: int) -> int:
        """Where the office of a group of people begins: at "vice" in "the two vice foreign ministers"."""
        while index and self.words[index - 1].text in _modifiers() and self.word(index - 1) not in NUMBERS:
            index -= 1
        return index

    def _before(self, index: int) -> tuple[int, int | None, bool, set[str]]:
        """What stands before a group noun: its first word, a number, whether it is open, its determiners."""
        first, count, is_open = index, None, False
        while first > 0:
            before = self.word(first - 1)
            if before in NUMBERS:
                count, first = NUMBERS[before], first - 1
            elif self.words[first - 1].text in _modifiers():
                is_open, first = is_open or _modifiers()[self.words[first - 1].text], first - 1
            else:
                break
        determiners: set[str] = set()
        while first > 0 and self.word(first - 1) in DETERMINERS:
            if self.word(first - 1) == "of" and self.word(first - 2) not in {"both", "all", "each"}:
                break
            first -= 1
            determiners.add(self.word(first))
        if "both" in determiners:
            count = 2
        return first, count, is_open, determiners

    def _spelled_out(self, first: int, last: int) -> PartyMention | None:
        """A group that names its members: "the ministers of China and Iran", "Chinese and Iranian officials"."""
        if self.word(last) == "of" and last + 1 < len(self.words):
            at = self.words[last + 1].start
            listed, single = self.lists_from.get(at), self.single_from.get(at)
            if listed is not None:
                return self._mention(first, last, listed.parties, listed.end)
            if single is not None:
                return self._mention(first, last, single.parties, single.end)
        end = self.words[first - 1].end if first else -1
        if self.word(first - 1) == "s" and self.word(first - 2) == "'":
            end = self.words[first - 3].end if first > 2 else -1
        left = self.lists_to.get(end) or self.single_to.get(end)
        if left is None or "\n" in self.text[left.end : self.words[first].start]:
            return None
        until = self.words[last - 1].end
        return PartyMention(left.start, until, self.text[left.start : until], left.parties, "group", is_group=True)

    def _inner_group(self, index: int) -> tuple[str, ...]:
        """The members of "the two countries" in "the foreign ministers of the two countries"."""
        for last in range(index + 1, min(index + 5, len(self.words))):
            noun = _group_nouns().at(self.lowered, last)
            if noun is None:
                continue
            group = self._group(last, noun[0], noun[1])
            return group.parties if group is not None else ()
        return ()


def joint_parties(reading: Reading) -> tuple[str, ...]:
    """The parties that "we" stands for: all who issue a joint text, else the publisher's own, else nobody.

    A joint text is one whose headline or first lines call it so, or whose first words are "We, …".
    """
    article, text = reading.article, reading.article.text
    cast = Cast(article, reading.sentences, reading.parties, reading.people)
    issued = ISSUED_TOGETHER.search(text, 0, OPENING_CHARACTERS)
    if issued is None and not ISSUED_TOGETHER.search(article.headline or "") and not WE_FIRST.match(text):
        return (cast.own,) if cast.own else ()
    if issued is not None:
        end = next((s.end for s in reading.sentences if s.start <= issued.end() <= s.end), issued.end())
        issuers = _distinct(
            p for m in reading.parties if issued.end() <= m.start < end and m.how != "location" for p in m.parties
        )
        if len(issuers) > 1:
            return issuers
    groups = [m for m in reading.parties if m.is_group and m.start < OPENING_CHARACTERS]
    longest = max((m.parties for m in groups), key=len, default=())
    return longest if len(longest) > len(cast.main) else cast.main
