"""Pieces of a shift that an exchange has parted: what goes for the shift goes for them."""

from collections import defaultdict
from collections.abc import Iterable

import attrs

from civicvol.desk.details import ShiftDetails
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.check import check_schedule
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Roster
from civicvol.rostering.rules import CompanyRule, MixRule
from civicvol.rostering.schedule import Schedule


def origins(problem: RosterProblem) -> dict[str, str]:
    """Return for each piece of a shift, by id, the id of the shift that it is a part of."""
    return {shift.id: shift.part_of for shift in problem.shifts if shift.part_of is not None}


def details_by_shift(problem: RosterProblem, details: Iterable[ShiftDetails]) -> dict[str, ShiftDetails]:
    """Return the details of shifts, by id; a piece has those of its whole where it has none of its own."""
    known = {each.shift: each for each in details}
    return {piece: known[whole] for piece, whole in origins(problem).items() if whole in known} | known


def team_breaches(problem: RosterProblem, roster: Roster) -> set[Label]:
    """Return what hard rules say of those who serve together where a shift is parted, at any time of it.

    Such rules look at the people of one shift. Where some of them are there for a part of the time only, it is as if
    there were a shift for each time in which nobody comes or goes.
    """
    rules = [rule for rule in problem.rules if rule.hard and isinstance(rule, MixRule | CompanyRule)]
    parts: defaultdict[str, list[Shift]] = defaultdict(list)
    for piece, whole in origins(problem).items():
        parts[whole].append(problem.shift(piece))
    if not rules:
        return set()
    others = roster.without(*(each for each in roster if problem.shift(each.shift).part_of is not None))
    return {
        violation.message
        for whole, pieces in parts.items()
        for there in _companies(problem.shift(whole), pieces)
        for violation in check_schedule(
            Schedule(problem, _together(others, roster, whole, there), shifts=(problem.shift(whole),)), rules
        ).hard
        if whole in violation.shifts
    }


def _companies(whole: Shift, pieces: Iterable[Shift]) -> set[frozenset[str]]:
    """Return for each time of a shift the ids of the pieces of it that others cover then."""
    begins = {whole.span.start_minute, *(piece.span.start_minute for piece in pieces)}
    return {
        frozenset(piece.id for piece in pieces if piece.span.start_minute <= minute < piece.span.end_minute)
        for minute in begins
    }


def _together(others: Roster, roster: Roster, whole: str, pieces: Iterable[str]) -> Roster:
    """Return a roster in which those on some pieces are on the whole shift."""
    on = {each.volunteer for each in others.of_shift(whole)}
    there = (attrs.evolve(each, shift=whole) for piece in pieces for each in roster.of_shift(piece))
    return others.with_(*(each for each in there if each.volunteer not in on))
