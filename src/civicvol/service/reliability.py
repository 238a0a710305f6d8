"""How likely somebody is to come where they are expected, from whether they came before."""

from collections.abc import Iterable
from datetime import datetime
from math import fsum

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import minute_of
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.service.attendance import Attendance, Outcome

_DAY = 24 * 60
_COUNTED = Label("{}: came to {} of {} duties that ended by {}", "{0}：截至{3}结束的{2}次服务中到场{1}次")
_LEFT_OUT = Label("{} excused, not counted", "请假{}次，不计")
_FADES = Label("after {} days a duty counts half", "每过{}天，一次服务的权重减半")
_PRIOR = Label(
    "to begin with, {} of 100 are taken not to come, which weighs as much as {} duties",
    "初始假定每100次缺席{}次，相当于{}次服务的权重",
)
_CHANCE = Label("likely to come: {} %", "预计到场可能：{}%")

_half_life = _fields.number(1.0, 36_500.0)
_rate = _fields.number(0.0, 1.0)
_weight = _fields.number(1e-3, 1e6)
_sum = _fields.number(0.0, 1e9)


@attrs.frozen(kw_only=True)
class Reliability:
    """How likely a volunteer is to come where they are expected, as of a moment.

    The rate of no-shows has a Beta distribution: before anything is known, one of mean `prior_rate` that weighs as
    much as `prior_weight` duties; each duty since adds one to its side, times 1/2 for every half-life that has passed.
    The rate stated is its mean, (prior_rate × prior_weight + no_shows) / (prior_weight + shows + no_shows). So one
    no-show of a newcomer is not the end of them, last week's says more than last year's, and who comes again climbs
    back.

    Args:
        volunteer: id of the volunteer.
        as_of: the moment.
        came: how many duties they came to.
        missed: how many they were a no-show at.
        excused: how many they were excused from; these say nothing of how reliable they are.
        shows: the duties they came to, each counted by how long ago it was.
        no_shows: the no-shows, counted likewise.
        half_life_days: after how many days of 24 hours a duty counts half, from 1 to 36,500.
        prior_rate: the rate of no-shows before anything is known, from 0 to 1.
        prior_weight: how many duties that weighs, from 0.001.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    as_of: datetime = attrs.field(converter=as_moment, validator=moment)
    came: int = attrs.field(default=0, validator=_fields.whole())
    missed: int = attrs.field(default=0, validator=_fields.whole())
    excused: int = attrs.field(default=0, validator=_fields.whole())
    shows: float = attrs.field(default=0.0, validator=_sum)
    no_shows: float = attrs.field(default=0.0, validator=_sum)
    half_life_days: float = attrs.field(default=90.0, validator=_half_life)
    prior_rate: float = attrs.field(default=0.1, validator=_rate)
    prior_weight: float = attrs.field(default=4.0, validator=_weight)

    @property
    def no_show_rate(self) -> float:
        """The rate of no-shows to expect, from 0 to 1."""
        known = self.shows + self.no_shows
        return (self.prior_rate * self.prior_weight + self.no_shows) / (self.prior_weight + known)

    @property
    def probability(self) -> float:
        """The probability that they come, from 0 to 1."""
        return 1.0 - self.no_show_rate

    def text(self, language: Language = "en") -> str:
        """Return how the probability comes about, in words."""
        lines = [
            _COUNTED.filled(self.volunteer, self.came, self.came + self.missed, f"{self.as_of:%Y-%m-%d %H:%M}"),
            *([_LEFT_OUT.filled(self.excused)] if self.excused else []),
            _FADES.filled(f"{self.half_life_days:g}"),
            _PRIOR.filled(f"{100 * self.prior_rate:g}", f"{self.prior_weight:g}"),
            _CHANCE.filled(f"{100 * self.probability:.0f}"),
        ]
        return "\n".join(line.text(language) for line in lines)


def reliability(
    volunteer: str,
    attendances: Iterable[Attendance],
    as_of: datetime,
    *,
    half_life_days: float = 90.0,
    prior_rate: float = 0.1,
    prior_weight: float = 4.0,
) -> Reliability:
    """Return how likely a volunteer is to come where they are expected.

    Only activities that were over by `as_of` count, each by the time since its planned end. A walk-in counts for
    nothing: nobody expected them. An excused absence is no no-show, and neither is one whose appeal was granted, for
    it has become an excused absence.

    Args:
        volunteer: id of the volunteer.
        attendances: of the past, in any order; those of other people are passed over.
        as_of: the moment, in a named zone and whole minutes.
        half_life_days: after how many days of 24 hours a duty counts half, from 1 to 36,500.
        prior_rate: the rate of no-shows before anything is known, from 0 to 1.
        prior_weight: how many duties that weighs, from 0.001.

    Raises:
        InputError: an argument is wrong, or two attendances of the volunteer are of one activity.
    """
    given = _fields.as_tuple(attendances)
    _fields.require(
        volunteer=(volunteer, _fields.identifier),
        attendances=(given, _fields.tuple_of(_fields.is_a(Attendance, "an Attendance"))),
        as_of=(as_of, moment),
        half_life_days=(half_life_days, _half_life),
        prior_rate=(prior_rate, _rate),
        prior_weight=(prior_weight, _weight),
    )
    now = minute_of(as_of)
    past = [each for each in given if each.volunteer == volunteer and each.activity.span.end_minute <= now]
    if len({each.activity.id for each in past}) < len(past):
        raise InputError.of("attendances", "must have each activity once", id=volunteer)

    def weights(outcome: Outcome) -> list[float]:
        ages = [(now - each.activity.span.end_minute) / _DAY for each in past if each.outcome is outcome]
        return [0.5 ** (age / half_life_days) for age in ages]

    shows, no_shows = weights(Outcome.PRESENT), weights(Outcome.NO_SHOW)
    return Reliability(
        volunteer=volunteer,
        as_of=as_of,
        came=len(shows),
        missed=len(no_shows),
        excused=len(weights(Outcome.EXCUSED)),
        shows=fsum(shows),
        no_shows=fsum(no_shows),
        half_life_days=half_life_days,
        prior_rate=prior_rate,
        prior_weight=prior_weight,
    )
