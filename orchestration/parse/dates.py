"""Date expressions and their meaning, resolved against the article's reference date.

Does not belong here: which date is the article's own (`frame`).
"""

from __future__ import annotations

from orchestration.parse.model import ArticleFrame
from orchestration.parse.reading import DateMention


def find_dates(text: str, frame: ArticleFrame) -> list[DateMention]:
    """Every date expression of the text, in order, with the day, month or year that it stands for."""
    return []
