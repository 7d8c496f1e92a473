"""Clustering: what goes together, what is kept apart, and that the order of the pairs does not matter."""

from hypothesis import given
from hypothesis import strategies as st

from orchestration.resolve.clusters import Pair, Traits, cluster

MEMBERS = [f"m{number}" for number in range(8)]


def test_likenesses_chain_where_nothing_contradicts() -> None:
    clusters = cluster("abcd", [(1.0, "a", "b"), (1.0, "b", "c")])
    assert clusters == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_two_mentions_of_one_article_are_never_one_meeting() -> None:
    traits = {"a": Traits(once=frozenset(["one"])), "c": Traits(once=frozenset(["one"]))}
    clusters = cluster("abc", [(1.0, "a", "b"), (2.0, "b", "c")], traits)
    assert clusters == {"a": "a", "b": "b", "c": "b"}


def test_a_partial_date_does_not_bridge_two_days() -> None:
    traits = {
        "third": Traits(between=(2.5, 3.5)),
        "april": Traits(between=(0, 30)),
        "tenth": Traits(between=(9.5, 10.5)),
    }
    clusters = cluster(traits, [(2.0, "third", "april"), (1.0, "april", "tenth")], traits)
    assert clusters["third"] == clusters["april"] != clusters["tenth"]


def test_different_rounds_stay_apart_through_an_unnumbered_mention() -> None:
    traits = {"first": Traits(agreed={"ordinal": 1}), "second": Traits(agreed={"ordinal": 2})}
    clusters = cluster(["first", "none", "second"], [(1.0, "first", "none"), (2.0, "second", "none")], traits)
    assert clusters["second"] == clusters["none"] != clusters["first"]


pairs = st.lists(
    st.tuples(st.integers(1, 3).map(float), st.sampled_from(MEMBERS), st.sampled_from(MEMBERS)), max_size=20
)
articles = st.lists(st.integers(0, 3), min_size=len(MEMBERS), max_size=len(MEMBERS))


@given(pairs=pairs, articles=articles, random=st.randoms(use_true_random=False))
def test_order_does_not_matter_and_no_cluster_holds_an_article_twice(
    pairs: list[Pair], articles: list[int], random: st.DataObject
) -> None:
    traits = {member: Traits(once=frozenset([article])) for member, article in zip(MEMBERS, articles, strict=True)}
    clusters = cluster(MEMBERS, pairs, traits)
    turned = [(score, right, left) for score, left, right in pairs]
    random.shuffle(turned)  # type: ignore[attr-defined]
    shuffled = MEMBERS[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cluster(shuffled, turned, traits) == clusters
    seen = [(clusters[member], article) for member, article in zip(MEMBERS, articles, strict=True)]
    assert len(seen) == len(set(seen))
