"""What `solve` finds: a roster with its proof or its gap, or why there is none."""

from collections.abc import Mapping
from math import fsum

import attrs

from civicvol.labels import Label, Language
from civicvol.rostering.check import CheckReport
from civicvol.rostering.engines import Status
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Tier, Violation
from civicvol.table import Table

_SMALLEST = 1e-6
_TIER_TITLE = Label("Tiers", "层次")
_AREA_TITLE = Label("Areas", "片区")
_AREA_COLUMNS = (
    Label("area", "片区"),
    Label("volunteers", "志愿者"),
    Label("places", "岗位名额"),
    Label("filled", "已排"),
    Label("status", "状态"),
    Label("cost", "代价"),
    Label("bound", "下界"),
    Label("seconds", "秒"),
)
_STATUSES = {
    Status.OPTIMAL: Label("optimal", "最优"),
    Status.FEASIBLE: Label("feasible", "可行"),
    Status.INFEASIBLE: Label("infeasible", "无解"),
    Status.UNKNOWN: Label("unknown", "未知"),
}
_TIER_COLUMNS = Label("tier", "层次"), Label("cost", "代价"), Label("bound", "下界")


@attrs.frozen(kw_only=True)
class TierResult:
    """What one tier of the soft rules costs.

    Args:
        tier: the tier.
        value: what its rules cost in the roster.
        bound: what they cost at least while the tiers before cost no more than they do; None where nothing is known,
            as where tiers were not solved in turn.
    """

    tier: Tier
    value: float
    bound: float | None = None


def costs_by_tier(problem: RosterProblem, report: CheckReport) -> dict[Tier, float]:
    """Return what the rules of each tier cost, for the tiers that have soft rules, in their order."""
    of_rule = {rule.name: rule.family.tier for rule in problem.rules}
    present = {rule.family.tier for rule in problem.rules if not rule.hard}
    penalties: dict[Tier, list[float]] = {tier: [] for tier in Tier if tier in present}
    for violation in report.soft:
        penalties[of_rule[violation.rule]].append(violation.penalty)
    return {tier: fsum(of_tier) for tier, of_tier in penalties.items()}


@attrs.frozen(kw_only=True)
class AreaResult:
    """What was found for an area that shares nobody with the others.

    Args:
        name: what people call it.
        volunteers: how many people it has.
        places: how many places it has, by the desired numbers.
        filled: how many assignments its roster has.
        status: what is known about it.
        cost: what its roster costs; None where there is none.
        bound: no roster of it costs less; None where nothing is known.
        seconds: how long it took.
        roster: its roster; None where none was found.
        failure: why it could not be solved; nothing where it could.
    """

    name: Label
    volunteers: int
    places: int
    filled: int
    status: Status
    cost: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    roster: Roster | None = None
    failure: str = ""


@attrs.frozen(kw_only=True)
class Result:
    """What `solve` found.

    Args:
        status: whether the roster is proven best, good, or why there is none.
        roster: the best roster found; None where there is none.
        objective: what it costs, as the check reckons it; None likewise.
        bound: no roster costs less than this; None where nothing is known.
        report: the check of the roster; None where there is no roster.
        nearest: where no roster keeps all hard rules, the one that keeps the pins and breaks the others least.
        conflict: what that one breaks.
        tiers: what each tier of the soft rules costs in the roster; with bounds where they were solved in turn.
        areas: what was found for each area that was solved apart, or for several small ones that were kept together.
        stopped: "time limit", "interrupted" or "areas failed" where the search was cut short, "too large" where it was
            left at its gap, else nothing.
        statistics: sizes, seconds and the engine, by name.
    """

    status: Status
    roster: Roster | None = None
    objective: float | None = None
    bound: float | None = None
    report: CheckReport | None = None
    nearest: Roster | None = None
    conflict: tuple[Violation, ...] = ()
    tiers: tuple[TierResult, ...] = ()
    areas: tuple[AreaResult, ...] = ()
    stopped: str = ""
    statistics: Mapping[str, int | float | str] = attrs.field(factory=dict, hash=False)

    @property
    def gap(self) -> float | None:
        """How much better another roster might be, as a share of the objective; None where nothing is known."""
        if self.objective is None or self.bound is None:
            return None
        return max(self.objective - self.bound, 0.0) / max(abs(self.objective), _SMALLEST)

    def summary(self) -> Table:
        """Return the main figures as a table."""
        rows = [
            ("status", f"{self.status}{f' ({self.stopped})' if self.stopped else ''}"),
            ("assignments", None if self.roster is None else len(self.roster)),
            ("objective", self.objective),
            ("bound", self.bound),
            ("gap", None if self.gap is None else f"{self.gap:.4%}"),
            *self.statistics.items(),
        ]
        return Table(title="Result", columns=("figure", "value"), rows=rows)

    def by_tier(self, language: Language = "en") -> Table:
        """Return a table of what each tier costs, in the order in which they matter."""
        rows = ((tier.tier.label.text(language), tier.value, tier.bound) for tier in self.tiers)
        headings = tuple(label.text(language) for label in _TIER_COLUMNS)
        return Table(title=_TIER_TITLE.text(language), columns=headings, rows=rows)

    def by_area(self, language: Language = "en") -> Table:
        """Return a table of the areas, those first that are not proven, then those with most places open."""
        ordered = sorted(
            self.areas, key=lambda area: (area.status is Status.OPTIMAL, not area.failure, area.filled - area.places)
        )
        rows = (
            (
                area.name.text(language),
                area.volunteers,
                area.places,
                area.filled,
                area.failure or _STATUSES[area.status].text(language),
                area.cost,
                area.bound,
                area.seconds,
            )
            for area in ordered
        )
        headings = tuple(label.text(language) for label in _AREA_COLUMNS)
        return Table(title=_AREA_TITLE.text(language), columns=headings, rows=rows)

    def __str__(self) -> str:
        failed = (f"! {area.name}: {area.failure}" for area in self.areas if area.failure)
        return "\n".join([str(self.summary()), *failed, *(f"! {violation}" for violation in self.conflict)])

    def _repr_html_(self) -> str:
        parts = [self.summary().to_html()]
        if self.tiers:
            parts.append(self.by_tier().to_html())
        if len(self.areas) > 1:
            parts.append(self.by_area().to_html())
        if self.report is not None:
            parts.append(self.report.by_rule().to_html())
        if self.conflict:
            rows = [(violation.rule, str(violation)) for violation in self.conflict]
            parts.append(Table(title="Hard rules in conflict", columns=("rule", "why"), rows=rows).to_html())
        return "".join(parts)
