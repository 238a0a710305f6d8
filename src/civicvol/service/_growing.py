"""A mapping that is a value, and grows quickly: what a book knows by id, after each of many events."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class GrowingMap(Mapping[str, V], Generic[V]):
    """A mapping that never changes; adding to it gives another one.

    Most of its members are in a part that many such mappings share, and the latest in a small part of its own. So to
    add one of n takes about √n steps, and not the n that a copy takes.

    >>> few = GrowingMap({"a": 1})
    >>> more = few.with_("b", 2).with_("a", 3)
    >>> dict(few), dict(more)
    ({'a': 1}, {'a': 3, 'b': 2})
    """

    __slots__ = ("_latest", "_shared")

    def __init__(self, shared: Mapping[str, V] | None = None, latest: Mapping[str, V] | None = None) -> None:
        self._shared: Mapping[str, V] = shared or {}
        self._latest: Mapping[str, V] = latest or {}

    def with_(self, key: str, value: V) -> "GrowingMap[V]":
        """Return the mapping with a member added, or another value for one it has, in the same place."""
        latest = {**self._latest, key: value}
        if len(latest) ** 2 > len(self._shared):
            return GrowingMap({**self._shared, **latest})
        return GrowingMap(self._shared, latest)

    def __getitem__(self, key: str) -> V:
        return self._latest[key] if key in self._latest else self._shared[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._shared
        yield from (key for key in self._latest if key not in self._shared)

    def __len__(self) -> int:
        return len(self._shared) + sum(key not in self._shared for key in self._latest)

    def __repr__(self) -> str:
        return f"GrowingMap({dict(self)!r})"
