"""Meetings by the codebook: which sentences tell one, who took part, when, where, of which kind and round.

Does not belong here: commitments and demands (`statements`), merging over several articles (dbt).
"""

from __future__ import annotations

from orchestration.parse.model import Meeting
from orchestration.parse.reading import Reading


def find_meetings(reading: Reading) -> list[Meeting]:
    """The meetings that an article tells, one each, in order of their evidence, numbered m1, m2 …"""
    return []
