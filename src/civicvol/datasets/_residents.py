"""The volunteers of a generated district: what many have alike is made once, and shared."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache
from random import Random

from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import Free, Rotation, ShiftPattern, StaggeredRest, Weekly
from civicvol.calendar.timespan import TimeSpan
from civicvol.datasets._areas import Area
from civicvol.datasets._names import Names
from civicvol.datasets._register import REST_DAYS, SCHOOL, draw_affiliations, draw_birth_date, draw_limits
from civicvol.people.availability import Availability
from civicvol.people.skill import Assessment, Qualification
from civicvol.people.volunteer import Volunteer

_DAY = timedelta(days=1)
_COMMUTES = (15, 30, 45, 60)
_DECLARED = {"order-keeping": 0.3, "registration": 0.25, "persuasion": 0.2, "publicity": 0.15}
_LIKED = ("gate", "registration", "waste-sorting", "fair", "order-keeping", "sampling", "lecture", "night-watch")
_HOW_OFTEN = (5, 5, 5, 5, 5, 2, 2, 1)


class Residents:
    """Draws volunteers, one at a time.

    Args:
        rng: the source of chance.
        horizon: the days for which leave and evenings kept free are drawn.
    """

    def __init__(self, rng: Random, horizon: Horizon) -> None:
        days = horizon.days
        self._rng = rng
        self._horizon = horizon
        self._working_lives = {
            "free": (Free(),),
            "turns": tuple(
                Rotation(anchor=horizon.first_day + phase * _DAY, commute=commute)
                for phase in range(2)
                for commute in _COMMUTES
            ),
            "five-and-two": tuple(Weekly(commute=commute) for commute in _COMMUTES),
            "off-peak": tuple(
                StaggeredRest(rest_days=[rest], commute=commute) for rest in REST_DAYS for commute in _COMMUTES
            ),
        }
        self._evenings = [
            tuple(TimeSpan.on(day, time(18), time(22), horizon.zone) for day in days if day.weekday() == weekday)
            for weekday in range(5)
        ]
        self._weekends = tuple(horizon.day_span(day) for day in days if day.weekday() >= 5)
        self._availability = cache(self._availability_of)

    def draw(self, area: Area, names: Names, age: int, serves: frozenset[str]) -> Volunteer:
        """Return a volunteer of an area.

        Args:
            area: where they live.
            names: where their name comes from.
            age: in full years on the first day.
            serves: the areas they serve.
        """
        rng = self._rng
        birth_date = draw_birth_date(rng, age, self._horizon.first_day)
        id, name = names.draw(birth_date.year)
        pattern = self._draw_pattern(age)
        return Volunteer(
            id=f"{area.id}-{id}",
            name=name,
            birth_date=birth_date,
            home=rng.choice(area.grids),
            serves=serves,
            qualifications=tuple(self._draw_skills(age)),
            availability=self._draw_availability(pattern),
            preferences=self._draw_preferences(),
            limits=draw_limits(rng),
            affiliations=draw_affiliations(rng, age, pattern),
            guardian_consent=age < 18 and rng.random() < 0.8,
        )

    def _draw_pattern(self, age: int) -> ShiftPattern:
        """Return school for the young, free days for the old, and one of the four kinds for the others."""
        if age < 18:
            return SCHOOL
        kinds = tuple(self._working_lives) if age < 60 else ("free",)
        (kind,) = self._rng.choices(kinds, (20, 20, 45, 15)[: len(kinds)])
        return self._rng.choice(self._working_lives[kind])

    def _draw_availability(self, pattern: ShiftPattern) -> Availability:
        """Return the pattern with some days of leave, an evening of the week kept free, or weekends only."""
        rng = self._rng
        leave = (rng.choice(self._horizon.days), rng.randint(1, 5)) if rng.random() < 0.3 else None
        evening = rng.randrange(5) if rng.random() < 0.25 else None
        return self._availability(pattern, leave, evening, isinstance(pattern, Weekly) and rng.random() < 0.15)

    def _availability_of(
        self, pattern: ShiftPattern, leave: tuple[date, int] | None, evening: int | None, weekends: bool
    ) -> Availability:
        away = () if leave is None else (self._leave(*leave),)
        evenings = () if evening is None else self._evenings[evening]
        return Availability(pattern=pattern, leave=away + evenings, offered=self._weekends if weekends else None)

    def _leave(self, day: date, days: int) -> TimeSpan:
        horizon = self._horizon
        return TimeSpan(horizon.day_span(day).start, horizon.day_span(day + (days - 1) * _DAY).end)

    def _draw_skills(self, age: int) -> Iterator[Qualification]:
        """Yield what somebody says they can do, and for some a course they have passed."""
        rng = self._rng
        for skill, share in _DECLARED.items():
            if rng.random() < share:
                yield _declared(skill, rng.choice((1, 1, 2, 3)))
        course = rng.random()
        if not 18 <= age < 70:
            return
        if course < 0.05:
            passed_on = self._horizon.first_day - rng.randint(-10, 385) * _DAY
            yield _trained(passed_on, both=rng.random() < 0.9)
        elif course < 0.08:
            yield _certified("first-aid")
        elif course < 0.1:
            yield _certified("nursing")

    def _draw_preferences(self) -> tuple[str, ...]:
        number = self._rng.choice((0, 0, 1, 2, 3))
        return tuple(dict.fromkeys(self._rng.choices(_LIKED, _HOW_OFTEN, k=number)))


@cache
def _declared(skill: str, level: int) -> Qualification:
    return Qualification(skill=skill, level=level)


@cache
def _certified(skill: str) -> Qualification:
    return Qualification(skill=skill, level=3, assessed=Assessment.CERTIFIED)


@cache
def _trained(passed_on: date, *, both: bool) -> Qualification:
    """Return what a sampling course led to: a sampler for a year after both exams, a learner after theory alone."""
    return Qualification(
        skill="sampling",
        level=2 if both else 1,
        assessed=Assessment.EXAMINED if both else Assessment.THEORY,
        valid_from=passed_on,
        valid_until=passed_on + 364 * _DAY,
    )
