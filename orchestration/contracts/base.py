"""What all stored tables share: the base model, the quarantine table, reusable column rules.

Does not belong here: the columns of any one stage.
"""

from typing import Annotated

import pandera.polars as pa
import polars as pl

Timestamp = Annotated[pl.Datetime, "us", "UTC"]
TextList = Annotated[pl.List, pl.String]
ISO_PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SHA256 = r"^[0-9a-f]{64}$"
ARTICLE_ID = r"^[0-9a-f]{16}$"


class StoredTable(pa.DataFrameModel):
    """A table with exactly the declared columns, in the declared order, in the declared types."""

    class Config:
        """No further column, no other order, no silent cast."""

        strict = True
        ordered = True
        coerce = False


class Quarantine(StoredTable):
    """One row a piece of input that was set aside: at which stage, where it stood, why, and what it looks like."""

    stage: str = pa.Field(isin=["documents", "articles", "mentions"])
    source_path: str = pa.Field(description="File below raw/, or the address it was fetched from")
    locator: str = pa.Field(nullable=True, description="Where in the file: line 12, entry 3, member a/b.html")
    document_id: str = pa.Field(nullable=True)
    article_id: str = pa.Field(nullable=True)
    reason_code: str = pa.Field(str_matches=r"^[a-z0-9_]+$", description="Short name of the reason, to group by")
    reason: str = pa.Field(str_length={"min_value": 1}, description="What is wrong and what to do, for a person")
    sample: str = pa.Field(nullable=True, description="The first characters of what was set aside, made printable")
    code_version: str = pa.Field(description="Reader or parser version that set it aside; a newer one tries again")
    set_aside_at: Timestamp
    batch_id: str
