"""A piece of markup that is all article (a feed's content, a field of a record, a Markdown body) to plain text.

Does not belong here: finding the article on a whole page among navigation and captions (`html`).
"""

from __future__ import annotations

import re
from functools import cache

from lxml import etree, html
from markdown_it import MarkdownIt

# A new paragraph begins and ends with these; everything else flows with its line.
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table tbody td tfoot th thead title tr ul""".split()  # noqa: SIM905
)
_DROPPED = frozenset(
    """audio button canvas embed figcaption figure form frame head iframe img input link math meta nav noscript object
    option picture script select source style svg template textarea track video""".split()  # noqa: SIM905
)
MAX_MARKDOWN_CHARACTERS = 1_000_000
"""Longer texts are taken as plain: some rows of marks take time by their square to understand."""

_PARSER_OPTIONS = {"remove_comments": True, "remove_pis": True, "huge_tree": False}


def fragment_text(markup: str) -> str:
    """Paragraphs of an HTML fragment, parted by empty lines; scripts, forms, pictures and their captions dropped."""
    markup = "".join(c for c in markup if c >= " " or c in "\t\n\r")
    if not markup.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", **_PARSER_OPTIONS)
    try:
        root = etree.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return ""
    if root is None:
        return ""
    parts: list[str] = []
    # Walked by events and not by recursion: tags may be nested without end.
    depth_dropped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            depth_dropped += tag in _DROPPED
            if not depth_dropped:
                parts.append("\n\n" if tag in _BLOCKS else "\n" if tag == "br" else "")
                parts.append(_flow(element.text, tag))
        else:
            depth_dropped -= tag in _DROPPED
            if not depth_dropped:
                parts.append("\n\n" if tag in _BLOCKS else "")
                parts.append(_flow(element.tail, ""))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def _flow(text: str | None, tag: str) -> str:
    return "" if not text else text if tag == "pre" else re.sub(r"\s+", " ", text)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def markdown_text(markdown: str) -> str:
    """Plain text of Markdown: links by their words, emphasis gone, paragraphs on one line each."""
    if len(markdown) > MAX_MARKDOWN_CHARACTERS:
        return markdown
    return fragment_text(_markdown().render(markdown))
