"""One run at a time on one warehouse: a lock that the operating system gives back when a run dies.

Does not belong here: what a run does.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
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


def wait_until_free(database: Path, wait_seconds: float = 600) -> None:
    """Wait until no process has a DuckDB file open for writing, such as the dbt that a killed run left behind.

    Raises:
        AnotherRunIsActive: the file was still held after `wait_seconds`.
    """
    deadline = time.monotonic() + wait_seconds
    while database.exists():
        try:
            duckdb.connect(str(database), read_only=True).close()
            return
        except duckdb.IOException as error:
            if "lock" not in str(error).lower() or time.monotonic() > deadline:
                raise AnotherRunIsActive(f"{database} is held by another process: {error}") from error
            time.sleep(1)
