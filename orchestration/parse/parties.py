"""Who acts as a party: states, organisations and movements by name, demonym, capital, government.

Belongs here: mentions of single parties and the publisher's own party. Does not belong here: groups and their members
(`groups`), people (`people`), places as places (`places`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from orchestration.parse.model import ArticleText
from orchestration.parse.reading import PartyMention, Sentence
from orchestration.reference.phrases import PhraseIndex, Word, says_any, words_of
from orchestration.reference.publishers import publisher_party
from orchestration.reference.tables import several, table

STATE_HOWS = frozenset({"name", "demonym", "people"})
HYPHENATED_PREFIXES = frozenset({"pro", "anti", "non", "inter", "intra", "ex", "trans", "cross", "mid"})
BORDERING = frozenset({"neighbouring", "neighboring", "bordering", "surrounding"})
_NEIGHBOURS = frozenset({"neighbours", "neighbors"})
_STATES = frozenset({"states", "countries", "nations", "powers", "governments"})
CAPITAL_AS_ACTOR_BEFORE = frozenset(
    {"between", "with", "by", "against", "urged", "urges", "pressed", "told", "accused", "accuses", "warned", "blamed"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a phrase of the tables stands for: a party and the way it is named, or nothing (`how` is `none`)."""

    party: str
    how: str


@lru_cache(maxsize=1)
def party_phrases() -> PhraseIndex[Named]:
    """Every phrase that names a party, and those that look like one but do not."""
    phrases: list[tuple[str, Named]] = [(row["phrase"], Named("", "none")) for row in table("not_parties")]
    phrases += [(row["phrase"], Named(row["party"], "government")) for row in table("government_bodies")]
    for row in table("organisations"):
        phrases += [(alias, Named(row["party"], row["kind"])) for alias in several(row["aliases"])]
    for row in table("countries"):
        code = row["code"]
        phrases += [(name, Named(code, "name")) for name in (row["name"], *several(row["aliases"]))]
        phrases += [(word, Named(code, "demonym")) for word in several(row["adjectives"])]
        phrases += [(word, Named(code, "people")) for word in several(row["people"])]
        phrases += [(city, Named(code, "capital")) for city in several(row["capital"])]
    capitals = [(phrase.upper(), named) for phrase, named in phrases if len(phrase) > 4 and named.how != "none"]
    return PhraseIndex([*phrases, *capitals])


@lru_cache(maxsize=1)
def _government_phrases() -> PhraseIndex[bool]:
    """Words for a government or a part of it; true where the phrase stands for one even without a country."""
    return PhraseIndex((row["phrase"], row["alone"] == "yes") for row in table("government_words"))


@lru_cache(maxsize=1)
def _place_cues() -> dict[str, frozenset[str]]:
    """Words before a name that make it a place, for countries and for capitals."""
    cues: dict[str, set[str]] = {}
    for row in table("place_cues"):
        cues.setdefault(row["applies"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in cues.items()}


@lru_cache(maxsize=1)
def _not_party_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in table("not_party_nouns"))


@lru_cache(maxsize=1)
def _all_adjectives() -> frozenset[str]:
    return frozenset(word for row in table("countries") for word in several(row["adjectives"]))


@lru_cache(maxsize=1)
def state_names() -> dict[str, str]:
    """The plain English name of each state, by its code."""
    return {row["code"]: row["name"] for row in table("countries")}


def _article_phrases(text: str) -> PhraseIndex[Named]:
    """Phrases that name a party only in an article that gives a reason to read them so."""
    return PhraseIndex(
        (row["phrase"], Named(row["party"], row["how"]))
        for row in table("contextual_parties")
        if says_any(text, several(row["needs"]))
    )


class _Finder:
    """The state of one search: the words of one article and what is known of it."""

    def __init__(self, article: ArticleText, sentences: list[Sentence]) -> None:
        self.text = article.text
        self.words = words_of(article.text)
        self.own = publisher_party(article.publisher, article.url)
        self.sentence_starts = {sentence.start for sentence in sentences}
        self.shouted = [
            s for s in sentences if sum(c.isupper() for c in s.text) > 0.6 * sum(c.isalpha() for c in s.text)
        ]
        self.excluded = {row["phrase"] for row in table("name_cues") if says_any(article.text, several(row["unless"]))}
        self.acting_capitals: set[int] = set()
        self.roles = _grammatical_roles(sentences)

    def word(self, index: int) -> str:
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands between word `index - 1` and word `index`."""
        if not 0 < index < len(self.words):
            return "\n"
        return self.text[self.words[index - 1].end : self.words[index].start]

    def hits(self) -> list[tuple[int, int, Named]]:
        """Phrases of the tables that stand in the text, longest first, abbreviations defined in the text included."""
        tables = (_article_phrases(self.text), party_phrases())
        found: list[tuple[int, int, Named]] = []
        index = 0
        self.country_ends: set[int] = set()
        while index < len(self.words):
            best = max(
                (hit for hit in (t.at(self.words, index) for t in tables) if hit), default=None, key=lambda h: h[0]
            )
            if best is None:
                index += 1
                continue
            found.append((index, best[0], best[1]))
            index = best[0]
            if best[1].how == "name":
                self.country_ends.add(index)
        return [*found, *self._abbreviations(found)]

    def _begins_longer(self, index: int, end: int) -> bool:
        """True for "the North" of "the North Korean leader"."""
        if self.word(index) not in {"the", "The"} or index + 1 >= len(self.words):
            return False
        longer = party_phrases().at(self.words, index + 1)
        return longer is not None and longer[0] > end

    def _abbreviations(self, found: list[tuple[int, int, Named]]) -> list[tuple[int, int, Named]]:
        """Later uses of `X (ABC)`, where X is a party and ABC no phrase of the tables."""
        taken = {i for start, end, _ in found for i in range(start, end)}
        defined: dict[str, Named] = {}
        for _, end, named in found:
            if self.word(end) == "(" and self.word(end + 2) == ")" and end + 1 not in taken and named.how != "none":
                short = self.word(end + 1)
                if short.isupper() and 2 <= len(short) <= 8:
                    defined[short] = named
        return [
            (i, i + 1, defined[word.text])
            for i, word in enumerate(self.words)
            if word.text in defined and i not in taken
        ]

    def is_shouted(self, word: Word) -> bool:
        return any(s.start <= word.start < s.end for s in self.shouted)

    def is_party(self, start: int, end: int, named: Named) -> bool:
        """False where the phrase is part of something else: a company, a paper, a sea, a person's name, a prefix."""
        phrase = self.text[self.words[start].start : self.words[end - 1].end]
        if named.how == "none" or phrase in self.excluded:
            return False
        if phrase == "US" and self.is_shouted(self.words[start]) and self.word(start - 1) != "THE":
            return False
        before, after = self.word(start - 1), self.word(end)
        if before == "-" and self.gap(start) == "" and self.word(start - 2).lower() in HYPHENATED_PREFIXES:
            return False
        if after == "-" and self.gap(end) == "" and self.gap(end + 1) == "" and self.word(end + 1).islower():
            return False
        if named.how in STATE_HOWS and after in _not_party_nouns() and self.gap(end) == " ":
            return False
        if named.how in STATE_HOWS and before == "of" and self.word(start - 2) in _not_party_nouns():
            return False
        if named.how == "organisation" and before in _all_adjectives() and self.gap(start) == " ":
            return False  # "the Russian Security Council" is a body of Russia
        if phrase in _personal_names():
            return not self._is_personal_name(start, end)
        return True

    def _is_personal_name(self, start: int, end: int) -> bool:
        """True for `Michael Jordan` and `Jordan Smith`, where another capitalised word adjoins that is no title."""
        before, after = self.words[start - 1] if start else None, self.words[end] if end < len(self.words) else None
        if before is not None and before.text == "of" and self.word(start - 2) in _title_words():
            return False  # "Prime Minister of India Narendra Modi"
        if after is not None and self.gap(end) == " " and after.text.istitle() and after.text not in _title_words():
            return True
        return (
            before is not None
            and self.gap(start) == " "
            and before.text.istitle()
            and before.start not in self.sentence_starts
            and before.text not in _title_words()
        )

    def how(self, start: int, end: int, named: Named) -> str | None:
        """The way the phrase names its party here; None for a capital that is only a place."""
        before = self.word(start - 1)
        if before.lower() == "the":
            before = self.word(start - 2)
        if named.how == "people":
            return "demonym"
        if named.how == "name":
            in_place = before.lower() in _place_cues()["country"]
            in_address = before == "," and self.word(start - 2).istitle() and self._closes_address(start, end)
            only_near = self.names_neighbours(start, end)
            return "location" if in_place or in_address or only_near else "name"
        if named.how == "capital":
            if not self._capital_acts(start, end):
                return None
            self.acting_capitals.add(end)
            return "capital"
        return named.how

    def names_neighbours(self, start: int, end: int) -> bool:
        """True for a country that only tells whose neighbours act: "the states neighbouring Ruritania"."""
        before = [word for back in (1, 2, 3, 4) if (word := self.word(start - back).lower()) != "the"] + ["", "", ""]
        if before[0] in BORDERING:
            return before[1] in _STATES
        if before[0] == "of" and (before[1] in _NEIGHBOURS or (before[1] in _STATES and before[2] in BORDERING)):
            return True
        after = [self.word(end + ahead).lower() for ahead in range(4)]
        return after[:2] == ["'", "s"] and bool({after[2], after[3]} & (_NEIGHBOURS | BORDERING))

    def _closes_address(self, start: int, end: int) -> bool:
        """True for the country of `Samarkand, Uzbekistan,` and not for a member of a list of countries."""
        return start - 1 not in self.country_ends and self.word(end) in {",", ".", "(", ")", ";", "-", "on", "to"}

    def _capital_acts(self, start: int, end: int) -> bool:
        """True where a capital stands for its government: possessive, between two capitals, subject or agent."""
        before, after = self.word(start - 1), self.word(end)
        following = self.word(end + 1)
        if before.lower() in _place_cues()["capital"]:
            return False
        if self.words[start].start in self.sentence_starts and after in {",", "(", "-"}:
            return False
        if after == "," and following.istitle() and party_phrases().at(self.words, end + 1) is not None:
            return False
        if after.istitle() and self.gap(end) == " ":
            return False
        if after == "'" and following == "s":
            return True
        role = self.roles.get(self.words[end - 1].start)
        if before in {"and", ","} and start - 1 in self.acting_capitals:
            return True
        if role == "compound":
            return False
        return role == "actor" or before.lower() in CAPITAL_AS_ACTOR_BEFORE

    def mention(self, start: int, end: int, named: Named) -> PartyMention | None:
        """The phrase as a mention, widened over `the` before and the word for the government after or before it."""
        if not self.is_party(start, end, named):
            return None
        how = self.how(start, end, named)
        if how is None:
            return None
        if how in {"name", "demonym", "movement", "organisation"}:
            index = end
            if self.word(index) == "'" and self.word(index + 1) == "s":
                index += 2
            for skipped in (0, 1):
                if index + skipped < len(self.words) and (not skipped or self.word(index).islower()):
                    body = _government_phrases().at(self.words, index + skipped)
                    if body is not None and self.gap(index) == " " and not self.is_office(body[0]):
                        end, how = body[0], how if how in {"movement", "organisation"} else "government"
                        break
        first = start - 1 if self.word(start - 1).lower() == "the" and self.gap(start).strip() == "" else start
        if self.word(first - 1) in {"of", "in"} and how in {"name", "location"}:
            for length in (5, 4, 3, 2, 1):
                body = _government_phrases().at(self.words, first - 1 - length) if first - 1 - length >= 0 else None
                if body is not None and body[0] == first - 1:
                    first, how = first - 1 - length, "government"
                    if self.word(first - 1).lower() == "the":
                        first -= 1
                    break
        at, until = self.words[first].start, self.words[end - 1].end
        return PartyMention(at, until, self.text[at:until], (named.party,), how)

    def is_office(self, index: int) -> bool:
        """True where a word of an office follows: the ministry of "Treasury Secretary" is part of the office."""
        return self.gap(index) == " " and self.word(index).lower() in _office_heads()

    def unnamed_governments(self, mentions: list[PartyMention]) -> list[PartyMention]:
        """`the government`, `the ministry` without a country: the publisher's own, else the state named last."""
        found: list[PartyMention] = []
        taken = [(m.start, m.end) for m in mentions]
        for index, word in enumerate(self.words):
            if word.text not in {"the", "The"}:
                continue
            body = _government_phrases().at(self.words, index + 1) if index + 1 < len(self.words) else None
            if body is None or not body[1] or self.word(body[0]) == "of":
                continue
            start, end = word.start, self.words[body[0] - 1].end
            if any(s < end and start < e for s, e in taken):
                continue
            before = [m for m in mentions if m.end <= start and m.how not in {"organisation", "text"}]
            governments = [m for m in before if m.how == "government"]
            said = (governments or before)[-1:] if not self.own else []
            parties = said[0].parties if said else ((self.own,) if self.own else ())
            if parties:
                found.append(PartyMention(start, end, self.text[start:end], parties, "government"))
        return found


@lru_cache(maxsize=1)
def _office_heads() -> frozenset[str]:
    return frozenset(row["word"] for row in table("office_words") if row["is"] == "head")


@lru_cache(maxsize=1)
def _personal_names() -> frozenset[str]:
    """Country names that are also given names or surnames."""
    return frozenset(row["phrase"] for row in table("name_cues")) | {"Israel", "Kenya", "Holland", "Ireland", "India"}


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    """Capitalised words that stand beside a country's name without being part of a person's."""
    offices = (word for row in table("office_words") for word in row["word"].split())
    return (
        frozenset(word.title() for word in offices) | _all_adjectives() | {"The", "In", "And", "Of", "For", "To", "If"}
    )


def _is_shouted(text: str) -> bool:
    """True for a sentence mostly in capitals."""
    return sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text)


def _grammatical_roles(sentences: list[Sentence]) -> dict[int, str]:
    """What a proper noun does in its sentence, by its place: `actor` (subject, object), `compound`, or absent."""
    roles: dict[int, str] = {}
    for sentence in sentences:
        for token in sentence.spacy or ():
            if token.pos_ != "PROPN":
                continue
            head = token
            while head.dep_ == "conj" and head.head.i != head.i:
                head = head.head
            if head.dep_ in {"nsubj", "nsubjpass"} or (head.dep_ in {"dobj", "dative"} and head.head.pos_ == "VERB"):
                roles[token.idx + sentence.shift] = "actor"
            elif head.dep_ in {"compound", "nmod", "amod"}:
                roles[token.idx + sentence.shift] = "compound"
    return roles


def find_parties(article: ArticleText, sentences: list[Sentence]) -> list[PartyMention]:
    """Every mention of a single party, in order, none overlapping another; `groups` adds the collective ones.

    A country that is only named as a place ("in Uzbekistan") has `how` `location`.
    """
    finder = _Finder(article, sentences)
    mentions = sorted(
        (m for m in (finder.mention(*hit) for hit in finder.hits()) if m is not None), key=lambda m: (m.start, -m.end)
    )
    kept: list[PartyMention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return sorted([*kept, *finder.unnamed_governments(kept)], key=lambda m: m.start)
