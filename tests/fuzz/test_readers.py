"""The bounded run of the fuzzing for every test run, and everything that longer runs have found."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import FINDS, TOKENS, check, damage, samples

SAMPLES = samples()
bounded = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_whole_sample_is_read(kind: str) -> None:
    outcomes = check(SAMPLES[kind], f"input.{kind}")
    assert set(outcomes) == {"article"}


@pytest.mark.parametrize("kind", SAMPLES)
@bounded
@given(seed=st.integers(0, 2**32))
def test_damaged_input_ends_as_article_or_reason(kind: str, seed: int) -> None:
    check(damage(SAMPLES[kind], random.Random(seed)), f"input.{kind}")


@bounded
@given(
    content=st.one_of(
        st.binary(max_size=3000), st.text(max_size=3000).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_end_as_article_or_reason(content: bytes) -> None:
    check(content)


@bounded
@given(parts=st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_row_of_telling_pieces_ends_as_article_or_reason(parts: list[bytes]) -> None:
    check(b"".join(parts))


@pytest.mark.parametrize("find", sorted(FINDS.glob("*.bin")), ids=lambda path: path.stem)
def test_what_was_found_stays_mended(find: Path) -> None:
    check(find.read_bytes(), f"input.{find.stem.rpartition('-')[0]}")
