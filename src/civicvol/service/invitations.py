"""How many people will come of those who are expected, and how many to invite so that enough do."""

from collections.abc import Iterable
from itertools import pairwise
from math import fsum

import attrs

from civicvol import _fields
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.service.reliability import Reliability

_MOST_PEOPLE = 10_000
_ROUNDING = 1e-12
_ENOUGH = Label(
    "invite {invited} of {asked}: at least {needed} come with a probability of {chance} %; wanted is {target} %",
    "邀请{asked}人中的{invited}人：至少{needed}人到场的可能为{chance}%，要求{target}%",
)
_TOO_FEW = Label(
    "even with all {asked} invited, at least {needed} come with a probability of only {chance} %; wanted is {target} %",
    "即使邀请全部{asked}人，至少{needed}人到场的可能也只有{chance}%，要求{target}%",
)

_probability = _fields.number(0.0, 1.0)
_people = _fields.whole(0, _MOST_PEOPLE)
_reliabilities = _fields.tuple_of(_fields.is_a(Reliability, "a Reliability"), unique=lambda each: each.volunteer)


@attrs.frozen(kw_only=True)
class Turnout:
    """How many people come, as a distribution.

    Args:
        distribution: the probability that nobody comes, that one does, that two do, and so on; together 1.

    Raises:
        InputError: a member is no probability, or they do not add up to 1.
    """

    distribution: tuple[float, ...] = attrs.field(
        default=(1.0,), converter=_fields.as_tuple, validator=_fields.tuple_of(_probability, least=1)
    )

    def __attrs_post_init__(self) -> None:
        if abs(fsum(self.distribution) - 1.0) > 1e-9:
            message = "must have probabilities that add up to 1"
            raise InputError.of("Turnout.distribution", message, value=fsum(self.distribution))

    @property
    def mean(self) -> float:
        """How many come on average: the sum of the people's probabilities."""
        return fsum(heads * chance for heads, chance in enumerate(self.distribution))

    def at_least(self, heads: int) -> float:
        """Return the probability that so many people come, or more.

        Raises:
            InputError: `heads` is no whole number from 0.
        """
        _fields.require(heads=(heads, _fields.whole()))
        return _at_least(heads, self.distribution)


def expected_attendance(probabilities: Iterable[float]) -> Turnout:
    """Return how many of some people come, each with a probability of their own and whoever else does.

    This is the Poisson binomial distribution, by exact convolution: after each person, so many have come either
    because so many had and this one does not, or because one fewer had and this one does. That people come or stay
    away together, as friends or in the rain, is not in it: then the true distribution is wider.

    Args:
        probabilities: of each person, from 0 to 1; of at most 10,000 people.

    Raises:
        InputError: a member is no probability, or there are too many.

    >>> turnout = expected_attendance([0.5, 0.8])
    >>> [round(chance, 12) for chance in turnout.distribution], turnout.mean, round(turnout.at_least(1), 12)
    ([0.1, 0.5, 0.4], 1.3, 0.9)
    """
    given = _fields.as_tuple(probabilities)
    _fields.require(probabilities=(given, _fields.tuple_of(_probability)))
    _require_few("probabilities", given)
    distribution: tuple[float, ...] = (1.0,)
    for probability in given:
        distribution = _joined(distribution, probability)
    return Turnout(distribution=distribution)


@attrs.frozen(kw_only=True)
class Invitations:
    """Whom to invite so that enough people come.

    Args:
        invited: ids of those to invite, in order of preference.
        asked: how many could be invited.
        needed: how many must come.
        target: the probability with which they should, from 0 to 1.
        turnout: how many of those invited, and of those who were to come anyway, do.
    """

    invited: tuple[str, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str)
    )
    asked: int = attrs.field(validator=_people)
    needed: int = attrs.field(validator=_people)
    target: float = attrs.field(validator=_probability)
    turnout: Turnout = attrs.field(validator=_fields.is_a(Turnout, "a Turnout"))

    @property
    def probability(self) -> float:
        """The probability that at least as many come as are needed."""
        return self.turnout.at_least(self.needed)

    @property
    def enough(self) -> bool:
        """Whether that reaches the target, to within rounding."""
        return self.probability >= self.target - _ROUNDING

    def text(self, language: Language = "en") -> str:
        """Return how many to invite and why, in words; also where all of them are too few."""
        sentence = _ENOUGH if self.enough else _TOO_FEW
        return sentence.filled(
            invited=len(self.invited),
            asked=self.asked,
            needed=self.needed,
            chance=f"{100 * self.probability:.1f}",
            target=f"{100 * self.target:.1f}",
        ).text(language)


def invitations_needed(
    reliabilities: Iterable[Reliability],
    needed: int,
    target: float,
    *,
    coming: Iterable[Reliability] = (),
) -> Invitations:
    """Return the fewest people to invite, in order of preference, so that enough come with a target probability.

    One more invitation never makes it less probable that enough come, so the first number that reaches the target is
    the fewest. Where even all of them do not, all are invited, and `enough` is False and the text says so.

    Args:
        reliabilities: of those who could be invited, whom to ask first at the front; at most 10,000.
        needed: how many must come, those of `coming` included.
        target: the probability with which they should, from 0 to 1.
        coming: of those who are on the roster already.

    Raises:
        InputError: an argument is wrong, or somebody is among them twice.
    """
    options, sure = _fields.as_tuple(reliabilities), _fields.as_tuple(coming)
    _fields.require(
        reliabilities=(options, _reliabilities),
        needed=(needed, _people),
        target=(target, _probability),
        coming=(sure, _reliabilities),
    )
    _fields.require(reliabilities=((*sure, *options), _reliabilities))
    _require_few("reliabilities", (*sure, *options))

    turnout = expected_attendance(each.probability for each in sure).distribution
    number = 0
    while number < len(options) and _at_least(needed, turnout) < target - _ROUNDING:
        turnout = _joined(turnout, options[number].probability)
        number += 1
    return Invitations(
        invited=tuple(each.volunteer for each in options[:number]),
        asked=len(options),
        needed=needed,
        target=target,
        turnout=Turnout(distribution=turnout),
    )


def _at_least(heads: int, distribution: tuple[float, ...]) -> float:
    return 1.0 if heads == 0 else min(1.0, fsum(distribution[heads:]))


def _joined(distribution: tuple[float, ...], probability: float) -> tuple[float, ...]:
    away = 1.0 - probability
    middle = (fewer * probability + as_many * away for fewer, as_many in pairwise(distribution))
    return (distribution[0] * away, *middle, distribution[-1] * probability)


def _require_few(field: str, members: tuple[object, ...]) -> None:
    if len(members) > _MOST_PEOPLE:
        raise InputError.of(field, f"must have at most {_MOST_PEOPLE:,} members", value=len(members))
