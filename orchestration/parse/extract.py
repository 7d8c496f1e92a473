"""The door of the parser: one article in, its extraction out, the same whatever ran before.

Belongs here: the order of the steps. Does not belong here: any rule.
"""

from __future__ import annotations

from orchestration.parse.attributions import find_attributions
from orchestration.parse.dates import find_dates
from orchestration.parse.frame import read_frame
from orchestration.parse.meetings import find_meetings
from orchestration.parse.model import ArticleText, Extraction
from orchestration.parse.parties import find_parties
from orchestration.parse.people import find_people
from orchestration.parse.places import find_places
from orchestration.parse.reading import Reading
from orchestration.parse.sentences import split_sentences
from orchestration.parse.statements import find_statements

PARSER_VERSION = "0.1.0"
"""Raise it whenever a change of rules or word tables may change what is found: articles are then parsed again."""


def read(article: ArticleText) -> Reading:
    """Make every layer of an article that the finders work on."""
    frame = read_frame(article)
    sentences = split_sentences(article.text)
    reading = Reading(article=article, frame=frame, sentences=sentences)
    reading.dates = find_dates(article.text, frame)
    reading.places = find_places(article.text, sentences)
    reading.parties = find_parties(article, sentences)
    reading.people = find_people(article, sentences, reading.parties)
    reading.attributions = find_attributions(reading)
    return reading


def extract(article: ArticleText) -> Extraction:
    """All meetings and statements of one article."""
    reading = read(article)
    meetings = find_meetings(reading)
    return Extraction(article.id, reading.frame, meetings, find_statements(reading, meetings))
