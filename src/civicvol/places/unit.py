"""The units of a community, and the tree that they form."""

from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import Any

import attrs

from civicvol import _fields
from civicvol.errors import Fault, InputError
from civicvol.labels import Choice, Label, Language, as_label

MOST_PEOPLE = 100_000_000


class UnitKind(Choice):
    """The kinds of unit, from the highest to the lowest."""

    DISTRICT = "district", "区"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"
    BUILDING = "building", "楼栋"

    @property
    def level(self) -> int:
        """How far down it is: 0 for a district, 4 for a building."""
        return list(UnitKind).index(self)


def as_kind(value: Any) -> Any:
    """Turn the name of a kind of unit into the kind; leave anything else as it is."""
    return UnitKind.named(value)


@attrs.frozen(kw_only=True)
class Unit:
    """A district, street, community, grid or building.

    Args:
        id: the app's id of the unit.
        kind: what it is, a `UnitKind` or its name.
        label: its name, in English and Chinese or as one text.
        parent: the id of the unit that it is part of; None at the top.
        households: how many households it has, if stated.
        residents: how many people live in it; 0 means that it does not say.
        steward: the id of the volunteer who heads it (the building head, the grid worker), if there is one.

    Raises:
        InputError: a field is of the wrong kind.
    """

    id: str = attrs.field(validator=_fields.identifier)
    kind: UnitKind = attrs.field(converter=as_kind, validator=_fields.is_a(UnitKind, "a kind of unit, like 'building'"))
    label: Label = attrs.field(converter=as_label, validator=_fields.is_a(Label, "a name"))
    parent: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    households: int = attrs.field(default=0, validator=_fields.whole(0, MOST_PEOPLE))
    residents: int = attrs.field(default=0, validator=_fields.whole(0, MOST_PEOPLE))
    steward: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))


@attrs.frozen
class UnitTree:
    """All units of a community, each below the unit that it is part of.

    A parent is of a higher kind; kinds may be left out in between, and there may be several units at the top.

    Args:
        units: the units, in any order; in the tree, siblings keep it.

    Raises:
        InputError: ids that occur twice, parents that do not exist, are not higher, or run in a circle; all at once.

    >>> tree = UnitTree([
    ...     Unit(id="s", kind="street", label=Label("Sanhua", "三华")),
    ...     Unit(id="g2", kind="grid", label="Grid 2", parent="s", residents=1250),
    ...     Unit(id="b7", kind="building", label="Building 7", parent="g2", steward="wang"),
    ... ])
    >>> tree.path("b7"), tree.residents_in("s")
    ('Sanhua / Grid 2 / Building 7', 1250)
    >>> print(tree)
    Sanhua (street)
      Grid 2 (grid), 1,250 residents
        Building 7 (building), steward wang
    """

    units: tuple[Unit, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(Unit, "a Unit")),
    )

    def __attrs_post_init__(self) -> None:
        faults = [*self._doubled(), *self._misplaced()]
        if faults:
            raise InputError(faults)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._by_id

    def unit(self, id: str) -> Unit:
        """Return the unit with an id.

        Raises:
            InputError: there is none; so too for the other methods that take an id.
        """
        if id not in self:
            raise InputError.of("unit", "must be the id of a unit of the tree", value=id)
        return self._by_id[id]

    def ancestors(self, id: str) -> tuple[Unit, ...]:
        """Return the units above a unit, the nearest first."""
        return tuple(self._line(self.unit(id)))[1:]

    def children(self, id: str) -> tuple[Unit, ...]:
        """Return the units directly below a unit."""
        return self._children.get(self.unit(id).id, ())

    def within(self, id: str) -> frozenset[str]:
        """Return the ids of a unit and of all units below it."""
        return frozenset(unit.id for unit, _ in self._walk(self.unit(id)))

    def contains(self, outer: str, inner: str) -> bool:
        """Return whether a unit is another one or lies below it."""
        wanted = self.unit(outer).id
        return any(unit.id == wanted for unit in self._line(self.unit(inner)))

    def path(self, id: str, language: Language = "en") -> str:
        """Return the names from the top down to a unit, like "Sanhua / Grid 2 / Building 7"."""
        line = (self.unit(id), *self.ancestors(id))
        return " / ".join(unit.label.text(language) for unit in reversed(line))

    def nearest_common(self, a: str, b: str) -> Unit | None:
        """Return the lowest unit that two units are or lie in, or None when they share none."""
        above = {unit.id for unit in self._line(self.unit(a))}
        return next((unit for unit in self._line(self.unit(b)) if unit.id in above), None)

    def without_steward(self, kind: UnitKind | str) -> tuple[Unit, ...]:
        """Return the units of a kind that nobody heads: for buildings, those without a building head.

        Raises:
            InputError: there is no such kind.
        """
        wanted = UnitKind.named(kind)
        if not isinstance(wanted, UnitKind):
            raise InputError.of("kind", "must be a kind of unit, like 'building'", value=kind)
        return tuple(unit for unit in self.units if unit.kind is wanted and unit.steward is None)

    def residents_in(self, id: str) -> int:
        """Return how many people live in a unit: what it states itself, otherwise the sum of the units below it.

        Units below one that states its own residents are not looked at, so nobody counts twice.
        """
        unit = self.unit(id)
        return unit.residents or sum(self.residents_in(child.id) for child in self.children(id))

    def __str__(self) -> str:
        return "\n".join("  " * depth + _line_text(unit) for unit, depth in self._walk(*self._tops))

    def _repr_html_(self) -> str:
        rows = (
            f'<div style="padding-left:{1.5 * depth:g}em">{escape(_line_text(unit))}</div>'
            for unit, depth in self._walk(*self._tops)
        )
        return f'<div style="font:14px/1.5 system-ui,sans-serif">{"".join(rows)}</div>'

    @cached_property
    def _by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _children(self) -> dict[str, tuple[Unit, ...]]:
        below: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                below.setdefault(unit.parent, []).append(unit)
        return {id: tuple(units) for id, units in below.items()}

    @cached_property
    def _tops(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.parent is None)

    def _line(self, unit: Unit) -> Iterator[Unit]:
        """Yield a unit and the units above it; a parent is of a higher kind, so there are at most five."""
        yield unit
        while unit.parent is not None:
            unit = self._by_id[unit.parent]
            yield unit

    def _walk(self, *tops: Unit) -> Iterator[tuple[Unit, int]]:
        """Yield units and all below them with their depth, each before its children."""
        waiting = [(unit, 0) for unit in reversed(tops)]
        while waiting:
            unit, depth = waiting.pop()
            yield unit, depth
            waiting += [(child, depth + 1) for child in reversed(self._children.get(unit.id, ()))]

    def _doubled(self) -> Iterator[Fault]:
        seen = set()
        for unit in self.units:
            if unit.id in seen:
                yield Fault("Unit.id", "must be unique", value=unit.id)
            seen.add(unit.id)

    def _misplaced(self) -> Iterator[Fault]:
        circular = self._circular()
        for unit in self.units:
            parent = None if unit.parent is None else self._by_id.get(unit.parent)
            if unit.id in circular:
                yield Fault("Unit.parent", "must not lead back to the unit itself", id=unit.id, value=unit.parent)
            elif parent is None and unit.parent is not None:
                yield Fault("Unit.parent", "must be the id of a unit of the tree", id=unit.id, value=unit.parent)
            elif parent is not None and parent.kind.level >= unit.kind.level:
                message = f"must be of a higher kind than {unit.kind}"
                yield Fault("Unit.parent", message, id=unit.id, value=f"{parent.id} ({parent.kind})")

    def _circular(self) -> set[str]:
        """Return the ids that come back to themselves when parents are followed."""
        circular: set[str] = set()
        settled: set[str] = set()
        for start in self._by_id:
            line: dict[str, int] = {}
            id: str | None = start
            while id is not None and id in self._by_id and id not in settled and id not in line:
                line[id] = len(line)
                id = self._by_id[id].parent
            if id in line:
                circular.update(list(line)[line[id] :])
            settled.update(line)
        return circular


def _line_text(unit: Unit) -> str:
    parts = [f"{unit.label} ({unit.kind})"]
    if unit.households:
        parts.append(f"{unit.households:,} household{'s' if unit.households > 1 else ''}")
    if unit.residents:
        parts.append(f"{unit.residents:,} resident{'s' if unit.residents > 1 else ''}")
    if unit.steward is not None:
        parts.append(f"steward {unit.steward}")
    return ", ".join(parts)
