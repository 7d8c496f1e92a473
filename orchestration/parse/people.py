"""People with office and party, in any order of title and name, and their later mentions by surname or office.

Does not belong here: what people do.
"""

from __future__ import annotations

from orchestration.parse.model import ArticleText
from orchestration.parse.reading import PartyMention, PersonMention, Sentence


def find_people(article: ArticleText, sentences: list[Sentence], parties: list[PartyMention]) -> list[PersonMention]:
    """Every mention of a person, in order, later ones linked to the fullest name."""
    return []
