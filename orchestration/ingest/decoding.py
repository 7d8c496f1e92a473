"""Undo the content codings of HTTP (gzip, deflate, br) without ever making more than a limit.

Does not belong here: archives as files (`kinds.archive`), charsets (`kinds.charsets`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

from orchestration.ingest.records import UnreadableError

STEP_BYTES = 256 * 1024


class _Decoder(Protocol):
    def decode(self, content: bytes, limit: int) -> bytes: ...


class _Zlib:
    """gzip with any number of members, or deflate with or without its zlib head."""

    def __init__(self, window_bits: int) -> None:
        self._window_bits = window_bits
        self._inner = zlib.decompressobj(window_bits)
        self._has_begun = False

    def decode(self, content: bytes, limit: int) -> bytes:
        made = bytearray()
        while content and len(made) <= limit:
            try:
                made += self._inner.decompress(content, max(1, min(STEP_BYTES, limit + 1 - len(made))))
            except zlib.error:
                if self._has_begun or self._window_bits != zlib.MAX_WBITS:
                    raise
                self._inner = zlib.decompressobj(-zlib.MAX_WBITS)  # Some servers send deflate without its head.
                self._has_begun = True
                continue
            self._has_begun = True
            content = self._inner.unconsumed_tail
            if self._inner.eof:
                content = self._inner.unused_data
                self._inner = zlib.decompressobj(self._window_bits)
        return bytes(made)


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._inner = brotli.Decompressor()

    def decode(self, content: bytes, limit: int) -> bytes:
        import brotli

        made = bytearray()
        try:
            while len(made) <= limit:
                made += self._inner.process(content, output_buffer_limit=STEP_BYTES)
                content = b""
                if self._inner.can_accept_more_data():
                    break
        except brotli.error as error:
            raise zlib.error(str(error)) from error
        return bytes(made)


def _decoders(coding: str) -> list[_Decoder]:
    decoders: list[_Decoder] = []
    for name in reversed([part.strip().lower() for part in coding.split(",") if part.strip()]):
        if name in {"gzip", "x-gzip"}:
            decoders.append(_Zlib(zlib.MAX_WBITS | 16))
        elif name == "deflate":
            decoders.append(_Zlib(zlib.MAX_WBITS))
        elif name == "br":
            decoders.append(_Brotli())
        elif name != "identity":
            raise UnreadableError("unknown_coding", f"It was sent in the coding '{name[:20]}', which is not read.")
    if len(decoders) > 2:
        raise UnreadableError("unknown_coding", "It was packed more than twice over in transit.")
    return decoders


def decoded(blocks: Iterable[bytes], coding: str | None, limit: int) -> bytes:
    """The blocks put together and unpacked.

    Raises UnreadableError above `limit` bytes, for codings that are not known and for damage.
    """
    decoders = _decoders(coding or "")
    made = bytearray()
    try:
        for block in blocks:
            for decoder in decoders:
                block = decoder.decode(block, limit - len(made))
            made += block
            if len(made) > limit:
                reason = f"It unpacks to more than {limit // 1024**2} MB, too large for one article or feed."
                raise UnreadableError("too_large", reason, bytes(made[:200]))
    except zlib.error as error:
        raise UnreadableError("damaged_archive", f"What was sent is damaged: {error}.") from error
    return bytes(made)
