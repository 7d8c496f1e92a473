"""What a stage did in one run, in numbers: for the metadata in the UI and the last lines on the terminal.

Does not belong here: how it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int | None], None]
"""Called as work goes on: what is done (`"articles parsed"`), how many so far, how many in all where that is known."""


def silent(what: str, done: int, total: int | None) -> None:
    """The progress of those who do not want any."""


@dataclass(slots=True)
class StageReport:
    """New rows by table, the batches they went to, and how much was set aside, by reason code."""

    rows: dict[str, int] = field(default_factory=dict)
    batches: list[str] = field(default_factory=list)
    set_aside: dict[str, int] = field(default_factory=dict)

    def add(self, other: "StageReport") -> None:
        """Count in what another part of the same stage did."""
        self.batches += other.batches
        for mine, theirs in ((self.rows, other.rows), (self.set_aside, other.set_aside)):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count

    @property
    def n_set_aside(self) -> int:
        """How many pieces of input went to quarantine."""
        return sum(self.set_aside.values())

    @property
    def is_idle(self) -> bool:
        """True where there was nothing to do."""
        return not self.batches
