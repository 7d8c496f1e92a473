"""Web addresses in one canonical form, so that one article has one address.

Does not belong here: connecting to an address, or whether that is safe (`fetch`).
"""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import normalize_url

MAX_ADDRESS_CHARACTERS = 2000


def canonical_url(told: str, base: str | None = None) -> str | None:
    """The address without fragment, tracking and letter case; None for what is no http or https address."""
    told = told.strip()
    if not told or len(told) > MAX_ADDRESS_CHARACTERS or any(c.isspace() or not c.isprintable() for c in told):
        return None
    try:
        if base is not None:
            told = urljoin(base, told)
        parts = urlsplit(told)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            return None
        return str(normalize_url(urldefrag(told).url))
    except ValueError:
        return None


def site_of(url: str | None) -> str | None:
    """The host without www: what stands for the publisher where nothing better is told."""
    if url is None:
        return None
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
