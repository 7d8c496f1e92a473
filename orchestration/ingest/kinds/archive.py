"""gzip, zip and tar: what is packed is handed on as a stream to be recognised anew; nothing is ever written out.

Belongs here: unpacking within limits. Does not belong here: what the members are.
"""

from __future__ import annotations

import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Protocol, cast

from orchestration.ingest.kinds.base import HEAD_BYTES, Format, Head, Piece, Problem
from orchestration.ingest.records import (
    MAX_CONTAINER_BYTES,
    MAX_MEMBERS,
    TRUNCATED,
    UnreadableError,
    printable,
)

MAX_RATIO = 200
"""Text packs to a tenth, at best a fiftieth; more is a bomb. Asked only above RATIO_FREE_BYTES."""

RATIO_FREE_BYTES = 64 * 1024 * 1024
MAX_SPOOLED_BYTES = 64 * 1024 * 1024

# Members packed by bzip2 and by xz are damaged in their own ways.
_DAMAGE = (zlib.error, OSError, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, EOFError, NotImplementedError)
_TAR_SIGNATURE = slice(257, 262)


class _Counted(io.RawIOBase):
    """A stream that counts what was taken from it."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self.n_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self._inner.read(len(buffer))
        buffer[: len(content)] = content
        self.n_bytes += len(content)
        return len(content)


class _SteppedReader(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """What comes out of a packed stream: ends at a break or a limit instead of raising, and tells it in `error`."""

    def __init__(self, inner: _SteppedReader, packed: _Counted | None, budget: list[int]) -> None:
        self._inner = inner
        self._packed = packed
        self._budget = budget
        self._n_bytes = 0
        self.error: UnreadableError | None = None
        self.is_told = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.error is not None:
            return 0
        try:
            # One step only: a longer read would lose, with the break, what came before it.
            content = self._inner.read1(len(buffer))
        except _DAMAGE as error:
            self.error = _broken(error)
            if self._packed is not None and not self._packed.read(1):
                self.error = _broken(EOFError())  # Cut inside the head of a further member.
            return 0
        buffer[: len(content)] = content
        self._n_bytes += len(content)
        self._budget[0] -= len(content)
        self.error = self._over_limit()
        return len(content)

    def _over_limit(self) -> UnreadableError | None:
        if self._budget[0] < 0:
            limit = MAX_CONTAINER_BYTES // 1024**3
            return UnreadableError("archive_bomb", f"This unpacks to more than {limit} GB; it was read up to there.")
        n_packed = max(1, self._packed.n_bytes) if self._packed else self._n_bytes
        if self._n_bytes > RATIO_FREE_BYTES and self._n_bytes > n_packed * MAX_RATIO:
            reason = f"This unpacks to more than {MAX_RATIO} times its size, as a bomb does; it was read up to there."
            return UnreadableError("archive_bomb", reason)
        return None


def _broken(error: Exception) -> UnreadableError:
    is_cut = isinstance(error, EOFError) or "unexpected end of data" in str(error) or "truncated" in str(error)
    if is_cut:
        return UnreadableError(TRUNCATED, "The file breaks off before its end; what comes before the break is kept.")
    return UnreadableError("damaged_archive", f"The archive is damaged: {printable(str(error), 100)}.")


def _buffered(stream: _Unpacked) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(stream, HEAD_BYTES))


def _open_gzip(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    packed = _Counted(stream)
    with gzip.GzipFile(fileobj=io.BufferedReader(packed, HEAD_BYTES)) as inner:
        unpacked = _Unpacked(inner, packed, [MAX_CONTAINER_BYTES])
        yield Piece(stream=_buffered(unpacked), name=head.name.removesuffix(".gz"))
        if unpacked.error is not None and not unpacked.is_told:
            yield Problem(unpacked.error)


def _unsafe(name: str) -> UnreadableError | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.drive or ":" in path.parts[0] if path.parts else True:
        return UnreadableError(
            "unsafe_path", "The archive names a place outside itself; members like this are not read."
        )
    return None


def _is_ignored(name: str) -> bool:
    """Folders and the side files that some systems pack along are no input."""
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _member(name: str) -> str:
    return f"member {printable(name)}"


def _too_many() -> Problem:
    reason = f"The archive holds more than {MAX_MEMBERS:,} members; it was read up to there."
    return Problem(UnreadableError("archive_bomb", reason))


def _open_tar(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    budget = [MAX_CONTAINER_BYTES]
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=tarfile.RECORDSIZE) as archive:
            for number, member in enumerate(archive, start=1):
                if number > MAX_MEMBERS:
                    yield _too_many()
                    return
                # The archive remembers every member it has passed: memory must not grow with their number.
                archive.members = []  # type: ignore[attr-defined]
                if member.isdir():
                    continue
                is_whole = yield from _tar_member(archive, member, budget)
                if not is_whole or budget[0] < 0:
                    return
    except _DAMAGE as error:
        yield Problem(_broken(error))
    except (ValueError, OverflowError) as error:
        yield Problem(_broken(tarfile.ReadError(str(error))))


def _tar_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, budget: list[int]
) -> Generator[Piece | Problem, None, bool]:
    """What one member holds; returns False where the archive breaks off in it."""
    if unsafe := _unsafe(member.name):
        yield Problem(unsafe, _member(member.name))
        return True
    if not member.isreg():
        reason = "This is a link or a device and not a file; such members are not read."
        yield Problem(UnreadableError("not_a_file", reason), _member(member.name))
        return True
    inner = archive.extractfile(member)
    if _is_ignored(member.name) or not isinstance(inner, io.BufferedReader):
        return True
    unpacked = _Unpacked(inner, None, budget)
    name = PurePosixPath(member.name).name
    yield Piece(_member(member.name), stream=_buffered(unpacked), name=name, record_id=printable(member.name, 1000))
    if unpacked.error is not None and not unpacked.is_told:
        yield Problem(unpacked.error, _member(member.name))
    return unpacked.error is None


def _open_zip(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    budget = [MAX_CONTAINER_BYTES]
    with _seekable(stream) as file:
        try:
            archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            reason = "The zip archive is damaged or cut off: its table of contents at the end is missing."
            raise UnreadableError(TRUNCATED, reason) from error
        except (*_DAMAGE, ValueError, OverflowError) as error:
            raise _broken(error) from error
        with archive:
            names = set(archive.namelist()[:50])
            if "[Content_Types].xml" in names or "mimetype" in names:
                reason = (
                    "This is an Office document or e-book (Word, Excel, OpenDocument, EPUB); save it as PDF or text."
                )
                raise UnreadableError("office_document", reason)
            for number, member in enumerate(archive.infolist(), start=1):
                if number > MAX_MEMBERS:
                    yield _too_many()
                    return
                yield from _zip_member(archive, member, budget)
                if budget[0] < 0:
                    return


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: list[int]) -> Iterator[Piece | Problem]:
    locator = _member(member.filename)
    if unsafe := _unsafe(member.filename):
        yield Problem(unsafe, locator)
    elif member.external_attr >> 28 == 0xA:
        reason = "This is a link or a device and not a file; such members are not read."
        yield Problem(UnreadableError("not_a_file", reason), locator)
    elif member.flag_bits & 1:
        yield Problem(UnreadableError("password", "This is locked with a password; unpack it first."), locator)
    elif member.file_size > RATIO_FREE_BYTES and member.file_size > max(1, member.compress_size) * MAX_RATIO:
        reason = f"This unpacks to more than {MAX_RATIO} times its size, as a bomb does; it was not read."
        yield Problem(UnreadableError("archive_bomb", reason), locator)
    elif not _is_ignored(member.filename):
        try:
            inner = archive.open(member)
        except (*_DAMAGE, RuntimeError, ValueError) as error:
            yield Problem(_broken(error), locator)
            return
        with inner:
            unpacked = _Unpacked(cast(_SteppedReader, inner), None, budget)
            name = PurePosixPath(member.filename).name
            yield Piece(locator, stream=_buffered(unpacked), name=name, record_id=printable(member.filename, 1000))
            if unpacked.error is not None and not unpacked.is_told:
                yield Problem(unpacked.error, locator)


def _seekable(stream: BinaryIO) -> IO[bytes]:
    """The stream, or, inside another container, its bytes in a temporary file that goes when it is closed."""
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        return _Unclosed(stream)
    spooled = tempfile.SpooledTemporaryFile(max_size=MAX_SPOOLED_BYTES)  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(stream, spooled)
    spooled.seek(0)
    return cast(IO[bytes], spooled)


class _Unclosed(io.BufferedReader):
    """A view of an open file whose closing is left to its owner."""

    def __init__(self, stream: io.BufferedReader) -> None:
        super().__init__(stream.raw)
        self.seek(0)

    def close(self) -> None:
        self.detach()


GZIP = Format("gzip", lambda head: head.content.startswith(b"\x1f\x8b"), _open_gzip)
ZIP = Format("zip", lambda head: head.content.startswith((b"PK\x03\x04", b"PK\x05\x06")), _open_zip)
TAR = Format("tar", lambda head: head.content[_TAR_SIGNATURE] == b"ustar", _open_tar)
