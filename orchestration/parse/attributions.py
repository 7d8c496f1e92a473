"""Who says what: direct and indirect speech, across sentences and paragraphs, plural and passive.

Does not belong here: whether what is said binds anybody (`statements`).
"""

from __future__ import annotations

from orchestration.parse.reading import Attribution, Reading


def find_attributions(reading: Reading) -> list[Attribution]:
    """Every attributed piece of text, in order of its content."""
    return []
