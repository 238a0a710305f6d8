"""Partial cover: a part of a duty as a shift of its own, and the whole again."""

from collections.abc import Iterator
from itertools import count

import attrs

from civicvol.calendar.timespan import TimeSpan, difference
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.rostering.disruption import AddedShift, CancelledShift, ChangedShift, disrupted
from civicvol.rostering.problem import RosterProblem


def fits(problem: RosterProblem, shift: Shift, part: TimeSpan) -> bool:
    """Return whether a part can be taken out of a shift: it is less than all, and each piece begins in the horizon."""
    whole = shift.span
    inside = whole.contains(part) and part.minutes < whole.minutes
    return inside and all(problem.horizon.span.contains(span.start) for span in _spans(whole, part))


def parted(
    problem: RosterProblem, shift: Shift, role: str, part: TimeSpan, offer: str
) -> tuple[RosterProblem, tuple[Shift, ...]]:
    """Return the problem in which one place on a role line has become shifts of their own, and these, in order of time.

    The line has one place less, and each of the pieces has that place: it asks for one person where the line asked for
    any, so that at each minute as many people are asked for as before. The line stays, also without a place, for
    whatever refers to it. Ids are made of the shift's, the offer's and a number, such as `gate@2026-03-07~o1~1`;
    numbers that would give an id in use are passed over. What an override lets somebody do on the shift, it lets them
    do on the pieces.

    Args:
        problem: the problem.
        shift: the shift.
        role: the role line, with room for somebody.
        part: the time to take out; it fits.
        offer: id of the offer that it is for.
    """
    line = shift.line(role)
    place = attrs.evolve(line, minimum=min(line.minimum, 1), desired=min(line.desired, 1), maximum=min(line.maximum, 1))
    pieces = tuple(
        Shift(
            id=id,
            position=shift.position,
            span=span,
            cover=(place,),
            unit=shift.unit,
            part_of=shift.part_of or shift.id,
        )
        for id, span in zip(_ids(problem, f"{shift.id}~{offer}"), _spans(shift.span, part), strict=False)
    )
    changes = [ChangedShift(shift=_with_places(shift, place, -1)), *(AddedShift(shift=piece) for piece in pieces)]
    agreed = (each for each in problem.overrides if each.shift == shift.id)
    overrides = [attrs.evolve(each, shift=piece.id) for each in agreed for piece in pieces]
    return attrs.evolve(disrupted(problem, changes), overrides=(*problem.overrides, *overrides)), pieces


def can_join(problem: RosterProblem, shift: str, role: str, pieces: tuple[Shift, ...]) -> bool:
    """Return whether pieces of a shift, given by id, can be put together again: neither has changed meanwhile."""
    whole = problem.shift_by_id.get(shift)
    if whole is None or all(line.role != role for line in whole.cover):
        return False
    ends = pieces[0].span.start_minute, pieces[-1].span.end_minute
    same = all(problem.shift_by_id.get(piece.id) == piece for piece in pieces)
    return same and ends == (whole.span.start_minute, whole.span.end_minute)


def joined(problem: RosterProblem, shift: str, pieces: tuple[Shift, ...]) -> RosterProblem:
    """Return the problem in which pieces of a shift, given by id, are one place on its role line again."""
    (place,) = pieces[0].cover
    whole = _with_places(problem.shift(shift), place, 1)
    return disrupted(problem, [ChangedShift(shift=whole), *(CancelledShift(shift=piece.id) for piece in pieces)])


def _spans(whole: TimeSpan, part: TimeSpan) -> list[TimeSpan]:
    return sorted([part, *difference([whole], [part])])


def _ids(problem: RosterProblem, stem: str) -> Iterator[str]:
    return (id for id in (f"{stem}~{number}" for number in count(1)) if id not in problem.shift_by_id)


def _with_places(shift: Shift, place: CoverRequirement, sign: int) -> Shift:
    """Return a shift with the place added to its role line, or taken from it."""

    def changed(line: CoverRequirement) -> CoverRequirement:
        if line.role != place.role:
            return line
        return attrs.evolve(
            line,
            minimum=line.minimum + sign * place.minimum,
            desired=line.desired + sign * place.desired,
            maximum=line.maximum + sign * place.maximum,
        )

    return attrs.evolve(shift, cover=tuple(map(changed, shift.cover)))
