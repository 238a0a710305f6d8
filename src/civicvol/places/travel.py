"""The minutes to allow on the way from one unit to another."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.errors import Fault, InputError
from civicvol.places.unit import UnitKind, UnitTree

LONGEST = 24 * 60

_minutes = _fields.whole(0, LONGEST)


def _wrong_pair(value: Any) -> str | None:
    if not isinstance(value, tuple) or len(value) != 2 or not isinstance(value[0], UnitKind):
        return "must be a kind of unit with its minutes, like ('grid', 5)"
    return _minutes.wrong(value[1])


def _as_pairs(value: Any) -> Any:
    """Turn a mapping or a list of pairs into pairs of kind and minutes, the lowest kind first."""
    pairs = _fields.as_tuple(value.items() if isinstance(value, Mapping) else value)
    if not isinstance(pairs, tuple):
        return pairs
    found = tuple(_fields.as_tuple(pair) for pair in pairs)
    found = tuple((UnitKind.named(pair[0]), *pair[1:]) if isinstance(pair, tuple) and pair else pair for pair in found)
    if any(_wrong_pair(pair) is not None for pair in found):
        return found
    return tuple(sorted(found, key=lambda pair: -pair[0].level))


def _widest(within: Any) -> int:
    """Return the minutes of the widest stated kind; 0 where none is, or what is stated is no pair."""
    return within[-1][1] if isinstance(within, tuple) and within and _wrong_pair(within[-1]) is None else 0


@attrs.frozen(kw_only=True)
class Travel:
    """The minutes to allow between two places, by the smallest stated kind of unit that they share.

    Args:
        within: minutes for each kind of unit: between two places of one grid, of one community, and so on; a mapping
            or pairs. Kinds that are not stated do not matter.
        elsewhere: minutes between places that share no unit of a stated kind; as many as within the widest stated kind
            where not given.
        same: minutes between two duties in the very same unit.

    Raises:
        InputError: a field is of the wrong kind, a kind is stated twice, or a wider unit has fewer minutes than a
            smaller one.

    >>> from civicvol.places import Unit
    >>> tree = UnitTree([
    ...     Unit(id="street", kind="street", label="Sanhua"),
    ...     Unit(id="g1", kind="grid", label="Grid 1", parent="street"),
    ...     Unit(id="g2", kind="grid", label="Grid 2", parent="street"),
    ...     Unit(id="b7", kind="building", label="Building 7", parent="g2"),
    ...     Unit(id="b8", kind="building", label="Building 8", parent="g2"),
    ... ])
    >>> travel = Travel(within={"grid": 5, "street": 15}, elsewhere=45)
    >>> travel.minutes(tree, "b7", "b8"), travel.minutes(tree, "g1", "b8"), travel.minutes(tree, "b7", "b7")
    (5, 15, 0)
    """

    within: tuple[tuple[UnitKind, int], ...] = attrs.field(
        default=(),
        converter=_as_pairs,
        validator=_fields.tuple_of(Check(_wrong_pair), unique=lambda pair: pair[0].value),
    )
    elsewhere: int = attrs.field(
        default=attrs.Factory(lambda self: _widest(self.within), takes_self=True), validator=_minutes
    )
    same: int = attrs.field(default=0, validator=_minutes)

    def __attrs_post_init__(self) -> None:
        kinds = ((kind.value, "within", minutes) for kind, minutes in self.within)
        circles = (("same unit", "same", self.same), *kinds, ("elsewhere", "elsewhere", self.elsewhere))
        faults = [
            Fault(f"Travel.{field}", f"must be at least {fewer} for {wider!r}, as for {closer!r}", value=minutes)
            for (closer, _, fewer), (wider, field, minutes) in pairwise(circles)
            if minutes < fewer
        ]
        if faults:
            raise InputError(faults)

    @property
    def longest(self) -> int:
        """The most minutes that any two places are apart."""
        return self.elsewhere

    def minutes(self, tree: UnitTree, a: str | None, b: str | None) -> int:
        """Return the minutes to allow from a unit to another, the same in both directions; 0 when a place is unknown.

        Raises:
            InputError: `tree` is no UnitTree, or an id is not in it.
        """
        _fields.expect("tree", tree, UnitTree, "a UnitTree")
        if a is None or b is None:
            return 0
        common = tree.nearest_common(a, b)
        if a == b:
            return self.same
        shared = () if common is None else (common, *tree.ancestors(common.id))
        stated = dict(self.within)
        return next((stated[unit.kind] for unit in shared if unit.kind in stated), self.elsewhere)
