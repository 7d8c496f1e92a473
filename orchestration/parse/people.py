"""People with office and party, in any order of title and name, and their later mentions by surname or office.

Belongs here: names, roles, which party a person speaks for, and which mentions are one person. Does not belong here:
what people do, and parties as such (`parties`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from orchestration.parse.model import ArticleText
from orchestration.parse.parties import find_parties
from orchestration.parse.reading import PartyMention, PersonMention, Sentence
from orchestration.reference.holders import (
    FAMILY_NAME_FIRST,
    Holder,
    holder_index,
    holders_by_surname,
    plain,
    surname_of,
)
from orchestration.reference.phrases import PhraseIndex, Word, words_of
from orchestration.reference.publishers import publisher_party
from orchestration.reference.tables import table

FAMILY_NAME_EITHER = FAMILY_NAME_FIRST | {"JPN", "KHM", "LAO"}
MANY_HOLD = frozenset({"counterpart", "spokesman", "spokesperson", "spokeswoman", "envoy", "ambassador", "diplomat"})
QUALIFYING_HEADS = frozenset({"chief", "general", "head"})
LEADING = frozenset({"president", "prime minister", "chancellor", "premier"})
SUFFIXES = frozenset({"Jr", "Sr", "II", "III"})


@lru_cache(maxsize=1)
def _office_phrases() -> PhraseIndex[str]:
    return PhraseIndex((row["word"], row["is"]) for row in table("office_words"))


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(row["particle"] for row in table("name_particles"))


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("not_names"))


@dataclass(slots=True)
class _Person:
    """One person of the article, as far as it tells."""

    name: str
    role: str | None = None
    party: str | None = None
    keys: set[str] = field(default_factory=set)
    office: str | None = None
    seen: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Role:
    """An office in the text: word range, whether it stands in the plural, and the party named with it."""

    start: int
    end: int
    text: str
    plural: bool
    former: bool
    party: str | None = None
    left: int = 0
    is_title: bool = False


def normal_role(role: str | None) -> str:
    """A role in one form, to compare: "Minister of Foreign Affairs" and "foreign minister" agree."""
    low = (role or "").lower().replace("-", " ")
    low = re.sub(
        r"\bminister (?:of|for) (?:the )?(?:foreign|external) (?:affairs|relations)\b.*", "foreign minister", low
    )
    low = re.sub(r"\b(?:foreign affairs|external affairs) minister\b", "foreign minister", low)
    return re.sub(r"\bpremier\b", "prime minister", low).strip()


class _Reader:
    """Reads the people of one text."""

    def __init__(self, text: str, parties: list[PartyMention], day: str | None) -> None:
        self.text = text
        self.day = day
        self.words = words_of(text)
        self.lowered = [Word(w.start, w.end, w.text.lower()) for w in self.words]
        at = {w.start: i for i, w in enumerate(self.words)}
        until = {w.end: i + 1 for i, w in enumerate(self.words)}
        self.party_from: dict[int, tuple[int, PartyMention]] = {}
        self.party_to: dict[int, tuple[int, PartyMention]] = {}
        for mention in parties:
            if mention.is_group or not mention.parties or mention.start not in at or mention.end not in until:
                continue
            first, last = at[mention.start], until[mention.end]
            self.party_from[first] = (last, mention)
            if self.words[first].text.lower() == "the" and last - first > 1:
                self.party_from.setdefault(first + 1, (last, mention))
            self.party_to[last] = (first, mention)

    def word(self, index: int) -> str:
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        if not 0 < index < len(self.words):
            return "\n"
        return self.text[self.words[index - 1].end : self.words[index].start]

    def cut(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[end - 1].end]

    def office(self, index: int) -> tuple[int, str] | None:
        if index >= len(self.words):
            return None
        return _office_phrases().at(self.lowered, index)

    def role_at(self, index: int) -> _Role | None:
        """The office that begins with word `index`: qualifiers, head, field, and a second office joined to it."""
        here, head_end, plural, former, title = index, 0, False, False, False
        while True:
            hit = self.office(here)
            if hit is None:
                if (
                    here > index
                    and not head_end
                    and self.word(here) in {"-", "and", "&", "/"}
                    and self.office(here + 1)
                ):
                    here += 1
                    continue
                break
            kind = hit[1]
            if kind == "head" and self.words[here].text.lower() in QUALIFYING_HEADS and self._continues(hit[0]):
                kind = "modifier"
            if kind in {"head", "plural", "title"}:
                if kind == "title" and here > index:
                    break
                head_end, plural, title = hit[0], kind == "plural", kind == "title"
                break
            if kind == "former":
                former = True
            elif kind != "modifier":
                break
            here = hit[0]
        if not head_end:
            return None
        if not title:
            head_end = self._field(head_end)
            joined = self.word(head_end)
            if joined in {"and", "&", "/"} and not plural:
                second = self.role_at(head_end + 1)
                if second is not None and not second.is_title and not second.plural:
                    head_end = second.end
        return _Role(index, head_end, self.cut(index, head_end), plural, former, is_title=title, left=index)

    def _continues(self, index: int) -> bool:
        """True where another word of an office follows directly: "chief nuclear negotiator"."""
        following = self.office(index)
        return following is not None and following[1] in {"head", "plural", "modifier"} and self.gap(index) == " "

    def _field(self, index: int) -> int:
        """Where the field of an office ends ("of State", "for Foreign Affairs"), or `index` where none follows."""
        if self.word(index) == "-" and self.word(index + 1).lower() in {"general", "designate", "elect", "at"}:
            index += 2
        if self.word(index) == "of" and self.word(index + 1).lower() == "state":
            index += 2
        while self.word(index).lower() in {"of", "for", "to", "on"}:
            here = index + 1
            if self.word(index).lower() != "of" and self._after_party(here) is not None:
                here = self._after_party(here) or here
                while (hit := self.office(here)) and hit[1] in {"modifier", "topic"}:
                    here = hit[0]
                index = here
                continue
            end = None
            while True:
                if here in self.party_from and self.party_from[here][1].how != "demonym":
                    break
                hit = self.office(here)
                if hit is not None and hit[1] in {"modifier", "topic", "joiner"}:
                    here = hit[0]
                    end = here if hit[1] != "joiner" else end
                elif self.word(here) in {",", "&", "-"} and end is not None and self.office(here + 1):
                    here += 1
                else:
                    break
            if end is None:
                break
            index = end
        return index

    def _after_party(self, index: int) -> int | None:
        if self.word(index).lower() == "the" and index not in self.party_from:
            index += 1
        hit = self.party_from.get(index)
        return hit[0] if hit else None

    def party_of(self, role: _Role) -> int:
        """Sets the party that stands beside the office; returns the word after all that belongs to the office."""
        left = role.start
        steps = 0
        while steps <= 3:
            if left in self.party_to:
                first, mention = self.party_to[left]
                role.party, role.left = mention.parties[0], first
                break
            if self.word(left - 1) == "s" and self.word(left - 2) == "'" and left - 2 in self.party_to:
                first, mention = self.party_to[left - 2]
                role.party, role.left = mention.parties[0], first
                break
            if self.word(left - 1) == "'" and left - 1 in self.party_to:
                first, mention = self.party_to[left - 1]
                role.party, role.left = mention.parties[0], first
                break
            if self.word(left - 1) == ")" and self.word(left - 3) == "(" and left - 1 in self.party_to:
                first, mention = self.party_to[left - 1]
                role.party = mention.parties[0]
                role.left = self.party_to[left - 3][0] if left - 3 in self.party_to else first - 1
                break
            before = self.word(left - 1)
            if (
                not (before.istitle() or before in {"and", "&"})
                or before in _not_names() - _fields()
                or "\n" in self.gap(left)
            ):
                break
            left, steps = left - 1, steps + 1
        if role.party and left < role.start:
            role.start = left
            role.text = self.cut(left, role.end)
        end = role.end
        if self.word(end) in {"of", "from"}:
            after = self._after_party(end + 1)
            if after is not None:
                at = end + 1 if end + 1 in self.party_from else end + 2
                mention = self.party_from[at][1]
                if role.party is None:
                    role.party = mention.parties[0]
                end = after
        return end

    def name_at(self, index: int, least: int = 1) -> tuple[int, str] | None:
        """The personal name that begins with word `index`: the word after it, and the name."""
        here, parts = index, 0
        while here < len(self.words) and parts < 7:
            word = self.word(here)
            tight = here > index and self.gap(here) == ""
            if here > index and not tight and self.gap(here).strip(" \u00a0"):
                break
            if here > index and "\n" in self.gap(here):
                break
            if (
                word in {"-", "'"}
                and parts
                and tight
                and self.gap(here + 1) == ""
                and self.word(here + 1)[:1].isalpha()
            ):
                if word == "'" and self.word(here + 1) in {"s", "S"}:
                    break
                here += 2
                continue
            if word == "." and parts and tight and (len(self.word(here - 1)) == 1 or self.word(here - 1) in SUFFIXES):
                here += 1
                continue
            if word == "," and parts and self.word(here + 1) in SUFFIXES:
                here += 1
                continue
            if word in SUFFIXES and parts:
                here += 1
                continue
            if word.lower() in _particles() and (parts or word in {"al", "el", "bin", "ibn", "von", "van", "de"}):
                nxt = here + 2 if self.word(here + 1) == "-" else here + 1
                if self.word(nxt)[:1].isupper() or self.word(nxt).lower() in _particles():
                    here = nxt
                    parts += word[0].isupper()
                    continue
                if not word[0].isupper():
                    break
            if not word[:1].isupper() or not word[0].isalpha():
                break
            if word in _not_names() and not (parts and word == "May"):
                break
            if here in self.party_from and self.party_from[here][1].how != "capital":
                break
            office = self.office(here)
            if office is not None and office[1] in {"head", "plural", "title"} and word not in {"Prince", "King"}:
                break
            if len(word) > 1 and word.isupper() and len(word) < 4 and parts == 0 and not self.word(here + 1).istitle():
                break
            here, parts = here + 1, parts + 1
        if parts < least:
            return None
        name = self.cut(index, here)
        return (here, " ".join(name.split())) if here > index else None

    def name_before(self, index: int) -> tuple[int, str] | None:
        """The personal name that ends right before word `index`: its first word, and the name."""
        for start in range(max(0, index - 8), index):
            if (
                start
                and (self.word(start - 1)[:1].isupper() and self.gap(start) in {" ", ""})
                and start - 1 >= index - 8
            ):
                before = self.office(start - 1)
                if before is None or before[1] not in {"head", "title"}:
                    continue
            hit = self.name_at(start)
            if hit is not None and hit[0] == index:
                return start, hit[1]
        return None


@lru_cache(maxsize=1)
def _fields() -> frozenset[str]:
    """Words that begin or make up an office's field, capitalised."""
    return frozenset(
        part.title()
        for row in table("office_words")
        if row["is"] in {"modifier", "topic"}
        for part in row["word"].split()
    )


@dataclass(slots=True)
class _Found:
    """A mention before persons are put together."""

    start: int
    end: int
    name: str | None
    role: str | None
    party: str | None
    party_told: bool
    plain_role: bool = False


def _read(reader: _Reader) -> list[_Found]:
    """All people that stand with an office or a title."""
    found: list[_Found] = []
    index = 0
    last_role: str | None = None
    while index < len(reader.words):
        role = reader.role_at(index)
        if role is None or (index and reader.word(index - 1) == "-" and reader.gap(index) == ""):
            index += 1
            continue
        after = reader.party_of(role)
        text = None if role.is_title else role.text
        if text and text.lower().endswith("counterpart"):
            text = last_role
        begin = role.left
        here = after
        if reader.word(here) == "." and role.is_title:
            here += 1
        comma = reader.word(here) == "," and not role.is_title
        if comma:
            here += 1
        while (title := reader.office(here)) is not None and title[1] == "title" and not role.is_title:
            here = title[0] + (reader.word(title[0]) == ".")
        name = reader.name_at(here, least=2 if comma else 1) if "\n" not in reader.gap(here) else None
        if name is not None and comma and reader.word(name[0]) in {"of"}:
            name = None
        if name is not None:
            names = [(here, *name)]
            while role.plural and (reader.word(names[-1][1]) in {",", "and", "&"}):
                step = names[-1][1] + 1
                if reader.word(step) in {"and", "&"}:
                    step += 1
                another = reader.name_at(step)
                if another is None:
                    break
                names.append((step, *another))
            for n, (first, last, full) in enumerate(names):
                party, told = role.party, role.party is not None
                end = last
                if reader.word(last) in {"of", "from"} and not told:
                    country = reader._after_party(last + 1)
                    if country is not None:
                        at = last + 1 if last + 1 in reader.party_from else last + 2
                        party, told, end = reader.party_from[at][1].parties[0], True, country
                single = _singular(text) if role.plural and text else text
                start = reader.words[begin if n == 0 else first].start
                found.append(_Found(start, reader.words[end - 1].end, full, single, party, told))
                last_role = single or last_role
            index = names[-1][1]
            continue
        index = max(role.end, index + 1)
        if role.is_title or role.plural:
            continue
        before = begin
        if reader.word(before - 1).lower() in {"the", "a", "an", "its", "his", "their"}:
            before -= 1
        earlier = None
        if reader.word(before - 1) in {",", "("}:
            earlier = reader.name_before(before - 1)
        if earlier is not None and (" " in earlier[1] or role.party):
            found = [f for f in found if f.end <= reader.words[earlier[0]].start or f.name is None]
            start, end = reader.words[earlier[0]].start, reader.words[after - 1].end
            found.append(_Found(start, end, earlier[1], text, role.party, role.party is not None))
        else:
            determined = before < begin
            start, end = reader.words[before].start, reader.words[after - 1].end
            if role.party or determined:
                found.append(_Found(start, end, None, text, role.party, role.party is not None, plain_role=True))
        last_role = text or last_role
    return found


def _singular(role: str) -> str:
    return re.sub(r"ies$", "y", role) if role.endswith("ies") else role.removesuffix("s")


def _keys(name: str, party: str | None) -> set[str]:
    """Words of a name that stand for the person later on."""
    parts = [
        p for p in re.split(r"\s+", name.replace(",", " ")) if p.rstrip(".") not in SUFFIXES and len(p.rstrip(".")) > 1
    ]
    if not parts:
        return set()
    keys = {parts[-1], surname_of(name, party)}
    if party in FAMILY_NAME_EITHER and len(parts) > 1:
        keys.add(parts[0])
    for key in list(keys):
        keys.add(re.sub(r"^(?:[Aa]l|[Ee]l)-", "", key))
    return {key for key in keys if key and key not in _not_names() and key[0].isalpha()}


class _Register:
    """The persons of one article, put together from their mentions."""

    def __init__(self, day: str | None, own: str | None, named: set[str]) -> None:
        self.day, self.own, self.named = day, own, named
        self.persons: list[_Person] = []

    def find(self, name: str, party: str | None) -> _Person | None:
        """The person that a name can stand for."""
        tokens = plain(name).replace("-", " ").split()
        for person in reversed(self.persons):
            if party and person.party and person.party != party:
                continue
            known = plain(person.name).replace("-", " ").split()
            short, long = sorted((tokens, known), key=len)
            if len(short) == 1:
                if short[0] in {plain(k) for k in person.keys} or (len(long) == 1 and short == long):
                    return person
                if len(tokens) > 1 and known and known[0] in {plain(k) for k in _keys(name, party or person.party)}:
                    return person
            elif {t.rstrip(".,") for t in short} <= {t.rstrip(".,") for t in long} or (
                short[-1] == long[-1] and short[0][0] == long[0][0]
            ):
                return person
        return None

    def add(self, name: str, role: str | None, party: str | None) -> _Person:
        person = self.find(name, party)
        if person is None:
            person = _Person(name, role, party)
            self.persons.append(person)
        if len(name.split()) > len(person.name.split()) or (
            len(name.split()) == len(person.name.split()) and len(person.name) == 1
        ):
            person.name = name
        person.role = person.role or role
        person.party = person.party or party
        person.keys |= _keys(name, person.party)
        return person

    def recent(self, at: int) -> list[_Person]:
        """The persons, the one mentioned last before an offset first, those mentioned only later at the end."""
        return sorted(self.persons, key=lambda person: -max((seen for seen in person.seen if seen < at), default=-1))

    def settle(self) -> None:
        """Gives a party to those whom the text leaves without: by their offices, else the publisher's own."""
        for person in self.persons:
            if person.party is None:
                person.party = self._held(person) or (self.own if person.role else None)
                person.keys |= _keys(person.name, person.party)

    def _held(self, person: _Person) -> str | None:
        hits = [h for _, _, hs in holder_index().find(words_of(person.name)) for h in hs]
        if not hits:
            for key in sorted(person.keys or {person.name}):
                hits += holders_by_surname(key, self.day)
            wanted = normal_role(person.role)
            if wanted:
                hits = [h for h in hits if _same_office(h, wanted)] or [h for h in hits if h.party in self.named]
            elif len(person.name.split()) > 1:
                hits = []
        return _one_party(hits, self.named)


def _same_office(holder: Holder, role: str) -> bool:
    office = normal_role(holder.office)
    return (
        office in role
        or role in office
        or (office == "leader" and role in {"president", "prime minister", "chancellor"})
    )


def _one_party(hits: list[Holder], named: set[str]) -> str | None:
    parties = {h.party for h in hits}
    if len(parties) > 1:
        parties &= named
    return parties.pop() if len(parties) == 1 else None


def _known_holders(reader: _Reader, covered: list[tuple[int, int]]) -> list[_Found]:
    """Leaders and foreign ministers named in full without their office."""
    found = []
    for start, end, hits in holder_index().find(reader.words):
        at, until = reader.words[start].start, reader.words[end - 1].end
        if any(a < until and at < b for a, b in covered):
            continue
        if reader.word(start - 1)[:1].isupper() and reader.gap(start) == " " and not reader.office(start - 1):
            continue
        parties = {h.party for h in hits if h.serves(reader.day)} or {h.party for h in hits}
        if len(parties) == 1:
            found.append(_Found(at, until, reader.cut(start, end), None, parties.pop(), True))
    return found


def find_people(article: ArticleText, sentences: list[Sentence], parties: list[PartyMention]) -> list[PersonMention]:
    """Every mention of a person, in order, later ones linked to the fullest name.

    A mention by office alone ("China's foreign minister", "the Secretary") has a name only where the article tells it.
    """
    day = (article.published or "")[:10] or None
    own = publisher_party(article.publisher, article.url)
    reader = _Reader(article.text, parties, day)
    found = _read(reader)
    found += _known_holders(reader, [(f.start, f.end) for f in found])
    found.sort(key=lambda f: f.start)
    register = _Register(day, own, {p for m in parties for p in m.parties})
    for f in found:
        if f.name is not None:
            register.add(f.name, f.role, f.party).seen.append(f.start)
    for f in _headline_people(article, day):
        if f.name is not None and (known := register.find(f.name, f.party)) is not None:
            register.add(f.name, f.role or known.role, f.party)
    register.settle()
    mentions = [_link(f, article.text[f.start : f.end], register, own) for f in found]
    mentions += _later(reader, register, [(m.start, m.end) for m in mentions], {s.start for s in sentences})
    mentions += _leaders_by_surname(reader, register, [(m.start, m.end) for m in mentions], day)
    return sorted((m for m in mentions if m.name or m.party), key=lambda m: (m.start, m.end))


def _headline_people(article: ArticleText, day: str | None) -> list[_Found]:
    if not article.headline:
        return []
    headline = ArticleText(article.id, article.headline, article.published, None, article.publisher, article.url)
    return _read(_Reader(article.headline, find_parties(headline, []), day))


def _link(f: _Found, text: str, register: _Register, own: str | None) -> PersonMention:
    """A mention with what the register knows of the person."""
    if f.name is not None:
        person = register.find(f.name, f.party)
        if person is not None:
            return PersonMention(f.start, f.end, text, person.name, f.role or person.role, f.party or person.party)
    wanted = normal_role(f.role)
    if wanted and wanted.split()[-1] not in MANY_HOLD:
        fitting = [
            p for p in register.recent(f.start) if (f.party is None or p.party == f.party) and _answers(p, wanted)
        ]
        if fitting:
            return PersonMention(f.start, f.end, text, fitting[0].name, f.role, fitting[0].party)
    return PersonMention(f.start, f.end, text, None, f.role, f.party or own)


def _answers(person: _Person, wanted: str) -> bool:
    """True where an office in short ("the secretary") can mean the person ("Secretary of State")."""
    role = normal_role(person.role or person.office)
    return bool(role) and (role == wanted or role.startswith(wanted + " ") or role.endswith(" " + wanted))


def _later(
    reader: _Reader, register: _Register, covered: list[tuple[int, int]], starts: set[int]
) -> list[PersonMention]:
    """Mentions by full name or by surname alone of persons whom the article introduces."""
    by_key: dict[str, set[int]] = {}
    for i, person in enumerate(register.persons):
        for key in {person.name, *person.keys}:
            by_key.setdefault(key, set()).add(i)
    keys = sorted((k for k, who in by_key.items() if len(who) == 1 and len(k) > 1), key=lambda k: (-len(k), k))
    if not keys:
        return []
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(k) for k in keys) + r")(?![\w-])")
    found = []
    at = {w.start: i for i, w in enumerate(reader.words)}
    ends = {w.end: i for i, w in enumerate(reader.words)}
    for m in pattern.finditer(reader.text):
        if any(a < m.end() and m.start() < b for a, b in covered):
            continue
        first, last = at.get(m.start()), ends.get(m.end())
        if first is None or last is None:
            continue
        if " " not in m.group():
            before, after = reader.word(first - 1), reader.word(last + 1)
            if (
                before.istitle()
                and reader.gap(first) == " "
                and before not in _not_names()
                and reader.words[first - 1].start not in starts
                and not reader.office(first - 1)
                and first not in reader.party_to
            ):
                continue
            if after.istitle() and reader.gap(last + 1) == " " and after not in _not_names():
                continue
        person = register.persons[next(iter(by_key[m.group()]))]
        found.append(PersonMention(m.start(), m.end(), m.group(), person.name, person.role, person.party))
    return found


def _leaders_by_surname(
    reader: _Reader, register: _Register, covered: list[tuple[int, int]], day: str | None
) -> list[PersonMention]:
    """Heads of state and government in office whom the article names by surname alone."""
    found: list[PersonMention] = []
    if day is None:
        return found
    for index, word in enumerate(reader.words):
        if not word.text.istitle() or len(word.text) < 2 or word.text in _not_names() or index in reader.party_from:
            continue
        hits = [h for h in holders_by_surname(word.text, day) if h.since and h.office in LEADING]
        if not hits or any(a < word.end and word.start < b for a, b in covered):
            continue
        beside = (reader.word(index - 1), reader.gap(index)), (reader.word(index + 1), reader.gap(index + 1))
        if (
            any(w[:1].isupper() and g == " " and w not in _not_names() for w, g in beside)
            or reader.word(index + 1) == "-"
        ):
            continue
        party = _one_party(hits, register.named)
        if party is None or party not in register.named:
            continue
        found.append(PersonMention(word.start, word.end, word.text, word.text, hits[0].office.title(), party))
    return found
