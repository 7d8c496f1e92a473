"""Offices and the names beside them: "Russian Foreign Minister Sergei Lavrov", "Xi Jinping, China's president".

Belongs here: where an office, its party and its name begin and end in the text. Does not belong here: which mentions
are one person (`people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.parse.reading import PartyMention
from orchestration.reference.phrases import PhraseIndex, lowered_words_of, words_of
from orchestration.reference.tables import table

QUALIFYING_HEADS = frozenset({"chief", "general", "head"})
AFTER_OFFICE = frozenset(
    {"of", "for", "and", "or", "in", "at", "on", "to", "by", "with", "from", "who", "that", "as", "is", "was", "has"}
    | {"had", "said", "says", "told", "will", "would", "also"}
)
SHORT = frozenset({"pm", "fm", "dpm", "eam"})
"""Offices that are written in capitals when they are meant."""
NAMELIKE = frozenset({"Prince", "King", "Amir", "Emir", "Sultan"})
"""Offices that are parts of names after another office: "Foreign Minister Prince Faisal"."""
JOINERS = frozenset({"and", "of", "for", "&", "the"})
ANYBODY = frozenset({"general", "head", "chief", "director", "governor", "chairman", "delegate", "commander", "chair"})
POSTED = frozenset({"ambassador", "envoy", "representative", "consul"})
MONTHS = frozenset({"Jan", "Jun", "Mar", "May"})
"""Months that are also parts of personal names."""
SUFFIXES = frozenset({"Jr", "Sr", "II", "III"})
OPENING_PARTICLES = frozenset({"al", "el", "bin", "ibn", "von", "van", "de", "d"})
HONORIFIC = re.compile(r"^(?:(?:H\.\s?E|E|Mr|Mrs|Ms|Dr)\.\s*)+")
LONGEST_NAME = 7
WRAPPED = re.compile(r"(?m)^(.{45,100}[\w,])\n(?=[\w\"“(])")


@lru_cache(maxsize=1)
def _office_phrases() -> PhraseIndex[str]:
    return PhraseIndex((row["word"], row["is"]) for row in table("office_words"))


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(row["particle"] for row in table("name_particles"))


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Capitalised words that begin no name."""
    return frozenset(row["word"] for row in table("not_names"))


@lru_cache(maxsize=1)
def _body_nouns() -> frozenset[str]:
    """Nouns that end the name of a body: "Federal Security Service"."""
    return frozenset(row["noun"] for row in table("body_nouns"))


@lru_cache(maxsize=1)
def title_words() -> frozenset[str]:
    """Capitalised words that begin an office or a title."""
    phrases = [row["word"] for row in table("office_words") if row["is"] != "joiner"]
    return frozenset(phrase.split()[0].capitalize() for phrase in phrases)


@lru_cache(maxsize=1)
def _field_words() -> frozenset[str]:
    """Words that make up an office's field, capitalised."""
    phrases = [row["word"] for row in table("office_words") if row["is"] in {"modifier", "topic"}]
    return frozenset(part.title() for phrase in phrases for part in phrase.split())


@dataclass(slots=True)
class PersonText:
    """A person at one place of the text, before mentions are put together.

    `is_plain` where only the office stands; `is_definite` where "the" stands before it.
    """

    start: int
    end: int
    name: str | None
    role: str | None
    party: str | None
    is_plain: bool = False
    is_definite: bool = False


@dataclass(slots=True)
class _Office:
    """An office as a range of words; `left` is where its party begins, `end` the word after its field."""

    start: int
    end: int
    text: str
    is_plural: bool
    is_title: bool
    party: str | None = None
    left: int = 0


class OfficeReader:
    """Reads offices and names in one text."""

    def __init__(self, text: str, parties: list[PartyMention]) -> None:
        self.text = _unwrapped(text)
        self.words = words_of(text)
        self.lowered = lowered_words_of(text)
        at = {w.start: i for i, w in enumerate(self.words)}
        until = {w.end: i + 1 for i, w in enumerate(self.words)}
        self.party_from: dict[int, tuple[int, PartyMention]] = {}
        self.party_to: dict[int, tuple[int, PartyMention]] = {}
        self.in_party: set[int] = set()
        for mention in parties:
            if mention.is_group or not mention.parties or mention.start not in at or mention.end not in until:
                continue
            first, last = at[mention.start], until[mention.end]
            self.party_from[first] = (last, mention)
            if self.word(first).lower() == "the" and last - first > 1:
                self.party_from.setdefault(first + 1, (last, mention))
            self.party_to[last] = (first, mention)
            self.in_party.update(range(first, last))

    def word(self, index: int) -> str:
        """The word at an index, empty outside the text."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands between word `index - 1` and word `index`."""
        if not 0 < index < len(self.words):
            return "\n"
        return self.text[self.words[index - 1].end : self.words[index].start]

    def cut(self, start: int, end: int) -> str:
        """The text from word `start` to before word `end`."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def office_word(self, index: int) -> tuple[int, str] | None:
        """The word or phrase of an office at an index: the word after it, and its kind."""
        hit = _office_phrases().at(self.lowered, index) if 0 <= index < len(self.words) else None
        is_hour = hit is not None and self.lowered[index].text in SHORT and not self.words[index].text.isupper()
        return None if is_hour else hit

    def people(self) -> list[PersonText]:
        """All people that stand with an office or a title, in order."""
        found: list[PersonText] = []
        index, last_role = 0, None
        while index < len(self.words):
            office = None if index in self.in_party else self._office(index)
            if office is None or (self.word(index - 1) == "-" and self.gap(index) == ""):
                index += 1
                continue
            after = self._party_of(office)
            served = None if office.is_title else self._another_holder(after)
            if served is not None:
                office.party = office.party or served[1]
                after = served[0]
            role = None if office.is_title else " ".join(office.text.split())
            if role and role.lower().endswith("counterpart"):
                role = last_role
            named = self._named(office, after, role)
            if named:
                found += named
                last_role = named[-1].role or last_role
                ends = named[-1].end
                while index < len(self.words) and self.words[index].start < ends:
                    index += 1
                continue
            index = max(after if served else office.end, index + 1)
            if office.is_title or office.is_plural:
                continue
            alone = self._without_name_after(office, after, role)
            if alone is not None:
                found = [f for f in found if f.end <= alone.start or f.name is None or alone.name is None]
                found.append(alone)
            last_role = role or last_role
        return found

    def _named(self, office: _Office, after: int, role: str | None) -> list[PersonText]:
        """The name or names that follow an office."""
        here = after + (self.word(after) == "." and office.is_title)
        comma = self.word(here) in {",", "-"} and not office.is_title and self.gap(here + 1) != ""
        here += comma
        if comma and (second := self._office(here)) is not None and not second.is_title and not second.is_plural:
            here = second.end
        while (title := self.office_word(here)) is not None and title[1] == "title" and "\n" not in self.gap(here):
            here = title[0] + (self.word(title[0]) == ".")
        name = self.name_at(here, least=2 if comma else 1) if "\n" not in self.gap(here) else None
        if name is None or (comma and self.word(name[0]) in {"of", "'"}):
            return []
        found = [self._person_text(office.left, here, name, office, role)]
        while office.is_plural and self.word(found_end := self._after(found[-1])) in {",", "and", "&"}:
            step = found_end + 1
            step += self.word(step) in {"and", "&"}
            another = self.name_at(step)
            if another is None:
                break
            found.append(self._person_text(step, step, another, office, role))
        shared = self._parties_before(office.start) if len(found) > 1 else []
        if len(shared) == len(found):
            for person, party in zip(found, shared, strict=True):
                person.party = party
        return found

    def _parties_before(self, index: int) -> list[str]:
        """The parties enumerated right before an office in the plural: "the Chinese and Indian foreign ministers"."""
        parties: list[str] = []
        while (beside := self._party_before(index)) is not None:
            parties.insert(0, beside[1].parties[0])
            index = beside[0] - 1
            if self.word(index) not in {"and", ",", "&"}:
                break
            index -= self.word(index - 1) == ","
        return parties

    def _person_text(
        self, left: int, first: int, name: tuple[int, str], office: _Office, role: str | None
    ) -> PersonText:
        """The person of a name that stands after an office, with "of Germany" behind it."""
        party, end = office.party, name[0]
        if self.word(end) in {"of", "from"} and (party is None or office.is_plural):
            country = self._party_after(end)
            if country is not None:
                party, end = country[1].parties[0], country[0]
        single = _singular(role) if role and office.is_plural else role
        start, until = self.words[left].start, self.words[end - 1].end
        return PersonText(start, until, HONORIFIC.sub("", name[1]), single, party)

    def _after(self, person: PersonText) -> int:
        """The first word after a person's mention."""
        return next((i for i, word in enumerate(self.words) if word.start >= person.end), len(self.words))

    def _without_name_after(self, office: _Office, after: int, role: str | None) -> PersonText | None:
        """An office with its name before it, or with none."""
        before = office.left
        determiner = self.word(before - 1).lower()
        if determiner in {"the", "a", "an", "its", "his", "their", "her", "then"}:
            before -= 1
        earlier = self.name_before(before - 1) if self.word(before - 1) in {",", "("} else None
        end = self.words[after - 1].end
        if earlier is not None and self.word(earlier[0] - 1) in {"of", "in", "at", "from"} and office.party is None:
            earlier = None
        if earlier is not None and (" " in earlier[1] or office.party):
            return PersonText(self.words[earlier[0]].start, end, HONORIFIC.sub("", earlier[1]), role, office.party)
        head = office.text.lower().split()[-1]
        definite = determiner == "the"
        if office.party is None and (not definite or head in ANYBODY):
            return None
        return PersonText(self.words[before].start, end, None, role, office.party, True, definite)

    def _office(self, index: int) -> _Office | None:
        """The office that begins with word `index`: qualifiers, head, field, and a second office joined to it."""
        here, head_end, kind = index, 0, ""
        while here == index or "\n" not in self.gap(here):
            hit = self.office_word(here)
            if hit is None:
                if here > index and self.word(here) in {"-", "and", "&", "/"} and self.office_word(here + 1):
                    here += 1
                    continue
                break
            kind = hit[1]
            if kind == "head" and self.lowered[here].text in QUALIFYING_HEADS and self._continues(hit[0]):
                kind = "modifier"
            if kind in {"head", "plural"} or (kind == "title" and here == index):
                head_end = hit[0]
                break
            if kind not in {"former", "modifier"}:
                break
            here = hit[0]
        if not head_end or self._is_part_of_a_body(head_end, kind):
            return None
        if kind != "title":
            head_end = self._field(head_end)
            if self.word(head_end) in {"and", "&", "/"} and kind != "plural" and self.word(index - 1).lower() != "the":
                second = self._office(head_end + 1)
                if second is not None and not second.is_title and not second.is_plural:
                    head_end = second.end
        return _Office(index, head_end, self.cut(index, head_end), kind == "plural", kind == "title", left=index)

    def _heads(self, index: int) -> bool:
        """True where an office stands whose holder is somebody else: "spokesman for President Putin"."""
        office = self._office(index)
        return office is not None and not office.is_title and self.name_at(office.end) is not None

    def _another_holder(self, index: int) -> tuple[int, str | None] | None:
        """The person whom an office serves, in "chief of staff for President Putin": the word after, and the party."""
        if self.word(index) not in {"for", "to", "of"}:
            return None
        country = self._party_after(index)
        here = country[0] if country is not None else index + 1
        if not self._heads(here) or (self.word(index) == "of" and country is not None):
            return None
        office = self._office(here)
        name = self.name_at(office.end) if office is not None else None
        return (name[0], country[1].parties[0] if country else None) if name is not None else None

    def _is_part_of_a_body(self, index: int, kind: str) -> bool:
        """True for "Premier League" and "head coach", where the word of an office is none."""
        following = self.word(index)
        if self.gap(index) != " ":
            return False
        if following in _body_nouns() and kind != "title":
            return True
        return self.word(index - 1) in QUALIFYING_HEADS and following.islower() and following not in AFTER_OFFICE

    def _continues(self, index: int) -> bool:
        """True where another word of an office follows directly: "chief nuclear negotiator"."""
        following = self.office_word(index)
        return following is not None and following[1] in {"head", "plural", "modifier"} and self.gap(index) == " "

    def _field(self, index: int) -> int:
        """Where the field of an office ends ("of State", "for Foreign Affairs"), or `index` where none follows."""
        if self.word(index) == "-" and self.word(index + 1).lower() in {"general", "designate", "elect"}:
            index += 2
        if self.word(index) == "of" and self.word(index + 1).lower() == "state":
            index += 2
        if self.word(index - 1).lower() in POSTED and self.word(index) in {"in", "at", "to"}:
            country = self._party_after(index)
            if country is None and self.word(index + 1).istitle():
                index += 2
        while self.word(index).lower() in {"of", "for", "to", "on"}:
            country = self._party_after(index)
            if country is not None and self._heads(country[0]):
                break
            if self.word(index).lower() != "of" and country is not None and country[1].how != "demonym":
                index = self._words_of_field(country[0], country[0])
                continue
            end = self._words_of_field(index + 1, index)
            end = max(end, self._body(index + 1) or index)
            if end == index:
                break
            index = end
        return index

    def _body(self, index: int) -> int | None:
        """Where the name of a body that begins at a word ends: "the Federal Security Service"."""
        here = index + (self.word(index).lower() == "the")
        if here in self.party_from and self.party_from[here][1].how != "demonym":
            return None
        end = None
        while here < len(self.words) and (self.word(here)[:1].isupper() or self.word(here) in JOINERS):
            joins_fields = self.word(here - 1) in _field_words() | _body_nouns()
            if self.word(here) in {"and", "&"} and not joins_fields:
                break
            if self.gap(here).strip() or (here > index and "\n" in self.gap(here)):
                break
            if here in self.party_from and self.party_from[here][1].how != "demonym":
                break
            here += 1
            if self.word(here - 1) in _body_nouns():
                end = here
        return end

    def _words_of_field(self, here: int, end: int) -> int:
        """The word after the run of field words that begins at `here`; `end` where there is none."""
        while here < len(self.words):
            if here in self.party_from and self.party_from[here][1].how != "demonym":
                break
            hit = self.office_word(here)
            if hit is not None and hit[1] in {"modifier", "topic", "joiner"}:
                here = hit[0]
                end = here if hit[1] != "joiner" else end
            elif here in self.party_from and self.office_word(self.party_from[here][0]) is not None:
                here = self.party_from[here][0]
            elif self.word(here) in {",", "&", "-"} and self.office_word(here + 1):
                here += 1
            else:
                break
        return end

    def _party_after(self, index: int) -> tuple[int, PartyMention] | None:
        """The party that follows word `index`, "the" between: the word after it, and its mention."""
        here = index + 1
        if self.word(here).lower() == "the" and here not in self.party_from:
            here += 1
        return self.party_from.get(here)

    def _party_of(self, office: _Office) -> int:
        """Sets the party that stands beside the office; returns the word after all that belongs to the office."""
        left = office.start
        for _ in range(4):
            # "The president of A and Prime Minister B": what stands before "and" has its own office.
            beside = None if self.word(left) in {"and", "&"} else self._party_before(left)
            if beside is not None:
                state = self._party_before(beside[0])
                if beside[1].how == "organisation" and state is not None and self._posted(office):
                    beside = state
                office.left, office.party = beside[0], beside[1].parties[0]
                if left < office.start:
                    office.start, office.text = left, self.cut(left, office.end)
                break
            before = self.word(left - 1)
            if not (before.istitle() or before in {"and", "&"}) or before in not_names() - _field_words():
                break
            if "\n" in self.gap(left):
                break
            left -= 1
        if self.word(office.end) in {"of", "from", "for"}:
            country = self._party_after(office.end)
            is_whose = self.word(office.end) != "for" or "spokes" in office.text.lower()
            if country is not None and is_whose and not self._heads(country[0]):
                office.party = office.party or country[1].parties[0]
                return country[0]
        return office.end

    def _posted(self, office: _Office) -> bool:
        """True for the offices that a state sends to an organisation."""
        return office.text.lower().split()[-1] in POSTED

    def _party_before(self, index: int) -> tuple[int, PartyMention] | None:
        """The party right before word `index`, as adjective, possessive or with its abbreviation in brackets."""
        if self.word(index - 1) == "s" and self.word(index - 2) == "'":
            index -= 2
        elif self.word(index - 1) == "'":
            index -= 1
        elif self.word(index - 1) == ")" and self.word(index - 3) == "(":
            full, short = self.party_to.get(index - 3), self.party_to.get(index - 1)
            return full or (None if short is None else (index - 3, short[1]))
        return self.party_to.get(index)

    def name_at(self, index: int, least: int = 1) -> tuple[int, str] | None:
        """The personal name that begins with word `index`: the word after it, and the name."""
        here, parts = index, 0
        while here < len(self.words) and parts < LONGEST_NAME:
            gap = self.gap(here) if here > index else ""
            if gap.strip(" \u00a0") or "\n" in gap:
                break
            step = self._part_of_name(here, parts, tight=here > index and gap == "")
            if step is None:
                break
            here, parts = here + step[0], parts + step[1]
        if parts < least or here == index or self.word(here - 1) in _body_nouns():
            return None
        return here, _without_repetition(" ".join(self.cut(index, here).split()))

    def _part_of_name(self, here: int, parts: int, *, tight: bool) -> tuple[int, int] | None:
        """How many words the next part of a name takes and whether it counts as one; None where the name is over."""
        word, following = self.word(here), self.word(here + 1)
        if parts:
            joins = word in {"-", "'"} and tight and self.gap(here + 1) == "" and following[:1].isalpha()
            if joins:
                return None if word == "'" and following in {"s", "S"} else (2, 0)
            if word == "." and tight:
                return (1, 0) if len(self.word(here - 1)) == 1 or self.word(here - 1) in SUFFIXES else None
            if self.word(here - 1) in SUFFIXES or self.word(here - 2) in SUFFIXES:
                return None
            if word in SUFFIXES or (word == "," and following in SUFFIXES):
                return 1, 0
        if word.lower() in _particles() and (parts or word.lower() in OPENING_PARTICLES):
            skip = 2 if following in {"-", "'"} else 1
            if self.word(here + skip)[:1].isupper() or self.word(here + skip) in _particles():
                return skip, int(word[0].isupper())
        if not word[:1].isupper() or not word[0].isalpha():
            return None
        hyphenated = following == "-" and self.gap(here + 1) == "" and self.gap(here + 2) == ""
        is_month = word in MONTHS and (parts > 0 or following.istitle()) and following not in not_names()
        is_initial = parts > 0 and len(word) == 1 and following == "."
        if word in not_names() and not is_month and not is_initial and not (parts and hyphenated):
            return None
        if here in self.party_from and not (parts == 0 and self.party_from[here][0] == here + 1 and hyphenated):
            return None
        office = self.office_word(here)
        if office is not None and office[1] in {"head", "plural", "title"} and word not in NAMELIKE:
            return None
        if parts == 0 and len(word) in {2, 3} and word.isupper() and not following.istitle():
            return None
        return 1, 1

    def name_before(self, index: int) -> tuple[int, str] | None:
        """The personal name that ends right before word `index`: its first word, and the name."""
        for start in range(max(0, index - LONGEST_NAME - 1), index):
            before = self.word(start - 1)
            if before[:1].isupper() and self.gap(start) in {" ", ""}:
                office = self.office_word(start - 1)
                if office is None or office[1] not in {"head", "title"}:
                    continue
            hit = self.name_at(start)
            if hit is not None and hit[0] == index:
                return start, hit[1]
        return None


def _unwrapped(text: str) -> str:
    """A text with a space for each line break inside a sentence, where lines are wrapped at a fixed width."""
    return WRAPPED.sub(lambda line: line.group(1) + " ", text)


def _without_repetition(name: str) -> str:
    """A name up to where it begins again, as pages print it that set a surname-first index entry behind a name."""
    words = name.split()
    again = next((i for i, word in enumerate(words) if word in words[:i]), len(words))
    return " ".join(words[:again]) if len(words) > 2 else name


def _singular(role: str) -> str:
    """An office in the singular."""
    return re.sub(r"ies$", "y", role) if role.endswith("ies") else role.removesuffix("s")
