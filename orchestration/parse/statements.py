"""Commitments and demands by the codebook: content span, class and kind, speakers, addressees, point number.

Does not belong here: meetings (`meetings`), linking over several articles (dbt).
"""

from __future__ import annotations

from orchestration.parse.model import Meeting, Statement
from orchestration.parse.reading import Reading


def find_statements(reading: Reading, meetings: list[Meeting]) -> list[Statement]:
    """The statements that an article tells, in order of their content; `meeting` names one of `meetings` or is None."""
    return []
