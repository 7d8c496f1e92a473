"""One run at a time on one warehouse: a lock that the operating system gives back when a run dies.

Does not belong here: what a run does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class AnotherRunIsActive(Exception):
    """The warehouse is being written by another run."""


@contextmanager
def exclusive(warehouse: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the warehouse for this run.

    Raises:
        AnotherRunIsActive: another run still held it after `wait_seconds`.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / ".run.lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise AnotherRunIsActive(
            f"Another run is writing {warehouse}. Wait for it to end, then run again; nothing was changed."
        ) from error
    try:
        yield
    finally:
        lock.release()
