"""Processes that work side by side on this machine.

Does not belong here: what they do; any `concurrent.futures.Executor` may stand in for this pool.
"""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

FEW_ITEMS = 100
"""Below this, starting processes (each loads the language model) takes longer than parsing."""


@contextmanager
def process_pool(workers: int, n_items: int) -> Iterator[Executor | None]:
    """A pool of `workers` processes, or None where one process is as fast."""
    if workers < 2 or n_items < FEW_ITEMS:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent) as executor:
        yield executor


def _die_with_parent() -> None:
    """End this process when its parent is killed; it would otherwise wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
