"""The areas of a generated district: how large and how strong each is, and how they lie beside each other."""

from collections.abc import Iterator, Sequence
from math import ceil, sqrt
from random import Random

import attrs

from civicvol.labels import Label
from civicvol.places.unit import Unit, UnitTree

_GRIDS = 4
_AREAS_A_STREET = 6
_DISTRICT = "district"


@attrs.frozen(kw_only=True)
class Area:
    """A community of the district.

    Args:
        number: counted from 1, in rows on the map.
        id: id of its unit.
        size: how much work it has; 1 on average.
        volunteers: how many live in it.
        neighbours: ids of the areas that it borders on.
    """

    number: int
    id: str
    size: float
    volunteers: int
    neighbours: tuple[str, ...]

    @property
    def grids(self) -> tuple[str, ...]:
        """The ids of the units within it."""
        return tuple(f"{self.id}-g{number}" for number in range(1, _GRIDS + 1))


def draw_areas(rng: Random, count: int, volunteers: int) -> tuple[Area, ...]:
    """Return areas that are drawn in size and strength; a single one has a usual size.

    Args:
        rng: the source of chance.
        count: how many areas, from 1.
        volunteers: how many people they have together, dealt out by size and strength.
    """
    sizes = _draw_factors(rng, count, 0.6, 1.5)
    strengths = _draw_factors(rng, count, 0.25, 1.75)
    shares = _deal(volunteers, [size * strength for size, strength in zip(sizes, strengths, strict=True)])
    ids = [f"a{number:02}" for number in range(1, count + 1)]
    return tuple(
        Area(
            number=place + 1,
            id=ids[place],
            size=sizes[place],
            volunteers=shares[place],
            neighbours=tuple(ids[beside] for beside in _places_beside(place, count)),
        )
        for place in range(count)
    )


def units_of(areas: Sequence[Area]) -> UnitTree:
    """Return the map: a district of streets, which have six areas each or thereabouts, which have four grids each."""
    streets = max(1, round(len(areas) / _AREAS_A_STREET))
    return UnitTree(
        [
            Unit(id=_DISTRICT, kind="district", label=Label("District", "本区")),
            *(
                Unit(
                    id=_street(number),
                    kind="street",
                    label=Label(f"Street {number}", f"第{number}街道"),
                    parent=_DISTRICT,
                )
                for number in range(1, streets + 1)
            ),
            *(
                unit
                for place, area in enumerate(areas)
                for unit in _units_of_area(area, _street(place * streets // len(areas) + 1))
            ),
        ]
    )


def _street(number: int) -> str:
    return f"s{number:02}"


def _units_of_area(area: Area, street: str) -> Iterator[Unit]:
    english, chinese = f"Area {area.number}", f"第{area.number}社区"
    yield Unit(id=area.id, kind="community", label=Label(english, chinese), parent=street)
    for number, grid in enumerate(area.grids, start=1):
        label = Label(f"{english}, grid {number}", f"{chinese}第{number}网格")
        yield Unit(id=grid, kind="grid", label=label, parent=area.id)


def _draw_factors(rng: Random, count: int, least: float, most: float) -> list[float]:
    """Return factors with a mean of 1, evenly spread but fewer where they are large, in any order.

    Least and most are where the spread would end if there were very many; the power bends its mean to 1.
    """
    power = (most - least) / (1 - least) - 1
    factors = [least + (most - least) * ((place + 0.5) / count) ** power for place in range(count)]
    rng.shuffle(factors)
    return [factor * count / sum(factors) for factor in factors]


def _deal(total: int, weights: Sequence[float]) -> list[int]:
    """Return shares by weight that come to a total: rounded down, and one more where most is cut off."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in by_rest[: total - sum(shares)]:
        shares[place] += 1
    return shares


def _places_beside(place: int, count: int) -> Iterator[int]:
    """Yield the places north, west, east and south of one on a map that is as square as can be, row by row."""
    wide = ceil(sqrt(count))
    column = place % wide
    if place >= wide:
        yield place - wide
    if column > 0:
        yield place - 1
    if column + 1 < wide and place + 1 < count:
        yield place + 1
    if place + wide < count:
        yield place + wide
