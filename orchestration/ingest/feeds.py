"""Poll one feed: ask only for what changed, split it into entries, follow their links where that is wanted.

Belongs here: what a poll gives and what the next poll must know. Does not belong here: HTTP (`fetch`), the formats
(`kinds.feed`), when a poll is due for the schedule, storing (whoever calls).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from orchestration.ingest.documents import open_content
from orchestration.ingest.fetch import Fetched, Fetcher, FetchError
from orchestration.ingest.kinds.base import Piece, Problem
from orchestration.ingest.kinds.feed import read as read_entry
from orchestration.ingest.kinds.feed import split_feed
from orchestration.ingest.records import DocumentRecord, SetAside, UnreadableError
from orchestration.ingest.sources import FeedSource

STAGE = "documents"
MAX_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed after a poll: a row of the table of polls, and what the next poll starts from.

    `status` is new, not_modified or failed; `entries` are digests of the entries that the last full answer held.
    """

    name: str
    address: str
    polled_at: dt.datetime
    status: str
    etag: str | None = None
    last_modified: str | None = None
    n_entries: int = 0
    n_new: int = 0
    n_set_aside: int = 0
    reason_code: str | None = None
    reason: str | None = None
    retry_at: dt.datetime | None = None
    entries: tuple[str, ...] = ()

    def to_row(self) -> dict[str, Any]:
        """The row of the table of polls, but for its batch."""
        row = {name: getattr(self, name) for name in self.__slots__ if name != "entries"}
        return row | {"entries_json": json.dumps(self.entries)}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> FeedState:
        """The state that a row was made of."""
        known = {name: row[name] for name in cls.__slots__ if name != "entries"}
        return cls(**known, entries=tuple(json.loads(row["entries_json"])))


@dataclass(frozen=True, slots=True)
class Poll:
    """The outcome of one poll: the new state, and the records that are new since the last."""

    state: FeedState
    found: list[DocumentRecord | SetAside] = field(default_factory=list)


def is_due(feed: FeedSource, state: FeedState | None, now: dt.datetime) -> bool:
    """True where the feed's interval has passed, and the time that its server asked us to stay away."""
    if state is None or state.address != str(feed.address):
        return True
    if state.retry_at is not None and now < state.retry_at:
        return False
    return now >= state.polled_at + dt.timedelta(minutes=feed.interval_minutes)


def poll_feed(feed: FeedSource, state: FeedState | None, fetcher: Fetcher, now: dt.datetime) -> Poll:
    """Ask for a feed once. A failure is an outcome and not an exception: the other feeds go on."""
    address = str(feed.address)
    last = state if state is not None and state.address == address else None
    try:
        answer = fetcher.fetch(address, last.etag if last else None, last.last_modified if last else None)
        if not answer.is_modified:
            return Poll(_next(feed, last, now, "not_modified"))
        pieces = list(split_feed(answer.content, answer.charset))
    except FetchError as error:
        failed = _next(feed, last, now, "failed", error.code, error.reason, error.retry_at)
        return Poll(failed)
    except UnreadableError as error:
        aside = SetAside.because(error, STAGE, address)
        return Poll(_next(feed, last, now, "failed", error.code, error.reason, n_set_aside=1), [aside])
    known = frozenset(last.entries) if last else frozenset()
    found: list[DocumentRecord | SetAside] = []
    digests: list[str] = []
    for piece in pieces:
        if isinstance(piece, Problem):
            found.append(SetAside.because(piece.error, STAGE, address, piece.locator))
            continue
        entry = _document(piece, feed, now)
        digests.append(entry.document_id)
        if entry.document_id not in known:
            found += _full(entry, piece, feed, fetcher) if feed.follow_links else [entry]
    n_aside = sum(isinstance(one, SetAside) for one in found)
    done = FeedState(
        name=feed.name,
        address=address,
        polled_at=now,
        status="new",
        etag=answer.etag,
        last_modified=answer.last_modified,
        n_entries=len(digests),
        n_new=len(found) - n_aside,
        n_set_aside=n_aside,
        entries=tuple(digests[:MAX_REMEMBERED]),
    )
    return Poll(done, found)


def _next(
    feed: FeedSource,
    last: FeedState | None,
    now: dt.datetime,
    status: str,
    code: str | None = None,
    reason: str | None = None,
    retry_at: dt.datetime | None = None,
    n_set_aside: int = 0,
) -> FeedState:
    """The state after a poll that brought nothing: what the last one knew stays known."""
    return FeedState(
        name=feed.name,
        address=str(feed.address),
        polled_at=now,
        status=status,
        etag=last.etag if last else None,
        last_modified=last.last_modified if last else None,
        n_entries=len(last.entries) if last else 0,
        n_set_aside=n_set_aside,
        reason_code=code,
        reason=reason,
        retry_at=retry_at,
        entries=last.entries if last else (),
    )


def _document(piece: Piece, feed: FeedSource, now: dt.datetime) -> DocumentRecord:
    found = next(open_content(piece, str(feed.address), feed.name, now))
    if isinstance(found, SetAside):
        raise TypeError("an entry of a feed is always a record")
    return found


def _full(
    entry: DocumentRecord, piece: Piece, feed: FeedSource, fetcher: Fetcher
) -> Iterator[DocumentRecord | SetAside]:
    """The page behind an entry; where it cannot be had, the entry itself, and why."""
    url = entry.address if entry.address.startswith("http") else None
    if url is None:
        yield entry
        return
    try:
        answer = fetcher.fetch(url)
    except FetchError as error:
        reason = f"The page of this entry could not be fetched, the entry itself is kept: {error.reason}"
        yield SetAside(STAGE, str(feed.address), f"{piece.locator}: {url}", error.code, reason)
        yield entry
        return
    yield from _page(answer, entry, feed)


def _page(answer: Fetched, entry: DocumentRecord, feed: FeedSource) -> Iterator[DocumentRecord | SetAside]:
    """The fetched page under the entry's address; what the entry tells stands in where the page tells nothing."""
    told: dict[str, Any] = {"charset": answer.charset, "fetched_from": answer.url}
    try:
        draft = read_entry(entry, None)
        told |= {"headline": draft.headline, "authors": draft.authors}
        told["published"] = draft.published.text if draft.published else None
    except UnreadableError:
        pass  # An entry without a text of its own is just what links are followed for.
    metadata = {name: value for name, value in told.items() if value}
    piece = Piece(content=answer.content, url=entry.address, metadata=metadata, name=answer.url.rsplit("/", 1)[-1])
    yield from open_content(piece, answer.url, feed.name, entry.received_at)
