"""The article's own time and place: dateline, publication date, the body's date, and where they contradict.

Does not belong here: the meaning of single date expressions (`dates`).
"""

from __future__ import annotations

from orchestration.parse.model import ArticleFrame, ArticleText


def read_frame(article: ArticleText) -> ArticleFrame:
    """The frame of an article, from its metadata, its dateline and its body."""
    published = (article.published or "")[:10] or None
    return ArticleFrame(published_date=published, reference_date=published)
