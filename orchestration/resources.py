"""What every asset and check is handed: the settings, the staged tables, and a way to tell how work goes on.

Does not belong here: any work.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from orchestration.ingest.fetch import Fetcher
from orchestration.settings import Settings
from orchestration.store.batches import BatchStore
from orchestration.store.lock import exclusive
from orchestration.store.pool import process_pool
from orchestration.store.report import Progress, silent

WAIT_FOR_OTHER_RUN_SECONDS = 3_600


class Workspace:
    """One warehouse as the assets see it."""

    def __init__(self, settings: Settings, progress: Progress = silent) -> None:
        self.settings = settings
        self.store = BatchStore(settings.stages_dir)
        self.progress = progress

    @contextmanager
    def writing(self) -> Iterator[BatchStore]:
        """The staged tables, for one writer at a time; a second run waits for the first."""
        with exclusive(self.settings.warehouse_dir, WAIT_FOR_OTHER_RUN_SECONDS):
            self.store.clear_incoming()
            self.store.prepare()
            yield self.store

    def fetcher(self) -> Fetcher:
        """What asks feeds and pages; it goes to public addresses only, unless the settings open this machine's own."""
        return Fetcher(allow_loopback=self.settings.allow_loopback)

    @contextmanager
    def processes(self, n_items: int) -> Iterator[Executor | None]:
        """Processes to share work among, or None where so few items are done sooner than processes start."""
        with process_pool(self.settings.workers, n_items) as executor:
            yield executor
