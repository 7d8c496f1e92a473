"""What a headline settles about the meeting that the text tells: that there is one, by phone or not, and who is in it.

Belongs here: reading the headline as a small text of its own: names only, no model reads it. Does not belong here:
meetings told only in the headline, which are not recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orchestration.parse.meeting_participants import Actor, Cast
from orchestration.parse.model import ArticleText, Mode
from orchestration.parse.parties import find_parties
from orchestration.parse.people import find_people
from orchestration.parse.places import find_places
from orchestration.parse.reading import PlaceMention, Reading
from orchestration.parse.sentences import cut_sentences

_MEETING = re.compile(
    r"\b(?:meet(?:s|ing|ings)?|met|talks?|conversations?|calls?|summits?|visits?|visited|consultations?|negotiations?|"
    r"receive[sd]?|hosts?|hosted|spoke|speaks?|telephone|phone)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\b(?:tele)?phone[ds]?\b|\bcalls? (?:with|to|between)\b|\btelephone", re.IGNORECASE)
_VIDEO = re.compile(r"\bvirtual(?:ly)?\b|\bvideo|\bonline\b|\bteleconference", re.IGNORECASE)


@dataclass(slots=True)
class Headline:
    """A headline's share in the main meeting."""

    tells_meeting: bool = False
    mode: Mode | None = None
    actors: list[Actor] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)


def read_headline(reading: Reading) -> Headline:
    """Read the headline of an article; an empty record where it has none."""
    text = reading.article.headline
    if not text:
        return Headline()
    mode: Mode | None = "video" if _VIDEO.search(text) else "phone" if _PHONE.search(text) else None
    article = ArticleText(reading.article.id, text, reading.article.published, None, reading.article.publisher)
    sentences = cut_sentences(text)
    parties = find_parties(article, sentences)
    people = find_people(article, sentences, parties)
    places = find_places(text, sentences)
    small = Reading(article, reading.frame, sentences, parties=parties, people=people, places=places)
    return Headline(bool(_MEETING.search(text)), mode, Cast(small).actors, places)
