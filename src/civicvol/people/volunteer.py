"""A volunteer: who they are, where they serve, what they can do, when, and how much they want."""

from collections.abc import Collection, Iterator
from datetime import date

import attrs

from civicvol import _fields
from civicvol.people.availability import Availability
from civicvol.people.limit import Limit
from civicvol.people.preferred_time import PreferredTime
from civicvol.people.skill import Qualification, SkillNeed, valid_days

_ids = _fields.set_of(_fields.identifier)
_limits = _fields.tuple_of(_fields.is_a(Limit, "a Limit"), unique=lambda limit: str(limit.per))


@attrs.frozen(kw_only=True)
class Volunteer:
    """Somebody who gives time.

    Args:
        id: the app's own id.
        name: what people call them; the id where none is given.
        birth_date: for the rules on age, which is reckoned at each shift; without it no such rule applies.
        home: id of the unit they live in; they serve it, what lies within it, and what it lies in.
        serves: ids of the other units they serve; each includes what lies within it. Whoever states neither a home
            nor units served, serves anywhere.
        qualifications: what they can do.
        availability: when they can come.
        preferences: ids of the positions they like, the best first.
        preferred_times: when they like to serve; any time where none is given.
        partners: ids of the volunteers they like to serve with.
        goals: how much they would like to do: twice a month, four hours a week.
        limits: what they want to do at the most.
        affiliations: plain tags of the app's own: employer, party branch, school, reporting-in cadre.
        guardian_consent: that a minor's guardian agrees.
    """

    id: str = attrs.field(validator=_fields.identifier)
    name: str = attrs.field(default=attrs.Factory(lambda self: self.id, takes_self=True), validator=_fields.text)
    birth_date: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))
    home: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    serves: frozenset[str] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_ids)
    qualifications: tuple[Qualification, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(Qualification, "a Qualification")),
    )
    availability: Availability = attrs.field(
        factory=Availability, validator=_fields.is_a(Availability, "an Availability")
    )
    preferences: tuple[str, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str)
    )
    preferred_times: tuple[PreferredTime, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(PreferredTime, "a PreferredTime")),
    )
    partners: frozenset[str] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_ids)
    goals: tuple[Limit, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_limits)
    limits: tuple[Limit, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_limits)
    affiliations: frozenset[str] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_ids)
    guardian_consent: bool = attrs.field(default=False, validator=_fields.flag)

    def __str__(self) -> str:
        return self.name or self.id

    @property
    def units(self) -> frozenset[str]:
        """The units they serve, the home among them; none means anywhere."""
        return self.serves if self.home is None else self.serves | {self.home}

    def age_on(self, day: date) -> int | None:
        """Return the age in full years on a day, None where the birth date is not known.

        Who was born on 29 February turns a year older on 1 March of common years.

        >>> Volunteer(id="v1", birth_date=date(2008, 2, 29)).age_on(date(2026, 2, 28))
        17
        """
        _fields.expect("day", day, date, "a date")
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday

    def meets(self, need: SkillNeed, providers: Collection[str], first: date, last: date) -> bool:
        """Return whether their qualifications meet a need on every day from `first` to `last`.

        Args:
            need: the skill and its level.
            providers: ids of the skills that provide it, the skill itself among them.
            first: the first day of the work.
            last: its last day.
        """
        held = list(self.meeting(need, providers))
        if any(each.covers(first, last) for each in held):
            return True
        return len(held) > 1 and any(begin <= first and last <= end for begin, end in valid_days(held))

    def meeting(self, need: SkillNeed, providers: Collection[str]) -> Iterator[Qualification]:
        """Return the qualifications that meet a need while they are valid."""
        return (held for held in self.qualifications if held.skill in providers and held.level >= need.level)
