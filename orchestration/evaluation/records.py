"""Gold and predictions as read from JSON lines: the fields of the codebook, typed, one article a line.

Belongs here: reading and checking such files. Gold and predictions share one form; gold holds the text too. Predictions
may be another program's, so values are free strings. Does not belong here: comparing the two (`comparison`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Form = TypeVar("Form", bound="ArticleRecord")
Item = TypeVar("Item")

ListOrNull = Annotated[list[Item], BeforeValidator(lambda value: [] if value is None else value)]


class UnreadableFile(ValueError):
    """A file of articles that cannot be scored; the message names file, line and field."""


class CharacterRange(BaseModel):
    """Half-open range of Unicode code points in the article's text."""

    start: int
    end: int


class ParticipantRecord(BaseModel):
    """One who takes part in a meeting."""

    name: str | None = None
    role: str | None = None
    party: str | None = None
    part: str | None = None


class MeetingRecord(BaseModel):
    """One meeting; `rule` and `confidence` are the parser's own and absent from gold."""

    evidence: CharacterRange | None = None
    status: str | None = None
    mode: str | None = None
    format: str | None = None
    kind: str | None = None
    name: str | None = None
    ordinal: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    place: str | None = None
    country: str | None = None
    participants: ListOrNull[ParticipantRecord] = Field(default_factory=list)
    background: bool | None = None
    rule: str | None = None
    confidence: float | None = None


class StatementRecord(BaseModel):
    """One commitment or demand; `rule` and `confidence` are the parser's own and absent from gold."""

    content: CharacterRange
    statement_class: str = Field(alias="class")
    kind: str | None = None
    speakers: ListOrNull[str] = Field(default_factory=list)
    speaker_name: str | None = None
    addressees: ListOrNull[str] = Field(default_factory=list)
    conditional: bool | None = None
    deadline: str | None = None
    outcome_no: int | None = None
    rule: str | None = None
    confidence: float | None = None


class ArticleRecord(BaseModel):
    """An article with its facts. Whatever else its line holds (`publisher`, `licence` …) is kept as an extra field."""

    model_config = ConfigDict(extra="allow")

    id: str
    text: str | None = None
    headline: str | None = None
    published: str | None = None
    publisher: str | None = None
    meetings: ListOrNull[MeetingRecord] = Field(default_factory=list)
    statements: ListOrNull[StatementRecord] = Field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """True where it holds no fact."""
        return not self.meetings and not self.statements

    def value(self, name: str) -> str:
        """The value of any field of the line as text: what articles are grouped by."""
        return str(getattr(self, name, None))


class GoldRecord(ArticleRecord):
    """An article of a gold file: its text is a must."""

    text: str


def read_gold(path: Path) -> list[GoldRecord]:
    """The articles of a gold file, in its order. Raises UnreadableFile."""
    return _read(path, GoldRecord)


def read_predictions(path: Path) -> dict[str, ArticleRecord]:
    """The articles of a file of predictions by id. Raises UnreadableFile."""
    return {record.id: record for record in _read(path, ArticleRecord)}


def _read(path: Path, form: type[Form]) -> list[Form]:
    try:
        # Not splitlines(): U+2028 and its like may stand unescaped inside a JSON string.
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path}: not UTF-8 (byte {error.start})") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(form.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            raise UnreadableFile(f"{path}, line {number}: not JSON ({error.msg})") from error
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "the line"
            raise UnreadableFile(f"{path}, line {number}: {field}: {first['msg']}") from error
    return records
