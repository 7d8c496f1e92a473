"""Ask the web for one address: politely, within limits, and only where it is safe.

Belongs here: one request with its redirects, robots.txt, pauses, retries. Does not belong here: which addresses are
asked for and what comes of it (`feeds`), what may be connected to (`network`).
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
import tenacity
from protego import Protego

from orchestration.ingest.decoding import decoded
from orchestration.ingest.network import BlockedAddressError, DeadlineError, GuardedBackend, GuardedTransport, Resolve
from orchestration.ingest.network import resolve as resolve_name
from orchestration.ingest.records import MAX_RECORD_BYTES, UnreadableError

USER_AGENT = "communique/0.1 (news reader for research; obeys robots.txt)"
ROBOT_NAME = "communique"
MAX_ROBOTS_BYTES = 512 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TEMPORARY = frozenset({429, 500, 502, 503, 504})


class FetchError(Exception):
    """An address that could not be fetched: a code to group by, a sentence for a person, when to try again.

    `may_pass` is True where a later request may well succeed: the server was busy, slow or out of reach.
    """

    def __init__(
        self, code: str, reason: str, retry_at: dt.datetime | None = None, may_pass: bool | None = None
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.retry_at = retry_at
        self.may_pass = retry_at is not None if may_pass is None else may_pass


class _TemporaryError(FetchError):
    """Worth trying again after `wait` seconds, or after the usual back-off where the server named none."""

    def __init__(self, code: str, reason: str, wait: float | None = None) -> None:
        super().__init__(code, reason, may_pass=True)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, in seconds and bytes, and how patient we are with servers."""

    total_seconds: float = 60
    idle_seconds: float = 15
    max_bytes: int = MAX_RECORD_BYTES
    max_redirects: int = 5
    attempts: int = 3
    first_wait_seconds: float = 2
    max_wait_seconds: float = 60
    pause_seconds: float = 2
    max_pause_seconds: float = 30
    failures_in_a_row: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. `is_modified` is False for a 304, which has no content."""

    url: str
    content: bytes
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    is_modified: bool = True


@dataclass
class Fetcher:
    """Asks one address at a time. Use as a context manager, and one fetcher for a whole poll: it keeps the pauses.

    `allow_loopback` opens this machine's own address, for tests and local mirrors; `sleep` and `resolve` may be
    replaced by tests that cannot wait and have no name server.
    """

    limits: Limits = field(default_factory=Limits)
    allow_loopback: bool = False
    sleep: Callable[[float], None] = time.sleep
    resolve: Resolve = resolve_name

    def __post_init__(self) -> None:
        self._backend = GuardedBackend(self.allow_loopback, self.resolve)
        self._client = httpx.Client(
            transport=GuardedTransport(self._backend),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=self.limits.idle_seconds,
            follow_redirects=False,
            trust_env=False,
        )
        self._robots: dict[str, Protego | None] = {}
        self._last_request: dict[str, float] = {}
        self._failures_in_a_row: Counter[str] = Counter()
        self._rests_until: dict[str, dt.datetime] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The content behind an address, or a 304 where it is still what `etag` or `last_modified` tell.

        Raises FetchError for everything that goes wrong on the way. A host that asked for a rest, or failed several
        times in a row, is not asked again by this fetcher: a feed's hundred links to it must not cost an hour.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(self.limits.max_redirects + 1):
            self._check_rest(url)
            try:
                self._check_robots(url)
                answer = self._patiently(url, headers, self.limits.max_bytes)
            except FetchError as error:
                self._failures_in_a_row[_host(url)] += error.may_pass
                if error.retry_at is not None:
                    self._rests_until[_host(url)] = error.retry_at
                raise
            self._failures_in_a_row[_host(url)] = 0
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise FetchError("too_many_redirects", f"It was redirected more than {self.limits.max_redirects} times.")

    def _check_rest(self, url: str) -> None:
        """Raise FetchError for a host that asked to be left alone, or that does not answer."""
        host = _host(url)
        if retry_at := self._rests_until.get(host):
            raise FetchError("host_rests", f"The server asked to be left alone until {retry_at:%H:%M} UTC.", retry_at)
        if self._failures_in_a_row[host] >= self.limits.failures_in_a_row:
            reason = f"The server failed {self.limits.failures_in_a_row} times in a row; it is left alone for now."
            raise FetchError("host_rests", reason, may_pass=True)

    def _patiently(self, url: str, headers: dict[str, str], max_bytes: int) -> Fetched | str:
        """The answer after as many attempts as are allowed, waiting as long as the server asks for."""
        backoff = tenacity.wait_random_exponential(self.limits.first_wait_seconds, self.limits.max_wait_seconds)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            told = error.wait if isinstance(error, _TemporaryError) else None
            return backoff(state) if told is None else told

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TemporaryError),
            stop=tenacity.stop_after_attempt(self.limits.attempts),
            wait=wait,
            sleep=self.sleep,
            reraise=True,
        )
        return retrying(self._once, url, headers, max_bytes)

    def _once(self, url: str, headers: dict[str, str], max_bytes: int) -> Fetched | str:
        """One request: what was fetched, or the address that it was redirected to."""
        _check_scheme(url)
        self._pause(url)
        self._backend.start_clock(self.limits.total_seconds)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return self._read(response, url, max_bytes)
        except BlockedAddressError as error:
            reason = f"This address is not on the public internet ({error}); such are never connected to."
            raise FetchError("blocked_address", reason) from error
        except DeadlineError as error:
            raise self._too_slow() from error
        except httpx.TimeoutException as error:
            if self._backend.is_over():
                raise self._too_slow() from error
            reason = f"The server was silent for {self.limits.idle_seconds:g} seconds."
            raise _TemporaryError("timeout", reason) from error
        except httpx.InvalidURL as error:
            raise FetchError("bad_address", f"This is no web address: {error}.") from error
        except httpx.TransportError as error:
            reason = f"The connection failed: {error or type(error).__name__}."
            raise _TemporaryError("connection_failed", reason) from error
        except UnreadableError as error:
            raise FetchError(error.code, error.reason) from error
        finally:
            self._last_request[_host(url)] = time.monotonic()

    def _too_slow(self) -> FetchError:
        reason = f"The server took longer than {self.limits.total_seconds:g} seconds in all."
        return FetchError("too_slow", reason, may_pass=True)

    def _read(self, response: httpx.Response, url: str, max_bytes: int) -> Fetched | str:
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return _joined(url, response.headers["location"])
        if status in TEMPORARY:
            self._raise_temporary(status, response.headers.get("retry-after"))
        if status not in {200, 304}:
            raise FetchError(
                f"http_{status}", f"The server answered {status} {response.reason_phrase}.".replace(" .", ".")
            )
        told = response.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and len(told) < 20 and int(told) > max_bytes:
            raise FetchError("too_large", f"It is larger than {max_bytes // 1024**2} MB.")
        content = (
            b""
            if status == 304
            else decoded(_limited(response, max_bytes), response.headers.get("content-encoding"), max_bytes)
        )
        return Fetched(
            url=url,
            content=content,
            content_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding,
            etag=response.headers.get("etag"),
            last_modified=response.headers.get("last-modified"),
            is_modified=status != 304,
        )

    def _raise_temporary(self, status: int, retry_after: str | None) -> None:
        wait = _seconds(retry_after)
        reason = f"The server answered {status}" + (" (too many requests)." if status == 429 else ".")
        if wait is not None and wait > self.limits.max_wait_seconds:
            retry_at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=min(wait, 7 * 86400))
            raise FetchError(f"http_{status}", f"{reason} It asks to come back after {wait:.0f} seconds.", retry_at)
        raise _TemporaryError(f"http_{status}", reason, wait)

    def _pause(self, url: str) -> None:
        """Wait until the host has had its rest since the last request."""
        last = self._last_request.get(_host(url))
        if last is None:
            return
        rules = self._robots.get(_origin(url))
        told = rules.crawl_delay(ROBOT_NAME) if rules else None
        pause = min(max(self.limits.pause_seconds, float(told or 0)), self.limits.max_pause_seconds)
        left = last + pause - time.monotonic()
        if left > 0:
            self.sleep(left)

    def _check_robots(self, url: str) -> None:
        """Raise FetchError where robots.txt forbids the address, or where it cannot be had (RFC 9309, 2.3.1)."""
        _check_scheme(url)
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._robots_of(origin)
        rules = self._robots[origin]
        if rules is not None and not rules.can_fetch(url, ROBOT_NAME):
            raise FetchError("robots", "The site's robots.txt asks programs not to fetch this address.")

    def _robots_of(self, origin: str) -> Protego | None:
        url = f"{origin}/robots.txt"
        try:
            for _ in range(self.limits.max_redirects + 1):
                answer = self._patiently(url, {}, MAX_ROBOTS_BYTES)
                if isinstance(answer, Fetched):
                    return Protego.parse(answer.content.decode("utf-8", "replace"))
                url = answer
        except FetchError as error:
            if error.code.startswith("http_4") and error.code != "http_429":
                return None  # No rules: everything is allowed.
            if error.code == "too_large":
                return None
            raise
        return None


def _limited(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    n_bytes = 0
    for block in response.iter_raw():
        n_bytes += len(block)
        if n_bytes > max_bytes:
            raise FetchError("too_large", f"It is larger than {max_bytes // 1024**2} MB.")
        yield block


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError("bad_address", f"It was redirected to what is no web address: {error}.") from error


def _check_scheme(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        has_login = bool(parts.username or parts.password)
        _ = parts.port
    except ValueError as error:
        raise FetchError("bad_address", f"This is no web address: {error}.") from error
    if not is_web:
        raise FetchError("not_http", "Only http and https addresses are fetched.")
    if has_login:
        raise FetchError("bad_address", "Addresses with a name and password in them are not fetched.")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After is a number of seconds or a date."""
    if retry_after is None:
        return None
    told = retry_after.strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
