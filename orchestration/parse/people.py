"""People with office and party, and their later mentions by surname or office.

Belongs here: which mentions are one person, and which party a person speaks for. Does not belong here: how an office
and a name read (`offices`), what people do, and parties as such (`parties`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from orchestration.parse.model import ArticleText
from orchestration.parse.offices import SUFFIXES, OfficeReader, PersonText, not_names
from orchestration.parse.parties import find_parties
from orchestration.parse.reading import PartyMention, PersonMention, Sentence
from orchestration.reference.holders import (
    FAMILY_NAME_FIRST,
    Holder,
    holder_index,
    holders_by_surname,
    holders_of,
    plain,
    surname_of,
)
from orchestration.reference.phrases import words_of
from orchestration.reference.publishers import publisher_home, publisher_party
from orchestration.reference.tables import table

FAMILY_NAME_EITHER = FAMILY_NAME_FIRST | {"JPN", "KHM", "LAO"}
MANY_HOLD = frozenset({"counterpart", "spokesman", "spokesperson", "spokeswoman", "envoy", "ambassador", "diplomat"})
STATE_HOWS = frozenset({"name", "demonym", "government", "capital"})
RANKS = frozenset({"assistant", "deputy", "under", "vice"})
OWN_OFFICES = frozenset(
    {"president", "minister", "secretary", "chancellor", "king", "spokesperson", "spokesman", "spokeswoman"}
)
"""Offices that a ministry means its own by when it names no state."""
LEADING = frozenset({"president", "prime minister", "chancellor", "premier"})
PARTICLES_OF_SURNAMES = frozenset({"al", "el", "de", "von", "van", "der", "den", "di", "da", "della", "le", "la"})


@dataclass(slots=True)
class _Person:
    """One person of the article, as far as it tells; `office` is what the table of holders adds."""

    name: str
    role: str | None = None
    party: str | None = None
    office: str | None = None
    keys: set[str] = field(default_factory=set)
    seen: list[int] = field(default_factory=list)


def normal_role(role: str | None) -> str:
    """A role in one form, to compare: "Minister of Foreign Affairs" and "foreign minister" agree."""
    low = (role or "").lower().replace("-", " ")
    low = re.sub(r"\bminister (?:of|for) (?:foreign|external) (?:affairs|relations)\b.*", "foreign minister", low)
    low = re.sub(r"\b(?:foreign affairs|external affairs) minister\b", "foreign minister", low)
    low = re.sub(r"\bfm\b|\beam\b", "foreign minister", re.sub(r"\bpm\b", "prime minister", low))
    return re.sub(r"\bpremier\b", "prime minister", low).replace("advisor", "adviser").strip()


@lru_cache(maxsize=1)
def _home_offices() -> dict[str, str]:
    """Offices that one state alone has under that name, for texts that leave the state out."""
    return {normal_role(row["office"]): row["party"] for row in table("home_offices")}


@lru_cache(maxsize=1)
def _shared_offices() -> frozenset[str]:
    """Those of them that other states have too: they stand for their state only where the article names it."""
    return frozenset(normal_role(row["office"]) for row in table("home_offices") if row["shared"])


def _folded(name: str) -> list[str]:
    """The words of a name, comparable."""
    return [word.strip(".,'") for word in plain(name).lower().replace("-", " ").split()]


def _keys(name: str, party: str | None) -> set[str]:
    """Forms of a name that stand for the person later on."""
    words = name.replace(",", " ").split()
    parts = [p for p in words if p.rstrip(".") not in SUFFIXES and len(p.rstrip(".")) > 1]
    if not parts:
        return set()
    keys = {parts[-1], surname_of(" ".join(parts), party)}
    # "Suu Kyi", "arap Moi": the last words of a longer name.
    keys |= {" ".join(parts[at:]) for at in range(1, len(parts) - 1)}
    if party in FAMILY_NAME_EITHER and len(parts) > 1:
        keys.add(parts[0])
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in PARTICLES_OF_SURNAMES:
        at -= 1
        keys.update({" ".join(parts[at:]), parts[at].capitalize() + " " + " ".join(parts[at + 1 :])})
    keys |= {re.sub(r"^(?:[Aa]l|[Ee]l)-", "", key) for key in keys}
    return {key for key in keys if len(key) > 1 and key not in not_names() and key[0].isalpha()}


def _may_be_one(a: str, b: str, party: str | None) -> bool:
    """True where two names can be one person's: one is the other's surname, or a shorter form of it."""
    short, long = sorted((_folded(a), _folded(b)), key=len)
    if not short or short == long:
        return bool(short)
    longer = a if _folded(a) == long else b
    keys = {" ".join(_folded(key)) for key in _keys(longer, party)}
    if len(short) == 1 or " ".join(short) in keys:
        return " ".join(short) in keys
    if set(short) <= set(long):
        return True
    return short[-1] == long[-1] and short[0][0] == long[0][0] and 1 in {len(short[0]), len(long[0])}


def _share_a_word(role: str | None, other: str | None) -> bool:
    """True where two offices can be one person's; an office that is not told can be any."""
    if not role or not other:
        return True
    return bool(set(normal_role(role).split()) & set(normal_role(other).split()) - {"of", "the", "and", "for"})


class _Register:
    """The persons of one article, put together from their mentions."""

    def __init__(
        self, day: str | None, own: str | None, home: str | None, salient: list[str], parties: set[str]
    ) -> None:
        self.day, self.own, self.home = day, own, home
        self.salient, self.parties = salient, parties
        self.persons: list[_Person] = []

    def find(self, name: str, party: str | None, at: int | None = None, role: str | None = None) -> _Person | None:
        """The person that a name can stand for, the one mentioned last before an offset where there are several.

        Two of one surname are kept apart where their offices have no word in common.
        """
        fitting = [
            p
            for p in (self.persons if at is None else self.recent(at))
            if not (party and p.party and p.party != party)
            and _may_be_one(name, p.name, party or p.party)
            and (" " in name or _share_a_word(role, p.role))
        ]
        exact = [p for p in fitting if _folded(p.name) == _folded(name)]
        return next(iter(exact or fitting), None)

    def add(self, name: str, role: str | None, party: str | None, at: int | None = None) -> _Person:
        """Takes in one mention by name."""
        person = self.find(name, party, at, role)
        if person is None:
            person = _Person(name.title() if name.isupper() else name, role, party)
            self.persons.append(person)
        elif len(name.split()) > len(person.name.split()) and not name.isupper():
            person.name = name
        person.role = person.role or role
        person.party = person.party or party
        person.keys |= _keys(person.name, person.party)
        if at is not None:
            person.seen.append(at)
        return person

    def recent(self, at: int) -> list[_Person]:
        """The persons, the one mentioned last before an offset first, those mentioned only later at the end."""
        return sorted(self.persons, key=lambda person: -max((seen for seen in person.seen if seen < at), default=-1))

    def settle(self) -> None:
        """Gives a party to those whom the text leaves without: by the table of holders, else the most likely state."""
        for person in self.persons:
            hits = self._tenures(person)
            if person.party is None:
                person.party = self._one_party(hits)
            if person.party is None and person.role and not self.own:
                home = _home_offices().get(normal_role(person.role))
                is_told = normal_role(person.role) not in _shared_offices() or home in self.parties
                person.party = home if is_told or not self.parties else None
            if person.party is None and person.role:
                likely = [self.own, *self.salient] if self.own else self.salient
                person.party = next((p for p in likely if p and self._may_hold(p, person)), None)
            person.office = next((h.office for h in hits if h.party == person.party), None)
            person.keys |= _keys(person.name, person.party)

    def _may_hold(self, party: str, person: _Person) -> bool:
        """False where somebody else is known to hold the office of that party, or the party has no such office."""
        role = normal_role(person.role)
        if party == "USA" and re.search(r"\b(?:minister|king|queen|chancellor)\b", role):
            return False
        return role not in {*LEADING, "foreign minister"} or not holders_of(party, role, self.day)

    def _tenures(self, person: _Person) -> list[Holder]:
        """What the table of holders knows of a person, the office that the text names first."""
        known = [h for _, _, hs in holder_index().find(words_of(person.name)) for h in hs]
        wanted = normal_role(person.role)
        hits = known
        if not hits and (person.role or len(person.name.split()) == 1):
            hits = [h for key in sorted(person.keys) for h in holders_by_surname(key, None)]
            hits = [h for h in hits if _same_initial(person.name, h.name) and (wanted or h.party in self.parties)]
            hits = [h for h in hits if h.serves(self.day)] or [h for h in hits if wanted and _same_office(h, wanted)]
        hits = [h for h in hits if h.serves(self.day)] or hits
        if not wanted:
            return hits
        fitting = [h for h in hits if _same_office(h, wanted)] or [h for h in hits if h.party in self.parties]
        return fitting or known

    def _one_party(self, hits: list[Holder]) -> str | None:
        parties = {h.party for h in hits}
        if len(parties) > 1:
            parties &= self.parties
        return parties.pop() if len(parties) == 1 else None


def _same_office(holder: Holder, role: str) -> bool:
    office = normal_role(holder.office)
    return office in role or role in office or (office == "leader" and role in LEADING)


def _same_initial(name: str, other: str) -> bool:
    """False for two full names of one surname that begin differently."""
    a, b = _folded(name), _folded(other)
    return len(a) < 2 or len(b) < 2 or bool({word[:1] for word in a[:-1]} & {word[:1] for word in b[:-1]})


def _known_holders(reader: OfficeReader, day: str | None, covered: list[tuple[int, int]]) -> list[PersonText]:
    """Leaders and foreign ministers named in full without their office."""
    found = []
    for start, end, hits in holder_index().find(reader.words):
        at, until = reader.words[start].start, reader.words[end - 1].end
        if any(a < until and at < b for a, b in covered):
            continue
        if reader.word(start - 1)[:1].isupper() and reader.gap(start) == " " and not reader.office_word(start - 1):
            continue
        parties = {h.party for h in hits if h.serves(day)} or {h.party for h in hits}
        if len(parties) == 1:
            found.append(PersonText(at, until, reader.cut(start, end), None, parties.pop()))
    return found


def _leaders_by_surname(
    reader: OfficeReader, register: _Register, covered: list[tuple[int, int]], named: set[str]
) -> list[PersonText]:
    """Heads of state and government in office whom the article names by surname alone."""
    found: list[PersonText] = []
    for index, word in enumerate(reader.words):
        if not word.text.istitle() or len(word.text) < 2 or word.text in not_names() or index in reader.in_party:
            continue
        if register.day is None or any(a < word.end and word.start < b for a, b in covered):
            continue
        hits = [h for h in holders_by_surname(word.text, register.day) if h.since and h.office in LEADING]
        parties = {h.party for h in hits} & named
        beside = (reader.word(index - 1), reader.gap(index)), (reader.word(index + 1), reader.gap(index + 1))
        if len(parties) != 1 or reader.word(index + 1) == "-":
            continue
        if any(w[:1].isupper() and gap == " " and w not in not_names() for w, gap in beside):
            continue
        found.append(PersonText(word.start, word.end, word.text, None, parties.pop()))
    return found


def plain_headline(article: ArticleText) -> ArticleText:
    """The headline as an article of its own, in small letters where it shouts."""
    text = article.headline or ""
    if text.isupper():
        text = re.sub(r"[A-Z]{4,}", lambda word: word.group().capitalize(), text)
    return ArticleText(article.id, text, article.published, None, article.publisher, article.url)


def headline_people(article: ArticleText, parties: list[PartyMention]) -> list[PersonMention]:
    """The people whom the headline names, offsets into the headline; the text may mean them by their offices.

    `parties` are the text's: they tell whose leader a bare surname is.
    """
    return list(_headline_people(article, frozenset(p for m in parties for p in m.parties)))


@lru_cache(maxsize=4)
def _headline_people(article: ArticleText, elsewhere: frozenset[str]) -> tuple[PersonMention, ...]:
    headline = plain_headline(article)
    return tuple(_find(headline, [], find_parties(headline, []), elsewhere)) if headline.text else ()


def _salient_states(article: ArticleText, parties: list[PartyMention], from_headline: list[PersonMention]) -> list[str]:
    """States in the order in which an office without one is likely theirs: the headline's, then the most named."""
    headline = plain_headline(article)
    in_headline = find_parties(headline, []) if headline.text else []
    first = [(m.start, m.party) for m in from_headline if m.party]
    first += [(m.start, m.parties[0]) for m in in_headline if m.parties and m.how in STATE_HOWS]
    counts = Counter(m.parties[0] for m in parties if m.parties and m.how in STATE_HOWS)
    return list(dict.fromkeys([party for _, party in sorted(first)] + [party for party, _ in counts.most_common()]))


def find_people(article: ArticleText, sentences: list[Sentence], parties: list[PartyMention]) -> list[PersonMention]:
    """Every mention of a person, in order, later ones linked to the fullest name.

    A mention by office alone ("China's foreign minister", "the Secretary") has a name only where the article tells it.
    """
    return _find(article, sentences, parties, frozenset())


def _find(
    article: ArticleText, sentences: list[Sentence], parties: list[PartyMention], elsewhere: frozenset[str]
) -> list[PersonMention]:
    """As `find_people`; `elsewhere` are parties that only the text around names."""
    day = (article.published or "")[:10] or None
    own = publisher_party(article.publisher, article.url)
    home = publisher_home(article.publisher, article.url)
    named = [(m.start, m.parties[0]) for m in parties if m.parties and not m.is_group]
    reader = OfficeReader(article.text, parties)
    from_headline = headline_people(article, parties)
    register = _Register(day, own, home, _salient_states(article, parties, from_headline), {p for _, p in named})
    found = reader.people()
    found += _known_holders(reader, day, [(f.start, f.end) for f in found])
    told = {party for _, party in named} | elsewhere | {m.party for m in from_headline if m.party} | {own or ""}
    found += _leaders_by_surname(reader, register, [(f.start, f.end) for f in found], told)
    found.sort(key=lambda f: f.start)
    found = [replace(f, party=f.party or _whom_they_serve(f, found, parties, article.text)) for f in found]
    for f in found:
        if f.name is not None:
            register.add(f.name, f.role, f.party, f.start)
    told_words = {word.text.lower() for word in reader.words}
    for mention in from_headline:
        if mention.name is not None and _is_whole_name(mention.name, told_words):
            register.add(mention.name, mention.role, mention.party)
    register.settle()
    mentions = [_link(f, article.text[f.start : f.end], register) for f in found]
    mentions += _later(reader, register, [(m.start, m.end) for m in mentions], {s.start for s in sentences})
    return sorted((m for m in mentions if m.name or m.party), key=lambda m: (m.start, m.end))


_SERVES = re.compile(r"\s+(?:to|at)\s+(?:the\s+)?")


def _whom_they_serve(f: PersonText, found: list[PersonText], parties: list[PartyMention], text: str) -> str | None:
    """The party of the office that follows one of no state: "Chief Adviser to the President of Turkey".

    A state alone says nothing: an ambassador to Turkey does not serve it.
    """
    match = _SERVES.match(text, f.end) if f.name is not None and f.role else None
    if match is None:
        return None
    served = [(o.start, o.party) for o in found if o.name is None]
    served += [(m.start, m.parties[0]) for m in parties if m.parties and m.how == "government"]
    return next((party for start, party in served if f.end < start <= match.end() and party), None)


def _is_whole_name(name: str, told_words: set[str]) -> bool:
    """False for a name of the headline that runs into its verb ("Putin Meets"), known to neither text nor table."""
    words = [word.text.lower() for word in words_of(name)]
    return len(words) == 1 or told_words.issuperset(words) or any(holder_index().find(words_of(name)))


def _link(f: PersonText, text: str, register: _Register) -> PersonMention:
    """A mention with what the register knows of the person."""
    if f.name is not None:
        person = register.find(f.name, f.party, f.start, f.role)
        if person is not None:
            return PersonMention(f.start, f.end, text, person.name, f.role or person.role, f.party or person.party)
    wanted = normal_role(f.role)
    if wanted and wanted.split()[-1] not in MANY_HOLD:
        persons = [p for p in register.recent(f.start) if f.party is None or p.party == f.party]
        fitting = [p for p in persons if _answers(p, wanted)]
        if f.is_definite and f.party is None and not register.own:
            fitting.sort(key=lambda p: p.party != register.home and wanted in LEADING)
        if fitting:
            return PersonMention(f.start, f.end, text, fitting[0].name, f.role, fitting[0].party)
    own = register.own if wanted and wanted.split()[-1] in OWN_OFFICES else None
    return PersonMention(f.start, f.end, text, f.name, f.role, f.party or own)


def _answers(person: _Person, wanted: str) -> bool:
    """True where an office in short ("the secretary") can mean the person ("Secretary of State")."""
    role = normal_role(person.role or person.office)
    if not role.endswith(wanted):
        return role.startswith(wanted + " ")
    before = role.removesuffix(wanted).split()
    return not before or before[-1] not in RANKS


def _later(
    reader: OfficeReader, register: _Register, covered: list[tuple[int, int]], starts: set[int]
) -> list[PersonMention]:
    """Mentions by full name or by surname alone of persons whom the article introduces."""
    keys = sorted({k for p in register.persons for k in (p.name, *p.keys)}, key=lambda k: (-len(k), k))
    if not keys:
        return []
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(k) for k in keys) + r")(?![\w-])")
    at = {w.start: i for i, w in enumerate(reader.words)}
    ends = {w.end: i for i, w in enumerate(reader.words)}
    found = []
    for m in pattern.finditer(reader.text):
        if any(a < m.end() and m.start() < b for a, b in covered):
            continue
        first, last = at.get(m.start()), ends.get(m.end())
        if first is None or last is None or (" " not in m.group() and _is_part_of_a_name(reader, first, last, starts)):
            continue
        person = register.find(m.group(), None, m.start())
        if person is not None:
            found.append(PersonMention(m.start(), m.end(), m.group(), person.name, person.role, person.party))
    return found


def _is_part_of_a_name(reader: OfficeReader, first: int, last: int, starts: set[int]) -> bool:
    """True where a surname stands beside another name, and so belongs to another person or thing."""
    before, after = reader.word(first - 1), reader.word(last + 1)
    if after.istitle() and reader.gap(last + 1) == " " and after not in not_names():
        return True
    return (
        before.istitle()
        and reader.gap(first) == " "
        and before not in not_names()
        and reader.words[first - 1].start not in starts
        and not reader.office_word(first - 1)
        and first not in reader.party_to
    )
