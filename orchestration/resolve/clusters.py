"""Pairs that belong together become clusters, in one way whatever the order in which the pairs come.

The best pair is merged first, and a merge is refused where the two clusters contradict each other: that is what keeps a
chain of likenesses (a is like b, b is like c) from making one thing of two. Does not belong here: how alike a pair is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

Pair = tuple[float, str, str]
"""How alike two members are, and which."""

EVER = (float("-inf"), float("inf"))


@dataclass(frozen=True, slots=True)
class Traits:
    """What may keep a member out of a cluster.

    `once` holds what only one member of a cluster may have (the article that tells it: one article tells a thing once);
    `agreed` what all members that have it must have alike, by name (the ordinal, the country); `between` the stretch of
    time, in days, that must have a moment in common with all the others'.
    """

    once: frozenset[Hashable] = frozenset()
    agreed: Mapping[str, Hashable] = field(default_factory=dict)
    between: tuple[float, float] = EVER


@dataclass(slots=True)
class _Cluster:
    members: list[str]
    once: set[Hashable]
    agreed: dict[str, Hashable]
    between: tuple[float, float]

    def contradicts(self, other: _Cluster) -> bool:
        if max(self.between[0], other.between[0]) > min(self.between[1], other.between[1]):
            return True
        if any(name in other.agreed and other.agreed[name] != value for name, value in self.agreed.items()):
            return True
        return not self.once.isdisjoint(other.once)

    def absorb(self, other: _Cluster) -> None:
        self.members.extend(other.members)
        self.once |= other.once
        self.agreed.update(other.agreed)
        # Stretches that meet two by two have a moment in common, so one stretch can stand for all members.
        self.between = (max(self.between[0], other.between[0]), min(self.between[1], other.between[1]))


def cluster(
    members: Iterable[str], pairs: Iterable[Pair], traits: Mapping[str, Traits] | None = None
) -> dict[str, str]:
    """The cluster of each member, named by the smallest of its members.

    Pairs of members that are not given are ignored. Equal pairs are taken in the order of their members' names, so the
    result depends on the sets given alone.
    """
    traits = traits or {}
    free = Traits()
    clusters: dict[str, _Cluster] = {}
    for member in members:
        own = traits.get(member, free)
        clusters[member] = _Cluster([member], set(own.once), dict(own.agreed), own.between)
    ordered = sorted((-score, min(left, right), max(left, right)) for score, left, right in pairs)
    for _, left, right in ordered:
        if left not in clusters or right not in clusters:
            continue
        one, other = clusters[left], clusters[right]
        if one is other or one.contradicts(other):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        one.absorb(other)
        for member in other.members:
            clusters[member] = one
    names: dict[int, str] = {}
    for found in clusters.values():
        if id(found) not in names:
            names[id(found)] = min(found.members)
    return {member: names[id(found)] for member, found in clusters.items()}


def cluster_table(
    session: DuckDBPyConnection,
    key: str,
    members: Sequence[str],
    pairs: Iterable[Pair],
    traits: Mapping[str, Traits] | None = None,
) -> DuckDBPyRelation:
    """The clusters of `members` as a relation, for a dbt Python model to return."""
    return membership_table(session, key, cluster(members, pairs, traits))


def membership_table(session: DuckDBPyConnection, key: str, clusters: Mapping[str, str]) -> DuckDBPyRelation:
    """The cluster of each member as a relation of two columns, `key` and `cluster_id`."""
    name = f"clusters_of_{key}"
    session.execute(
        f"create or replace temp table {name} as"
        f" select unnest(?::varchar[]) as {key}, unnest(?::varchar[]) as cluster_id",
        [list(clusters), list(clusters.values())],
    )
    return session.table(name)
