"""Walk raw/: which regular files are there to be read.

Does not belong here: what is in them (`documents`), nor which of them are new (a difference of `file_key`s, made by
whoever stores them).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from orchestration.ingest.records import RawFile, SetAside

IGNORED_NAMES = frozenset({"sources.yaml", "sources.yml", "readme", "readme.md", "readme.txt", "readme.rst"})


def _set_aside(source_path: str, code: str, reason: str) -> SetAside:
    return SetAside("documents", source_path, None, code, reason)


def shown_path(path: Path, raw_dir: Path) -> str:
    """The path below raw/ with forward slashes; bytes that are not UTF-8 are shown escaped."""
    return os.fsencode(path.relative_to(raw_dir).as_posix()).decode("utf-8", "backslashreplace")


def walk_raw(raw_dir: Path) -> Iterator[RawFile | SetAside]:
    """Every regular file below `raw_dir`, in a fixed order; what is no regular file is set aside.

    Hidden files, sources.yaml and READMEs are no news and are passed over. Symbolic links are never followed: they may
    lead out of the folder or in a circle.
    """
    yield from _walk_folder(raw_dir, raw_dir)


def _walk_folder(folder: Path, raw_dir: Path) -> Iterator[RawFile | SetAside]:
    for name in sorted(os.listdir(folder)):
        if not name.startswith(".") and name.lower() not in IGNORED_NAMES:
            yield from _walk_entry(folder / name, raw_dir)


def _walk_entry(path: Path, raw_dir: Path) -> Iterator[RawFile | SetAside]:
    source_path = shown_path(path, raw_dir)
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            reason = "This is a symbolic link; links are not followed. Put the file itself here."
            yield _set_aside(source_path, "symbolic_link", reason)
        elif stat.S_ISDIR(status.st_mode):
            yield from _walk_folder(path, raw_dir)
        elif stat.S_ISREG(status.st_mode):
            yield RawFile(path, source_path, status.st_size, status.st_mtime_ns)
        else:
            yield _set_aside(source_path, "not_a_file", "This is a device, pipe or socket and not a file.")
    except FileNotFoundError:
        return  # Taken away while we were walking: nothing is lost, it is simply no longer there.
    except PermissionError:
        yield _set_aside(source_path, "no_permission", "This may not be read: its permissions forbid it.")
