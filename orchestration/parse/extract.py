"""The door of the parser: one article in, its extraction out, the same whatever ran before.

Belongs here: the order of the steps, and spreading many articles over an executor. Does not belong here: any rule.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice

from orchestration.parse.attributions import find_attributions
from orchestration.parse.dates import find_dates
from orchestration.parse.frame import read_frame
from orchestration.parse.groups import find_groups
from orchestration.parse.meetings import find_meetings
from orchestration.parse.model import ArticleText, Extraction
from orchestration.parse.parties import find_parties
from orchestration.parse.people import find_people
from orchestration.parse.places import find_places
from orchestration.parse.reading import Reading, Sentence
from orchestration.parse.sentences import split_many, split_sentences
from orchestration.parse.statements import find_statements

PARSER_VERSION = "0.2.0"
"""Raise it whenever a change of rules or word tables may change what is found: articles are then parsed again."""

ARTICLES_PER_TASK = 16
"""Enough to keep a worker busy while the next task travels to it, few enough for all workers to end together."""
TASKS_AHEAD = 8
"""Tasks that wait for an executor at any time: memory stays flat however many articles there are."""


def read(article: ArticleText) -> Reading:
    """Make every layer of an article that the finders work on."""
    return _read(article, split_sentences(article.text))


def _read(article: ArticleText, sentences: list[Sentence]) -> Reading:
    reading = Reading(article=article, frame=read_frame(article), sentences=sentences)
    if not any(sentence.spacy for sentence in sentences):
        return reading
    reading.dates = find_dates(article.text, reading.frame)
    reading.places = find_places(article.text, sentences)
    reading.parties = find_parties(article, sentences)
    reading.people = find_people(article, sentences, reading.parties)
    groups = find_groups(article, sentences, reading.parties, reading.people)
    reading.parties = sorted([*reading.parties, *groups], key=lambda mention: (mention.start, -mention.end))
    reading.attributions = find_attributions(reading)
    return reading


def extract(article: ArticleText) -> Extraction:
    """All meetings and statements of one article."""
    return _extract_chunk([article])[0]


def extract_many(articles: Iterable[ArticleText], executor: Executor | None = None) -> Iterator[Extraction]:
    """The extractions of many articles, in their order, the same with an executor as without one.

    Articles are taken from the iterable as they are needed, never all at once.
    """
    remaining = iter(articles)
    pending: deque[Future[list[Extraction]]] = deque()
    while True:
        while len(pending) < TASKS_AHEAD and (chunk := list(islice(remaining, ARTICLES_PER_TASK))):
            if executor is None:
                yield from _extract_chunk(chunk)
            else:
                pending.append(executor.submit(_extract_chunk, chunk))
        if not pending:
            return
        yield from pending.popleft().result()


def _extract_chunk(articles: list[ArticleText]) -> list[Extraction]:
    split = split_many([article.text for article in articles])
    return [_extract(_read(article, sentences)) for article, sentences in zip(articles, split, strict=True)]


def _extract(reading: Reading) -> Extraction:
    if not any(sentence.spacy for sentence in reading.sentences):
        return Extraction(reading.article.id, reading.frame)
    meetings = find_meetings(reading)
    return Extraction(reading.article.id, reading.frame, meetings, find_statements(reading, meetings))
