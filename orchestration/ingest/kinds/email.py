"""A saved e-mail (.eml): press offices send releases that way.

Does not belong here: mailboxes of many messages; save the messages one by one.
"""

from __future__ import annotations

import email
import email.errors
import email.header
import re
from email.message import Message
from email.utils import getaddresses

from orchestration.ingest.kinds.base import Draft, Format, Head, whole
from orchestration.ingest.kinds.charsets import decode_leniently
from orchestration.ingest.kinds.fragments import fragment_text
from orchestration.ingest.records import DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published, read_published

MAX_PARTS = 500
MAX_HEADER_CHARACTERS = 2000
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,50}):[ \t]?\S")
_TELLING = frozenset(
    {"from", "message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"}
)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.I)
_FOOTER = re.compile(
    r"^(?:-- ?$|unsubscribe\b|you are receiving this|to unsubscribe|manage your (?:subscription|preferences))",
    re.I | re.M,
)


def _is_email(head: Head) -> bool:
    """True where the head begins with header lines of which at least two only e-mails have."""
    names: set[str] = set()
    for line in head.text.lstrip("\r\n").split("\n")[:200]:
        if not line.strip():
            break
        if line[:1] in " \t" or line.startswith("From "):
            continue
        found = _HEADER.match(line)
        if found is None and not re.match(r"^[A-Za-z][A-Za-z0-9-]{1,50}:\s*$", line):
            return False
        if found:
            names.add(found[1].lower())
    return len(names & _TELLING) >= 2


def _parts(message: Message) -> dict[str, str]:
    """The text of the first plain and the first HTML part."""
    found: dict[str, str] = {}
    for number, part in enumerate(message.walk()):
        kind = part.get_content_type()
        if number > MAX_PARTS or "text/plain" in found:
            break
        if kind not in {"text/plain", "text/html"} or kind in found or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            found[kind] = decode_leniently(payload, part.get_content_charset())
    return found


def _published(told: str | None) -> Published | None:
    if not told:
        return None
    try:
        return read_published(str(told))
    except UnreadableError:
        return None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The message's text under its subject; the sender is author and publisher."""
    try:
        message = email.message_from_bytes(document.content)
        parts = _parts(message)
        headers = {name: _header(message, name) for name in ("subject", "from", "date")}
        names = [name or address for name, address in getaddresses([headers["from"] or ""])]
    except (ValueError, LookupError, RecursionError, email.errors.MessageError, AttributeError, TypeError) as error:
        # The standard library's mail parser answers malformed headers with any of these.
        raise UnreadableError(
            "broken_email", "This e-mail is damaged and cannot be read.", document.content[:500]
        ) from error
    text = parts.get("text/plain") or fragment_text(parts.get("text/html", ""))
    if found := _FOOTER.search(text):
        text = text[: found.start()]
    if not text.strip():
        raise UnreadableError("no_text", "This e-mail holds no text.", document.content[:500])
    return Draft(
        text,
        headline=_PREFIX.sub("", headers["subject"] or "") or None,
        authors=names[:1],
        publisher=names[0] if names else None,
        published=_published(headers["date"]),
    )


def _header(message: Message, name: str) -> str | None:
    told = message.get(name)
    if told is None:
        return None
    line = str(told)[:MAX_HEADER_CHARACTERS].replace("\n", "").replace("\r", "")
    decoded = email.header.decode_header(line)
    return "".join(one if isinstance(one, str) else decode_leniently(one, charset) for one, charset in decoded)


FORMAT = Format("email", _is_email, whole("email"))
