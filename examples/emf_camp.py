"""Roster a real festival: EMF Camp, where 1,305 volunteers signed themselves up for 718 shifts in 2024.

    python examples/emf_camp.py [FOLDER] [--json] [--seed 0] [--time-limit 15]

FOLDER holds the event's public exports: `Shift.json` (each shift with the fewest and most people it needs and how many
signed up), `Volunteer.json` (how many people took no shift, one, two, …) and, if there is one, `Role.json` (how many
people were interested in each role, and trained for it). Without FOLDER it is the folder that the
environment variable CIVICVOL_DATA names, or `emf2024` in it, or in `../shared/data` beside this repository.

The exports hold totals, no people, so people are drawn with a seed. Every published total is met exactly:

- Willing: as many people are willing to take at the most k shifts as took k. Who took none is willing to take none.
- Interested: as many people for each role as the file says. The chance to be among them grows with 1 + the shifts that
  a person is willing to take: the keen look at more roles. (Six people were trained for the content team, and six took
  its 18 shifts, three each, where the average of all volunteers was 1.2. Drawn without regard to that, 1,031 to 1,041
  of the 1,051 places are met with the seeds 0 to 2, instead of 1,044 to 1,048.)
- Trained: as many people for each role as the file says, drawn in the same way among those interested. Bar and CYBAR
  share one training and one number, so they share the trained: first those interested in both, then in one of them,
  and only if that is too few anybody. A role with no such number asks for no training.
- Without Role.json, or for a role it leaves out, interest follows the role's share of all places, four roles a person
  (in 2024 it was 4.3), and nothing asks for training.

The rest nobody published. It is plain chance, the same for everybody, and not fitted to the outcome:

- Present from some time between 06:00 and 14:00 on one of the first days (the first half of the event), to some time
  between 16:00 and 24:00 on one of the last; all whole hours and days equally likely.
- Asleep eight hours a night, each person from an hour of their own between 22:00 and 03:00.
- Busy with the festival itself for two to six hours a day, beginning between 09:00 and 20:00.

Hard rules: qualified (interested, and trained where the role asks for it), available for the whole shift, one thing at
a time, no more shifts than willing, two a day at the most, and ten hours of rest between days, which begin at 05:00 as
the event's own do. Then the fewest people each shift needs, and after them the most it can use. No rule spreads the
load further: there is so much to do that nearly everybody is asked for all they are willing to take, and nobody for
more. A shift whose maximum is below its minimum takes its minimum. A shift that cannot be (it ends when it begins) is
left out, and its places count as not met.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from civicvol import (
    Availability,
    CoverRequirement,
    Horizon,
    InputError,
    Limit,
    Position,
    Qualification,
    Result,
    RosterProblem,
    Shift,
    SkillTag,
    Table,
    TimeSpan,
    Volunteer,
    check,
    rules,
    solve,
)
from civicvol.calendar import Period, difference, intersection

ZONE = ZoneInfo("Europe/London")
DAY_START = time(5)
ROLE = "volunteer"
TRAINED_TOGETHER = {"Bar", "CYBAR"}
ROLES_EACH = 4
RULES = (
    rules.Qualified(),
    rules.Available(),
    rules.NoOverlap(),
    rules.OwnShifts(),
    rules.MostShifts(shifts=2, per=Period.DAY),
    rules.MinimumRest(minutes=600),
    rules.MaximumCover(),
    rules.MinimumCover(weight=1000),
    rules.DesiredCover(weight=100),
)


class BadFolderError(Exception):
    """The folder does not hold what is needed."""


@attrs.frozen
class Event:
    """What the exports say.

    Args:
        shifts: the shifts that can be staffed.
        left_out: why each of the others cannot.
        asked: for each shift of the file, those left out included, the fewest people it needs, and how many signed up
            (None where the file does not say).
        willing: for each volunteer how many shifts they are willing to take.
        interested: how many people are interested in each role.
        trained: how many people are trained, for each role that asks for it.
    """

    shifts: list[Shift]
    left_out: list[str]
    asked: list[tuple[int, int | None]]
    willing: list[int]
    interested: dict[str, int]
    trained: dict[str, int]


@contextmanager
def reading(path: Path) -> Iterator[Any]:
    """Give the content of a JSON file; whatever is wrong with it becomes one sentence."""
    try:
        yield json.loads(path.read_text(encoding="utf-8"))
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadFolderError(f"{path} cannot be used: {type(error).__name__}: {error}") from error


def read_event(folder: Path) -> Event:
    """Read the exports in a folder."""
    shifts, left_out = [], []
    with reading(folder / "Shift.json") as rows:
        asked = [(row["min_needed"], row.get("signed_up")) for row in rows if isinstance(row.get("min_needed"), int)]
        for number, row in enumerate(rows, start=1):
            try:
                shifts.append(read_shift(f"{number:04}", row))
            except (LookupError, TypeError, ValueError) as error:
                reason = f"it has no {error}" if isinstance(error, LookupError) else error
                left_out.append(f"shift {number}, {row.get('role')} at {row.get('start')}: {reason}")
    places = Counter({shift.position: 0 for shift in shifts})
    for shift in shifts:
        places[shift.position] += shift.cover[0].maximum
    if not places.total():
        raise BadFolderError(f"{folder / 'Shift.json'} has no shift that can be staffed")
    with reading(folder / "Volunteer.json") as people:
        willing = [int(taken) for taken, count in people["shift_histogram"].items() for _ in range(count)]
        willing += [0] * (people.get("total_volunteers", 0) - len(willing))
    share = ROLES_EACH * len(willing) / places.total()
    interested = {role: min(round(share * most), len(willing)) for role, most in sorted(places.items())}
    trained = {}
    if (folder / "Role.json").exists():
        with reading(folder / "Role.json") as content:
            for role, facts in sorted(content["roles"].items()):
                interested[role] = number_of(willing, facts["interested_volunteers"], f"interested in {role}")
                if "trained_volunteers" in facts:
                    trained[role] = number_of(willing, facts["trained_volunteers"], f"trained for {role}")
    return Event(shifts=shifts, left_out=left_out, asked=asked, willing=willing, interested=interested, trained=trained)


def read_shift(id: str, row: dict[str, Any]) -> Shift:
    """Return a shift of the file; its times are on the wall clock of the event."""
    start, end = (datetime.fromisoformat(row[name]).replace(tzinfo=ZONE) for name in ("start", "end"))
    if end <= start:
        raise ValueError("it does not end after it begins")
    minimum = row["min_needed"]
    cover = CoverRequirement(role=ROLE, minimum=minimum, desired=max(minimum, row["max_needed"]))
    return Shift(id=id, position=row["role"], span=TimeSpan(start, end), cover=[cover])


def number_of(people: list[int], number: int, what: str) -> int:
    """Return a number of people, if there are as many."""
    if not 0 <= number <= len(people):
        raise ValueError(f"{number} are {what}, of {len(people)} volunteers")
    return number


def draw_volunteers(event: Event, days: list[date], seed: int) -> list[Volunteer]:
    """Draw people who meet every total of the event exactly."""
    rng = Random(seed)
    willing = rng.sample(event.willing, len(event.willing))
    interested = {role: draw(rng, willing, count, Counter()) for role, count in event.interested.items()}
    trained: dict[str, set[int]] = {}
    for role, count in event.trained.items():
        together = {other for other in TRAINED_TOGETHER if event.trained.get(other) == count}
        roles = together if role in together else {role}
        liked = Counter(person for each in roles for person in interested[each])
        known = roles & trained.keys()
        trained[role] = trained[min(known)] if known else draw(rng, willing, count, liked)
    return [
        Volunteer(
            id=f"v{person:04}",
            qualifications=[
                *(Qualification(skill=interest_in(role)) for role, people in interested.items() if person in people),
                *(Qualification(skill=training_for(role)) for role, people in trained.items() if person in people),
            ],
            availability=draw_availability(rng, days),
            limits=[Limit(per=Period.HORIZON, shifts=most)],
        )
        for person, most in enumerate(willing)
    ]


def draw(rng: Random, willing: list[int], count: int, liked: Counter[int]) -> set[int]:
    """Draw so many people, the better liked first (`liked`: person to number), the keen with a better chance."""
    luck = {person: (liked[person], rng.random() ** (1 / (1 + most))) for person, most in enumerate(willing)}
    return set(sorted(luck, key=luck.__getitem__, reverse=True)[:count])


def draw_availability(rng: Random, days: list[date]) -> Availability:
    """Draw when somebody is there, awake and not busy with the festival itself."""
    half = (len(days) + 1) // 2
    arrival = at(rng.choice(days[:half]), rng.randint(6, 14))
    departure = at(rng.choice(days[-half:]), rng.randint(16, 24))
    bedtime = rng.randint(22, 27)
    awake = [TimeSpan(at(day, bedtime - 16), at(day, bedtime)) for day in days]
    begins = [rng.randint(9, 20) for _ in days]
    busy = [
        TimeSpan(at(day, begin), at(day, begin + rng.randint(2, 6))) for day, begin in zip(days, begins, strict=True)
    ]
    return Availability(offered=difference(intersection(awake, [TimeSpan(arrival, departure)]), busy))


def at(day: date, hour: int) -> datetime:
    """Return an hour of a day on the wall clock; from 24 on it is in the night after it."""
    return (datetime.combine(day, time()) + timedelta(hours=hour)).replace(tzinfo=ZONE)


def interest_in(role: str) -> str:
    return f"interest: {role}"


def training_for(role: str) -> str:
    return f"training: {role}"


def build_problem(event: Event, seed: int) -> RosterProblem:
    """Return the event's shifts with drawn volunteers and the rules."""
    dates = [(shift.span.start - timedelta(hours=DAY_START.hour)).date() for shift in event.shifts]
    horizon = Horizon(first_day=min(dates), last_day=max(dates), zone=ZONE, day_start=DAY_START)
    needs = {
        role: [interest_in(role), *([training_for(role)] if role in event.trained else [])] for role in event.interested
    }
    return RosterProblem(
        horizon=horizon,
        volunteers=draw_volunteers(event, list(horizon.days), seed),
        shifts=event.shifts,
        positions=[Position(id=role, needs=skills) for role, skills in needs.items()],
        skills=[SkillTag(id=skill) for skills in needs.values() for skill in skills],
        rules=RULES,
    )


def figures(event: Event, problem: RosterProblem, result: Result) -> dict[str, Any]:
    """Return what came out, and under "real" what came out when people signed themselves up."""
    found: dict[str, Any] = {"status": str(result.status)}
    roster = result.roster
    if roster is not None:
        load = {volunteer.id: len(roster.of_volunteer(volunteer.id)) for volunteer in problem.volunteers}
        for volunteer in problem.volunteers:
            if load[volunteer.id] > volunteer.limits[0].shifts:
                raise AssertionError(
                    f"{volunteer.id} has {load[volunteer.id]} shifts: more than they are willing to take"
                )
        filled = [(shift.cover[0].minimum, len(roster.of_shift(shift.id))) for shift in problem.shifts]
        found |= outcome(event, filled, Counter(load.values()))
        found["hard_violations"] = len(check(problem, roster).hard)
    return found | {
        "minimum_total": sum(minimum for minimum, _ in event.asked),
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "left_out": event.left_out,
        "real": real_figures(event),
    }


def real_figures(event: Event) -> dict[str, Any] | None:
    """Return what came out in reality, where the file says it."""
    filled = [(minimum, count) for minimum, count in event.asked if count is not None]
    return outcome(event, filled, Counter(event.willing)) if len(filled) == len(event.asked) else None


def outcome(event: Event, filled: list[tuple[int, int]], load: Counter[int]) -> dict[str, Any]:
    """Return the figures of an outcome: (minimum, people) for each shift, and how many people took how many shifts.

    A shift that is not among those filled has nobody.
    """
    met = sum(0 < minimum <= count for minimum, count in filled)
    return {
        "minimum_met": sum(min(pair) for pair in filled),
        "shifts_under_minimum": sum(minimum > 0 for minimum, _ in event.asked) - met,
        "places_filled": sum(count for _, count in filled),
        "volunteers_with_shifts": load.total() - load[0],
        "load": {str(taken): load[taken] for taken in sorted(load)},
    }


def show(found: dict[str, Any], event: Event, result: Result) -> None:
    """Print the figures beside those of reality, and what is still short."""
    both = (found["real"] or {}, found)

    def row(name: str, key: str, total: int) -> tuple[str, ...]:
        return (name, *(f"{each[key]:,} of {total:,}" if key in each else "not known" for each in both))

    def spread(each: dict[str, Any]) -> str:
        load = Counter({int(taken): count for taken, count in each.get("load", {}).items()})
        more = sum(count for taken, count in load.items() if taken > 3)
        return f"{load[1]} / {load[2]} / {load[3]} / {more}, at most {max(load)}" if load else "not known"

    rows = [
        row("places met, of the fewest people needed", "minimum_met", found["minimum_total"]),
        row("shifts under their minimum", "shifts_under_minimum", len(event.asked)),
        row("places filled, of those offered", "places_filled", sum(event.willing)),
        row("volunteers with a shift", "volunteers_with_shifts", len(event.willing)),
        ("volunteers with 1 / 2 / 3 / more shifts", *map(spread, both)),
    ]
    print(Table(title="EMF Camp", columns=("figure", "self sign-up", "rostered"), rows=rows))
    gap = "unknown" if result.gap is None else f"{result.gap:.2%}"
    print(f"\n{result.status}: cost {result.objective:,.0f}, no roster can be below {result.bound:,.0f} (gap {gap}),")
    print(f"{found['hard_violations']} hard rules broken, {found['seconds']:.1f} seconds in all")
    for short in result.report.of("MinimumCover"):
        print(f"- {short}")
    for reason in event.left_out:
        print(f"- left out: {reason}")


def default_folder() -> Path:
    """Return where the exports are when nobody says."""
    shared = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("CIVICVOL_DATA") or shared)
    return data if (data / "Shift.json").is_file() else data / "emf2024"


def main(arguments: list[str] | None = None) -> int:
    """Read, draw, solve, check and print; return 0 where a roster was found."""
    parser = argparse.ArgumentParser(description="Roster a real festival run by volunteers.")
    parser.add_argument("folder", nargs="?", type=Path, default=default_folder(), help="the event's exports")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--seed", type=int, default=0, help="for what is drawn, and for the solver")
    parser.add_argument("--time-limit", type=float, default=15.0, help="seconds for the search")
    options = parser.parse_args(arguments)
    began = perf_counter()
    try:
        event = read_event(options.folder)
        problem = build_problem(event, options.seed)
        print(f"{len(problem.shifts)} shifts, {len(problem.volunteers)} volunteers …", file=sys.stderr)
        result = solve(problem, time_limit=options.time_limit, seed=options.seed)
    except (BadFolderError, InputError) as error:
        print(error, file=sys.stderr)
        return 2
    found = figures(event, problem, result)
    found["seconds"] = round(perf_counter() - began, 2)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif result.roster is None:
        print(f"{result.status}: no roster in {options.time_limit:g} s; try --time-limit {4 * options.time_limit:g}")
    else:
        show(found, event, result)
    return 0 if result.roster is not None else 1


if __name__ == "__main__":
    sys.exit(main())
