"""Skill tags, what they imply, and who is qualified for them, how well and until when."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from civicvol import _fields
from civicvol.errors import InputError
from civicvol.labels import Choice, Label, as_label

HIGHEST_LEVEL = 5


class Assessment(Choice):
    """How it was found out that somebody has a skill."""

    DECLARED = "declared", "本人申报", "declared by the person"
    THEORY = "theory", "理论考核", "theory exam"
    PRACTICE = "practice", "实操考核", "practical exam"
    EXAMINED = "examined", "理论与实操考核", "theory and practical exam"
    CERTIFIED = "certified", "持证", "official certificate"


@attrs.frozen(kw_only=True)
class SkillTag:
    """A skill a community looks for; it may imply others (a nurse can also measure temperatures).

    Args:
        id: the app's own id.
        label: what people call it; a plain text is taken as English.
        implies: ids of the skills that whoever has this one has too, at the same level.
    """

    id: str = attrs.field(validator=_fields.identifier)
    label: Label = attrs.field(
        default=attrs.Factory(lambda self: as_label(self.id), takes_self=True),
        converter=as_label,
        validator=_fields.is_a(Label, "a label"),
    )
    implies: frozenset[str] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier)
    )


@attrs.frozen(kw_only=True)
class SkillNeed:
    """A skill that a piece of work asks for, from a level up."""

    skill: str = attrs.field(validator=_fields.identifier)
    level: int = attrs.field(default=1, validator=_fields.whole(1, HIGHEST_LEVEL))


def as_needs(value: Iterable["str | SkillNeed"]) -> Any:
    """Turn a collection of skill ids and needs into needs; leave anything else as it is."""
    members = _fields.as_tuple(value)
    if isinstance(members, tuple):
        return tuple(SkillNeed(skill=member) if _fields.is_id(member) else member for member in members)
    return members


needs = _fields.tuple_of(_fields.is_a(SkillNeed, "a skill's id or a SkillNeed"), unique=lambda need: need.skill)


@attrs.frozen(kw_only=True)
class Qualification:
    """That somebody has a skill: at which level, how it was assessed, and from when until when it counts.

    Args:
        skill: id of the skill tag.
        level: 1 (learner) to 5 (can teach it).
        assessed: how it was found out.
        valid_from: first day on which it counts; None for always.
        valid_until: last day on which it counts; None for ever.

    Raises:
        InputError: a field is wrong, or it ends before it begins.
    """

    skill: str = attrs.field(validator=_fields.identifier)
    level: int = attrs.field(default=1, validator=_fields.whole(1, HIGHEST_LEVEL))
    assessed: Assessment = attrs.field(default=Assessment.DECLARED, validator=_fields.is_a(Assessment, "an Assessment"))
    valid_from: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))
    valid_until: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))

    def __attrs_post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise InputError.of(
                "Qualification.valid_until", "must not be before valid_from", id=self.skill, value=self.valid_until
            )

    def covers(self, first: date, last: date) -> bool:
        """Return whether it counts on every day from `first` to `last`.

        >>> Qualification(skill="sampling", valid_until=date(2026, 3, 5)).covers(date(2026, 3, 5), date(2026, 3, 6))
        False
        """
        _fields.expect("first", first, date, "a date")
        _fields.expect("last", last, date, "a date")
        return (self.valid_from is None or self.valid_from <= first) and (
            self.valid_until is None or last <= self.valid_until
        )


def valid_days(held: Iterable[Qualification]) -> list[tuple[date, date]]:
    """Return the stretches of days on which at least one of some qualifications counts, in order and apart.

    Who renews in time has one stretch.

    >>> old = Qualification(skill="first-aid", valid_until=date(2026, 3, 2))
    >>> new = Qualification(skill="first-aid", valid_from=date(2026, 3, 3), valid_until=date(2028, 3, 2))
    >>> valid_days([new, old])
    [(datetime.date(1, 1, 1), datetime.date(2028, 3, 2))]
    """
    stretches: list[tuple[date, date]] = []
    for first, last in sorted((each.valid_from or date.min, each.valid_until or date.max) for each in held):
        if stretches and first.toordinal() <= stretches[-1][1].toordinal() + 1:
            stretches[-1] = stretches[-1][0], max(last, stretches[-1][1])
        else:
            stretches.append((first, last))
    return stretches


def providers(tags: Iterable[SkillTag]) -> Mapping[str, frozenset[str]]:
    """Return for every skill the skills that provide it: itself and all that imply it, directly or through others.

    >>> nurse = SkillTag(id="nurse", implies={"first-aid"})
    >>> first_aid = SkillTag(id="first-aid", implies={"thermometer"})
    >>> sorted(providers([nurse, first_aid, SkillTag(id="thermometer")])["thermometer"])
    ['first-aid', 'nurse', 'thermometer']
    """
    implied = {tag.id: tag.implies for tag in tags}
    found: dict[str, set[str]] = {skill: set() for skill in implied}
    for skill in implied:
        reached, waiting = {skill}, [skill]
        while waiting:
            fresh = implied.get(waiting.pop(), frozenset()) - reached
            reached |= fresh
            waiting.extend(fresh)
        for other in reached:
            found.setdefault(other, set()).add(skill)
    return {skill: frozenset(others) for skill, others in found.items()}
