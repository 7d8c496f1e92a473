"""One article read once: the sentences, dates, parties, people and attributions that both finders work on.

Belongs here: the record `Reading` and the order in which its layers are made. Does not belong here: how a layer is
made (its own module) nor what counts as a meeting or a statement (`meetings`, `statements`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orchestration.parse.model import ArticleFrame, ArticleText, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan


@dataclass(slots=True)
class Sentence:
    """A sentence, by code points; `paragraph` counts from 0; `in_quote` when direct speech covers all of it.

    `spacy` is its parsed span, None where the gate kept the sentence from the expensive parts. A token's place in the
    article is `token.idx + shift`, because paragraphs are parsed apart.
    """

    index: int
    paragraph: int
    start: int
    end: int
    text: str
    spacy: SpacySpan | None = None
    shift: int = 0
    in_quote: bool = False


@dataclass(slots=True)
class DateMention:
    """A date expression and what it means: `start_date`, `end_date` ISO, possibly partial; None where not fixed.

    `timex` is its TIMEX3 value, which tells weeks, quarters and seasons as well. `is_deadline` after "by", "until" ….
    """

    start: int
    end: int
    text: str
    start_date: str | None
    end_date: str | None
    is_relative: bool = False
    timex: str | None = None
    is_deadline: bool = False


@dataclass(slots=True)
class PartyMention:
    """A piece of text that stands for one or more parties: a country, its demonym, capital, government, or a group.

    `parties` are codebook codes; a group ("the four countries", "both sides") has `is_group` and its members here, or
    none where the article does not name them. `how` is one of name, demonym, capital, government, organisation,
    movement, group, location (a country named as a place only), text (a collective nobody can unfold).
    """

    start: int
    end: int
    text: str
    parties: tuple[str, ...]
    how: str
    is_group: bool = False


@dataclass(slots=True)
class PersonMention:
    """A person at one place of the text: `name` in the article's fullest form, `role` as printed without country."""

    start: int
    end: int
    text: str
    name: str | None
    role: str | None
    party: str | None


@dataclass(slots=True)
class PlaceMention:
    """A place name with the country that it lies in (ISO alpha-3)."""

    start: int
    end: int
    text: str
    country: str | None
    is_country: bool = False


@dataclass(slots=True)
class Attribution:
    """Who says a piece of text: `content` span, the `cue` word, the speakers as parties and, where one, as a person.

    `source` is the noun phrase that names the speaker. `is_carried` where an earlier speaker's voice merely goes on.
    """

    content: Span
    cue: Span | None
    cue_lemma: str | None
    speakers: tuple[str, ...]
    speaker_name: str | None
    source: Span | None
    is_direct: bool = False
    is_carried: bool = False


@dataclass(slots=True)
class Reading:
    """Everything that is known of an article before meetings and statements are sought."""

    article: ArticleText
    frame: ArticleFrame
    sentences: list[Sentence]
    dates: list[DateMention] = field(default_factory=list)
    parties: list[PartyMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The article's text, the one that all offsets point into."""
        return self.article.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a code point."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].end else None
