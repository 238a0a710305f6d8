"""A stand-in: somebody who could take a place, with reasons; beside them who could not, with what stands against it."""

from datetime import datetime

import attrs

from civicvol.labels import Label, Language
from civicvol.rostering.effect import Effect
from civicvol.rostering.roster import Assignment
from civicvol.rostering.rule import Violation

_COSTS = Label("{}, penalty {:+,.2f}: {}", "{}，总代价{:+,.2f}：{}")
_DUTIES = Label("duties on this roster: {} ({} h), before: {} h", "本期{}班（{}小时），此前{}小时")
_ASKED, _AGREED = Label("last asked on {}", "上次询问：{}"), Label("{}; agreed: {}", "{}；已同意：{}")
_BECAUSE, _COMMA, _SEMICOLON = Label("{}: no, because {}", "{}：不行，因为{}"), Label(", ", "，"), Label("; ", "；")


@attrs.frozen(kw_only=True)
class StandIn:
    """Somebody who could take the place: no hard rule stands against it.

    Args:
        assignment: what they would be given; in the role that costs least, where none was asked for.
        name: who it is, and the role.
        cost: what it would add to the penalty; less than 0 where it would be a gain.
        effects: what it would do to each rule that it matters to, hard ones first, then the dearest; their costs add
            up to the cost.
        agreed: what stands against it, but is agreed to by an override.
        duties: how many shifts they have on the roster.
        minutes: how long these are in all.
        before: how many minutes they did before the horizon.
        asked: when they were last asked, None where that is not known to have been.
    """

    assignment: Assignment
    name: Label
    cost: float
    effects: tuple[Effect, ...]
    agreed: tuple[Violation, ...] = ()
    duties: int
    minutes: int
    before: int
    asked: datetime | None = None

    def why(self, language: Language = "en") -> str:
        """Return what it would cost or gain, rule by rule, and what was agreed."""
        effects = _COMMA.text(language).join(effect.text(language) for effect in self.effects)
        agreed = (_AGREED.filled(each.message, each.override).text(language) for each in self.agreed)
        return _SEMICOLON.text(language).join(part for part in (effects, *agreed) if part)

    def reasons(self, language: Language = "en") -> str:
        """Return everything that their place among the others hangs on, in words."""
        duties = _DUTIES.filled(self.duties, _hours(self.minutes), _hours(self.before))
        asked = () if self.asked is None else (_ASKED.filled(str(self.asked.date())),)
        said = (self.why(language), *(each.text(language) for each in (duties, *asked)))
        return _SEMICOLON.text(language).join(part for part in said if part)

    def text(self, language: Language = "en") -> str:
        """Return who it is and why, as a line."""
        return _COSTS.text(language).format(self.name.text(language), self.cost, self.reasons(language))

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class RuledOut:
    """Somebody who could not take the place.

    Args:
        assignment: what they would have been given; in the role that least stands against, where none was asked for.
        name: who it is, and the role.
        reason: the reason they are counted under, that of the first rule that stands against it.
        against: what would be broken of the hard rules, the first to mention first. Whoever is kept away by rules on
            single assignments is not looked at further, so only these are named; `why_not` names all.
    """

    assignment: Assignment
    name: Label
    reason: Label
    against: tuple[Violation, ...]

    def text(self, language: Language = "en") -> str:
        """Return who it is and what stands against it, as a line."""
        against = _SEMICOLON.text(language).join(each.message.text(language) for each in self.against)
        return _BECAUSE.text(language).format(self.name.text(language), against)

    def __str__(self) -> str:
        return self.text()


def _hours(minutes: int) -> str:
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")
