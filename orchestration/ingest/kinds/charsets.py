"""Bytes to characters for text of every kind: UTF-8 first, then what the bytes themselves or their container tell.

Does not belong here: charsets named inside markup (`html`, `email`), which only these formats know to find.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from orchestration.ingest.kinds.base import BYTE_ORDER_MARKS
from orchestration.ingest.records import UnreadableError

# One-byte charsets accept any bytes at all, so a guess among all that exist is worth nothing: these are used for news.
_LEGACY = [
    "cp1252",
    "cp1250",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
# Bytes must fit these in pairs, which they hardly do by chance; letter statistics say little about their scripts.
_EAST_ASIAN = frozenset({"gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"})
MAX_CHAOS = 0.05
MIN_COHERENCE = 0.3
MIN_WELL_PLACED = 0.9
# A word with a character above ASCII in it, and what of that kind may stand alone.
_WORD_ABOVE_ASCII = re.compile(r"[A-Za-z]*[^\x00-\x7f][^\s!-/:-@\[-`{-~]*")
_LONE = frozenset("àèéêóôùúüñÉÀÖÅå–—…•·“”‘’„«»€£§©°\u00a0")
_DETECTION_BYTES = 64 * 1024


def bom_charset(content: bytes) -> str | None:
    """The charset that a byte order mark announces."""
    return next((charset for mark, charset in BYTE_ORDER_MARKS if content.startswith(mark)), None)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of some bytes.

    UTF-8 is tried before the declared charset because labels are often wrong while valid UTF-8 never is by chance.
    Raises UnreadableError where nothing fits well.
    """
    marked = bom_charset(content)
    for charset in (marked, "utf-8", declared):
        if charset is None:
            continue
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    guessed = _guess(content)
    if guessed is None:
        raise not_utf8(content)
    return guessed


def decode_leniently(content: bytes, declared: str | None = None) -> str:
    """Like `decode`, for formats where a few damaged characters must not cost the whole page."""
    try:
        return decode(content, declared)
    except UnreadableError:
        return content.decode("utf-8" if _is_mostly_utf8(content) else "cp1252", "replace")


def not_utf8(content: bytes) -> UnreadableError:
    """The reason for text in no charset that can be told."""
    try:
        content.decode("utf-8")
        place = 0
    except UnicodeDecodeError as error:
        place = error.start
    reason = (
        f"The text is not valid UTF-8 (first wrong byte at {place}), nor clearly in another charset. Save it as UTF-8."
    )
    return UnreadableError("not_utf8", reason, content[max(0, place - 60) : place + 60])


def _guess(content: bytes) -> str | None:
    if _is_mostly_utf8(content):
        return None  # UTF-8 with damage: any other reading would turn its good characters into nonsense.
    best = from_bytes(content[:_DETECTION_BYTES], cp_isolation=_LEGACY).best()
    if best is None or best.chaos > MAX_CHAOS:
        return None
    if best.coherence < MIN_COHERENCE and best.encoding not in _EAST_ASIAN:
        return None
    try:
        text = content.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return text if _reads_well(text) else None


def _reads_well(text: str) -> bool:
    """False where characters above ASCII mostly stand where no writer puts them: what a wrong charset looks like."""
    foreign = [match[0] for match in _WORD_ABOVE_ASCII.finditer(text)]
    if len(foreign) > len(text.split()) / 2:
        return True  # Another script: the detector's letter statistics have judged it.
    well = sum(1 for word in foreign if word in _LONE or (any(c.isascii() and c.isalpha() for c in word)))
    return well >= len(foreign) * MIN_WELL_PLACED


def _is_mostly_utf8(content: bytes) -> bool:
    """True where the bytes above ASCII form more whole UTF-8 characters than wrong bytes."""
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return right > wrong
