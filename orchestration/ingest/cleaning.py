"""Make plain text clean: one way of breaking lines, no odd spaces, no unseen characters, no end marks.

Belongs here: what holds for text of every kind. Does not belong here: taking text out of markup (`kinds.html`,
`kinds.markdown`).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import ftfy

# Control and format characters are never news; the private ones and lone surrogates cannot be stored or shown.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u0085")
# What releases and agencies put under the last line.
_END_MARK = re.compile(r"(?:[\\ ]*#){2,}[\\ ]*|-+ ?(?:30|ends?|xxx) ?-+|\(?ends\)?|\*{3,}|_{3,}|-{3,}", re.I)
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’)\]]*$""")

WRAP_COLUMNS = 100
"""Lines that never get longer than this and mostly end in mid-sentence were broken by a machine."""

MIN_BROKEN_LINES = 3
MIN_OPEN_CHARACTERS = 20


def clean_line(value: str) -> str:
    """One line, single spaces: headlines, names."""
    value = value.replace("\u2029", "\n")
    return " ".join(_UNSEEN.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", value))).split())


def repair_encoding(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 somewhere on the way (`Â£` for `£`); leave anything else alone."""
    return ftfy.fix_encoding(text) if not text.isascii() else text


def clean_text(text: str) -> str:
    """Paragraphs parted by one empty line, each one line; spaces single; nothing unseen; end marks cut."""
    text = unicodedata.normalize("NFC", repair_encoding(text))
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    lines = _UNSEEN.sub("", text).split("\n")
    indents = [line[:1] in " \t\u3000" for line in lines]
    lines = [_SPACES.sub(" ", line).strip() for line in lines]
    paragraphs = _unwrap(lines, indents) if _is_wrapped(lines, indents) else _rejoin(lines)
    while paragraphs and _END_MARK.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    # Rows of stars and the like part sections and say nothing.
    return "\n\n".join(paragraph for paragraph in paragraphs if any(c.isalnum() for c in paragraph))


def _is_wrapped(lines: list[str], indents: list[bool]) -> bool:
    """True where most lines that their paragraph goes on after stop in mid-sentence within the usual columns."""
    goes_on = [bool(line and following) for line, following in pairwise(lines)]
    if sum(goes_on) < 2 or max(map(len, lines)) > WRAP_COLUMNS:
        return False
    inner = [line for line, on, is_new in zip(lines, goes_on, indents[1:], strict=False) if on and not is_new]
    open_ended = sum(map(_is_open, inner))
    return open_ended > len(inner) / 2


def _unwrap(lines: list[str], indents: list[bool]) -> list[str]:
    """Lines that were broken at a column: an empty line or an indent begins a paragraph."""
    paragraphs: list[list[str]] = []
    is_open = False
    for line, is_indented in zip(lines, indents, strict=True):
        if not line:
            is_open = False
        elif is_open and not is_indented:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
            is_open = True
    return [" ".join(parts) for parts in paragraphs]


def _rejoin(lines: list[str]) -> list[str]:
    """Each line a paragraph, but for sentences that were broken here and there, as out of the source of a page.

    That a text is like this shows in lines that go on in small letters; then a line that does not end a sentence is
    joined with what follows it, whatever the next letter is ("Prime Minister / Dmitry Medvedev").
    """
    n_broken = sum(1 for line, following in pairwise(lines) if _goes_on(line, following))
    is_broken_up = n_broken >= MIN_BROKEN_LINES
    paragraphs: list[list[str]] = []
    previous = ""
    for line in lines:
        if line and (_goes_on(previous, line) or (is_broken_up and _is_open(previous))):
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        previous = line
    return [" ".join(parts) for parts in paragraphs]


def _is_open(line: str) -> bool:
    return len(line) > MIN_OPEN_CHARACTERS and not _SENTENCE_END.search(line)


def _goes_on(line: str, following: str) -> bool:
    return following[:1].islower() and _is_open(line)
