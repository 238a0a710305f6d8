"""One area told plainly, for models of it that are written by hand for other solvers.

A plain area is numbers and lists, to be written as JSON:

- `people`: for each, the limits on what they do: [period, "shifts" or "minutes", most];
- `lines`: for each role line `start`, `end` and `minutes`, a number each for its `day`, `week`, `month` and `horizon`,
  `minimum`, `desired` and `maximum`, and what each person costs who is missing to the one, `minimum_price`, and to the
  other, `desired_price`;
- `candidates`: who may take which line at all, and what that costs: [person, line, price];
- `rest`: the minutes between the duties of two days; `days_in_a_row`, at the most;
- `fair_price`: by how much each further duty of somebody is dearer than the one before, up to so many `steps`;
- `scale`: by what all prices are multiplied to be whole numbers.

Nobody has two duties on a day. That is all there is to the problem of `default_rules()`, with `FairShifts` for
`FairShare`, of people without a past. Its other rules never bind: two duties lie a rest apart, which is longer than any
way or stretch, so rules that look at a stretch or a minor's day see one duty, and only strike out candidates.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import numpy as np
from compare import TOLERANCE, DisagreementError

from civicvol import Assignment, AssignmentRule, Period, Roster, RosterProblem, check, rules
from civicvol.rostering.columns import Columns, find_candidates
from civicvol.rostering.request import RequestKind

LIMITS = {
    rules.MostMinutes: ("minutes", "per"),
    rules.MostShifts: ("shifts", "per"),
    rules.OwnMinutes: (),
    rules.OwnShifts: (),
}
"""The rules on how much people do, of which there may be any number, each with the fields that may be chosen."""

SINGLE = {
    rules.DayOnRequests: ("weight",),
    rules.DemandingStretch: ("break_minutes",),
    rules.DesiredCover: ("weight",),
    rules.FairShifts: ("weight", "steps"),
    rules.MaximumCover: (),
    rules.MinimumCover: ("weight",),
    rules.MinimumRest: ("minutes",),
    rules.MinorsDailyMinutes: ("minutes", "under"),
    rules.MinuteGoals: ("weight",),
    rules.MostConsecutiveDays: ("days",),
    rules.NoOverlap: (),
    rules.Pinned: (),
    rules.SeniorStretch: ("minutes", "from_age", "break_minutes"),
    rules.ShiftGoals: ("weight",),
    rules.ShiftOnRequests: ("weight",),
}
"""The other rules that look at more than one assignment, all of which must be there once, with the same."""

DAY = 24 * 60
FINEST = 1_000
MISSING = 2


class UnknownError(ValueError):
    """A problem has something that the plain models do not know, so they would solve another one."""


def plain_area(problem: RosterProblem) -> dict[str, Any]:
    """Return a problem as numbers and lists.

    Raises:
        UnknownError: the plain models do not know all of it.
    """
    rule = known_rules(problem)
    columns = find_candidates(problem)
    taken = np.flatnonzero(~too_long(columns, rule))
    wishes = np.zeros(columns.count)
    for each in problem.rules:
        if isinstance(each, AssignmentRule) and not each.hard:
            wishes += each.weight * columns.measured(each, columns.candidates)
    minimum, desired, fair = (rule[kind].weight for kind in (rules.MinimumCover, rules.DesiredCover, rules.FairShifts))
    importances = {line.importance for _, line in problem.lines}
    missing = {price * importance for price in (minimum, desired) for importance in importances}
    scale = common_scale({fair, *missing, *wishes[taken].tolist()})
    lines = [
        {
            "start": shift.span.start_minute,
            "end": shift.span.end_minute,
            "minutes": shift.minutes,
            **{str(per): per.key(problem.day_of(shift.span)) for per in Period},
            "minimum": line.minimum,
            "desired": line.desired,
            "maximum": line.maximum,
            "minimum_price": round(minimum * line.importance * scale),
            "desired_price": round(desired * line.importance * scale) if line.desired > line.minimum else 0,
        }
        for shift, line in problem.lines
    ]
    limits = [each for each in problem.rules if type(each) in LIMITS and each != rules.MostShifts()]
    people = [
        [
            (str(per), "minutes" if each.in_minutes else "shifts", most)
            for each in limits
            for per, most in each.limits(volunteer)
        ]
        for volunteer in problem.volunteers
    ]
    prices = np.rint(wishes[taken] * scale).astype(int)
    return {
        "people": people,
        "lines": lines,
        "candidates": np.stack([columns.volunteer[taken], columns.line[taken], prices], axis=1).tolist(),
        "rest": rule[rules.MinimumRest].minutes,
        "days_in_a_row": rule[rules.MostConsecutiveDays].days,
        "fair_price": round(fair * scale),
        "steps": rule[rules.FairShifts].steps,
        "scale": scale,
    }


def known_rules(problem: RosterProblem) -> Mapping[type, Any]:
    """Return the rules of which there is one each, by their kind.

    Raises:
        UnknownError: the problem has other rules, or what the models do not know besides.
    """
    tied = [rule for rule in problem.rules if not isinstance(rule, AssignmentRule)]
    for rule in tied:
        chosen = (LIMITS | SINGLE).get(type(rule))
        if chosen is None or rule != type(rule)(**{name: getattr(rule, name) for name in chosen}):
            raise UnknownError(f"the plain models do not know {rule}")
    single = {type(rule): rule for rule in tied if type(rule) in SINGLE}
    counts = [type(rule) for rule in tied]
    wrong = [kind.__name__ for kind in SINGLE if counts.count(kind) != 1]
    if wrong:
        raise UnknownError(f"the plain models are for one rule each of {', '.join(wrong)}")
    rest = single[rules.MinimumRest].minutes
    longest = max((shift.minutes for shift in problem.shifts), default=0)
    asked_for = (RequestKind.DAY_ON, RequestKind.SHIFT_ON)
    conditions = {
        "one duty a day": rules.MostShifts() in tied,
        "places that may stay open": not any(single[each].hard for each in (rules.MinimumCover, rules.DesiredCover)),
        "people without a past": not problem.previous,
        "nothing pinned": not problem.pinned,
        "people without goals": not any(volunteer.goals for volunteer in problem.volunteers),
        "requests to be off": not any(problem.requests_of(kind) for kind in asked_for),
        "a rest longer than any way": problem.travel.longest <= rest,
        "shifts that fit into a day with the rest": longest + rest <= DAY,
    }
    for condition, holds in conditions.items():
        if not holds:
            raise UnknownError(f"the plain models are for {condition}")
    return single


def too_long(columns: Columns, rule: Mapping[type, Any]) -> np.ndarray:
    """Return which candidates are longer than their volunteer or position allows in a day or at a stretch.

    Raises:
        UnknownError: a stretch may hold two duties.
    """
    minutes = columns.minutes
    minors = rule[rules.MinorsDailyMinutes]
    found = minors.counted(columns) & (minutes > minors.minutes)
    for stretch in (rule[rules.SeniorStretch], rule[rules.DemandingStretch]):
        for limit in stretch.limits(columns.problem):
            if limit + stretch.break_minutes > rule[rules.MinimumRest].minutes:
                raise UnknownError("the plain models are for stretches shorter than the rest")
            found |= stretch.counted(columns, limit) & (minutes > limit)
    return found


def common_scale(prices: Iterable[float]) -> int:
    """Return the least whole number that makes all prices whole.

    Raises:
        UnknownError: it is none up to a thousand.
    """
    fractions = [(price, Fraction(price).limit_denominator(FINEST)) for price in prices]
    scale = lcm(*(fraction.denominator for _, fraction in fractions))
    if scale > FINEST or any(abs(price - fraction) > TOLERANCE / FINEST for price, fraction in fractions):
        raise UnknownError(f"the plain models are for prices that are whole when multiplied by {FINEST} or less")
    return scale


def confirmed(problem: RosterProblem, found: Mapping[str, Any]) -> float | None:
    """Return what civicvol's own check finds the roster of a plain model to cost, None where it found none.

    It may cost less than the model says: cut short, a solver need not have made all that follows from its decisions
    as cheap as it can be.

    Args:
        problem: the problem.
        found: its `roster`, pairs of indices of a volunteer and a line, and its `objective`; both None where it found
            nothing.

    Raises:
        DisagreementError: civicvol finds the roster to break a hard rule, or to cost more.
    """
    if found["roster"] is None:
        return None
    places = ((problem.volunteers[person].id, *problem.lines[line]) for person, line in found["roster"])
    report = check(
        problem, Roster([Assignment(volunteer=id, shift=shift.id, role=line.role) for id, shift, line in places])
    )
    if not report.feasible:
        raise DisagreementError(f"the plain model's roster breaks a hard rule: {report.hard[0]}")
    if report.penalty > found["objective"] + TOLERANCE * max(1.0, report.penalty):
        raise DisagreementError(f"the plain model's roster costs {report.penalty}, not {found['objective']}")
    return report.penalty


def by_cpsat(
    problem: RosterProblem, *, time_limit: float, workers: int = 8, seed: int = 0, until: float | None = None
) -> dict[str, Any]:
    """Return what a plain CP-SAT model of an area comes to, its roster confirmed and left out.

    Args:
        problem: the area.
        time_limit: seconds for the search.
        workers: threads of the search.
        seed: the seed of the search.
        until: what a roster may cost that ends the search.

    Returns:
        `status`, `seconds`, `objective`, `bound` and `trace`, as `_area_cpsat.py` says.

    Raises:
        UnknownError: the plain models do not know all of the problem.
        DisagreementError: civicvol finds the roster to break a hard rule, or to cost more than it says.
        OSError: it did not run.
    """
    options = {"time-limit": time_limit, "workers": workers, "seed": seed}
    found = _answer(problem, "_area_cpsat.py", options if until is None else options | {"until": until})
    if isinstance(found, str):
        raise OSError(found)
    return found


def by_timefold(problem: RosterProblem, *, time_limit: float, seed: int = 0) -> dict[str, Any] | str:
    """Return what a plain Timefold model of an area comes to, its roster confirmed and left out.

    Args:
        problem: the area.
        time_limit: seconds for the search.
        seed: the seed of the search.

    Returns:
        `status`, `seconds`, `objective`, `bound` and `trace`, as `_area_timefold.py` says; a sentence where something
        is not installed.

    Raises:
        UnknownError: the plain models do not know all of the problem.
        DisagreementError: civicvol finds the roster to break a hard rule, or to cost more than it says.
        OSError: it did not run.
    """
    return _answer(problem, "_area_timefold.py", {"time-limit": time_limit, "seed": seed})


def _answer(problem: RosterProblem, script: str, options: Mapping[str, float]) -> dict[str, Any] | str:
    """Return what a script finds for an area, or what it says is not installed."""
    command = [sys.executable, str(Path(__file__).with_name(script))]
    command += [f"--{name}={value}" for name, value in options.items()]
    area = json.dumps(plain_area(problem))
    answer = subprocess.run(command, input=area, capture_output=True, text=True, check=False)
    last = answer.stderr.strip().rpartition("\n")[-1]
    if answer.returncode == MISSING:
        return last
    if answer.returncode:
        raise OSError(f"{script} failed: {last}")
    found: dict[str, Any] = json.loads(answer.stdout)
    found["objective"] = confirmed(problem, found)
    del found["roster"]
    return found
