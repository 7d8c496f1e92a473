"""Who acts as a party: states, organisations and movements by name, demonym, capital, government; groups unfolded.

Does not belong here: people (`people`), places as places (`places`).
"""

from __future__ import annotations

from orchestration.parse.model import ArticleText
from orchestration.parse.reading import PartyMention, Sentence


def find_parties(article: ArticleText, sentences: list[Sentence]) -> list[PartyMention]:
    """Every mention of a party, in order; groups are resolved to the members that the article names."""
    return []
