"""Typed reading of raw/sources.yaml: how to read the files that do not explain themselves, and which feeds to poll.

Belongs here: the shape of that file and its error messages. Does not belong here: applying a mapping to a record
(`kinds.fields`) or polling (`feeds`).
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, ValidationError

TextFormat = Literal["auto", "text", "html", "markdown"]


class SourcesError(ValueError):
    """raw/sources.yaml has a mistake; the message is one line that says where and what."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write it like Europe/Moscow or UTC") from error
    return name


def _valid_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


FieldNames = Annotated[list[str], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldMapping(_Strict):
    """Which field or column holds what; of several names `text` joins paragraphs, `published` date and time."""

    id: str | None = None
    url: str | None = None
    headline: str | None = None
    text: FieldNames = []
    published: FieldNames = []
    authors: FieldNames = []
    publisher: str | None = None
    section: str | None = None
    language: str | None = None


class FileSource(_Strict):
    """How to read the files whose path below raw/, or whose bare name, matches a glob pattern."""

    name: str
    match: str
    publisher: str | None = None
    fields: FieldMapping = FieldMapping()
    text_format: TextFormat = "auto"
    time_zone: Annotated[str, AfterValidator(_known_zone)] | None = None
    day_first: bool = False
    language: str | None = None
    cut_from: Annotated[str, AfterValidator(_valid_pattern)] | None = None

    def matches(self, source_path: str) -> bool:
        """True for the files that this entry is about."""
        name = source_path.rsplit("/", 1)[-1]
        return fnmatchcase(source_path, self.match) or fnmatchcase(name, self.match)


class FeedSource(_Strict):
    """A feed to poll. `follow_links` fetches each entry's page for the full text."""

    name: str
    address: HttpUrl
    publisher: str | None = None
    interval_minutes: Annotated[int, Field(ge=5)] = 60
    follow_links: bool = False
    language: str | None = None


class Sources(_Strict):
    """All of raw/sources.yaml."""

    files: list[FileSource] = []
    feeds: list[FeedSource] = []

    def for_file(self, source_path: str) -> FileSource | None:
        """The first entry that a file matches."""
        return next((entry for entry in self.files if entry.matches(source_path)), None)

    def named(self, name: str | None) -> FileSource | FeedSource | None:
        """The entry that a document was received under."""
        return {entry.name: entry for entry in self._entries()}.get(name or "")

    def _entries(self) -> list[FileSource | FeedSource]:
        return [*self.files, *self.feeds]


def load_sources(path: Path) -> Sources:
    """Read sources.yaml; a file that is not there means no entries.

    Raises SourcesError with one line that names the place of the first mistake.
    """
    if not path.exists():
        return Sources()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise SourcesError(f"{path.name}: {line}{error.problem or 'this is not valid YAML'}") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise SourcesError(f"{path.name}: this is not valid YAML: {error}") from error
    if content is None:
        return Sources()
    if not isinstance(content, dict):
        raise SourcesError(f"{path.name}: expected the lists `files:` and `feeds:`")
    try:
        sources = Sources.model_validate(content)
    except ValidationError as error:
        raise SourcesError(f"{path.name}: {_first_mistake(error, content)}") from error
    names = [entry.name for entry in sources.files] + [entry.name for entry in sources.feeds]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SourcesError(f"{path.name}: the name {twice!r} is used by two entries")
    return sources


def _first_mistake(error: ValidationError, content: dict[str, object]) -> str:
    first = error.errors(include_url=False)[0]
    place: object = content
    where: list[str] = []
    for part in first["loc"]:
        if isinstance(place, list) and isinstance(part, int) and part < len(place):
            place = place[part]
            label = place.get("name") if isinstance(place, dict) else None
            where.append(f"entry {label!r}" if label else f"entry {part + 1}")
        else:
            place = place.get(part) if isinstance(place, dict) else None
            where.append(f"{part!r}")
    message = "is not known here" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return f"{', '.join(where)}: {message}"
