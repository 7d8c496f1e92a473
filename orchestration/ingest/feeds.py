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
MAX_PAGE_TRIES = 5
"""Polls at which the page behind an entry is asked for; what fails so often is not coming back."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed after a poll: a row of the table of polls, and what the next poll starts from.

    `status` is new, not_modified or failed; `entries` are digests of the entries that the last full answer held;
    `page_tries` tells for some of them how often their page was asked for in vain and will be again.
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
    page_tries: dict[str, int] = field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """The row of the table of polls, but for its batch."""
        row = {name: getattr(self, name) for name in self.__slots__ if name not in _AS_JSON}
        return row | {"entries_json": json.dumps(self.entries), "page_tries_json": json.dumps(self.page_tries)}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> FeedState:
        """The state that a row was made of."""
        known = {name: row[name] for name in cls.__slots__ if name not in _AS_JSON}
        # Polls of before pages were tried again tell nothing of them.
        tries = json.loads(row["page_tries_json"] or "{}")
        return cls(**known, entries=tuple(json.loads(row["entries_json"])), page_tries=tries)


_AS_JSON = frozenset({"entries", "page_tries"})


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
    # Pages that are still to be had are behind entries that an unchanged feed would not show again.
    is_conditional = last is not None and not last.page_tries
    try:
        answer = fetcher.fetch(address, *((last.etag, last.last_modified) if last and is_conditional else ()))
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
    pages = _Pages(feed, fetcher, last.page_tries if last else {})
    found: list[DocumentRecord | SetAside] = []
    digests: list[str] = []
    for piece in pieces:
        if isinstance(piece, Problem):
            found.append(SetAside.because(piece.error, STAGE, address, piece.locator))
            continue
        entry = _document(piece, feed, now)
        digests.append(entry.document_id)
        if entry.document_id not in known or entry.document_id in pages.tries:
            is_followed = feed.follow_links and entry.address.startswith("http")
            found += pages.behind(entry, piece.locator) if is_followed else [entry]
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
        retry_at=pages.retry_at,
        entries=tuple(digests[:MAX_REMEMBERED]),
        page_tries=pages.still_to_try,
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
        page_tries=last.page_tries if last else {},
    )


def _document(piece: Piece, feed: FeedSource, now: dt.datetime) -> DocumentRecord:
    found = next(open_content(piece, str(feed.address), feed.name, now))
    if isinstance(found, SetAside):
        raise TypeError("an entry of a feed is always a record")
    return found


@dataclass
class _Pages:
    """The pages behind the entries of one poll, and what is left of them for the next.

    `tries` is what the last poll left, `still_to_try` what this one leaves; `retry_at` is when a page's server asked
    for the next request.
    """

    feed: FeedSource
    fetcher: Fetcher
    tries: dict[str, int]
    still_to_try: dict[str, int] = field(default_factory=dict)
    retry_at: dt.datetime | None = None

    def behind(self, entry: DocumentRecord, locator: str | None) -> Iterator[DocumentRecord | SetAside]:
        """The page behind an entry; as long as it cannot be had, the entry itself stands in for it."""
        try:
            answer = self.fetcher.fetch(entry.address)
        except FetchError as error:
            yield from self._without(entry, error, locator)
        else:
            yield from _page(answer, entry, self.feed)

    def _without(
        self, entry: DocumentRecord, error: FetchError, locator: str | None
    ) -> Iterator[DocumentRecord | SetAside]:
        """The entry when its page is first missed, and why: then, and when the page is given up."""
        is_first = entry.document_id not in self.tries
        # A server that names the time of the next request has not failed.
        n_tries = self.tries.get(entry.document_id, 0) + (error.retry_at is None)
        goes_on = error.may_pass and n_tries < MAX_PAGE_TRIES
        if goes_on:
            self.still_to_try[entry.document_id] = n_tries
            self.retry_at = max(filter(None, (self.retry_at, error.retry_at)), default=None)
        if is_first:
            yield entry
        if is_first or not goes_on:
            outlook = "it is tried again at the next polls" if goes_on else "it is not tried again"
            reason = f"The page of this entry could not be fetched, the entry itself is kept; {outlook}. {error.reason}"
            yield SetAside(STAGE, str(self.feed.address), f"{locator}: {entry.address}", error.code, reason)


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
