"""Compare two rosters of a problem: what changed, and what each change costs or gains, rule by rule."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from math import fsum

import attrs

from civicvol.labels import Label, Language
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.effect import Effect, effects_of
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Violation
from civicvol.table import Table

_TAKES, _LEAVES = Label("takes {}", "新增{}"), Label("leaves {}", "退出{}")
_SAME = Label("the same", "无变化")
_COMMA, _SEMICOLON, _COLON = Label(", ", "，"), Label("; ", "；"), Label(": ", "：")
_ALL = Label("everybody", "全体")
_TITLE = Label(
    "Two rosters: {} assignments more, {} fewer, penalty {:+,.2f}", "班表比较：新增{}，减少{}，总代价{:+,.2f}"
)
_CHANGES = Label("who or where", "人员或班次"), Label("what changed", "变化"), Label("effect", "影响")
_RULES = (
    Label("rule", "规则"),
    Label("kind", "类别"),
    Label("amount before", "原数量"),
    Label("amount after", "现数量"),
    Label("penalty before", "原代价"),
    Label("penalty after", "现代价"),
    Label("change", "变化"),
)
_KINDS = {True: Label("hard", "硬"), False: Label("soft", "软")}


@attrs.frozen(kw_only=True)
class Difference:
    """What changed for one volunteer, or on one shift as a whole, and what that does.

    Args:
        volunteer: id of the volunteer; None where it is about a shift.
        shift: id of the shift; None where it is about a volunteer.
        name: what people call them.
        added: what the volunteer has only in the later roster.
        removed: what they have only in the earlier one.
        shifts: what people call the shifts of both, by id.
        effects: what the change does to each rule that it matters to.
    """

    volunteer: str | None
    shift: str | None
    name: Label
    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    shifts: Mapping[str, Label] = attrs.field(hash=False)
    effects: tuple[Effect, ...]

    @property
    def cost(self) -> float:
        """What it costs in all; less than 0 where it is a gain."""
        return fsum(effect.cost for effect in self.effects)

    def moves(self, language: Language = "en") -> str:
        """Return what is taken and left, in words."""
        moves = [
            verb.text(language).format(self.shifts[each.shift].text(language))
            for verb, assignments in ((_TAKES, self.added), (_LEAVES, self.removed))
            for each in assignments
        ]
        return _SEMICOLON.text(language).join(moves)

    def text(self, language: Language = "en") -> str:
        """Return the difference as a line."""
        effects = _COMMA.text(language).join(effect.text(language) for effect in self.effects)
        parts = [part for part in (self.name.text(language), self.moves(language), effects) if part]
        return _COLON.text(language).join(parts)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class Comparison:
    """How one roster differs from another.

    Args:
        before: the check of the earlier roster.
        after: the check of the later one.
        added: the assignments that only the later one has.
        removed: those that only the earlier one has.
        differences: what changed, for each volunteer with other duties and for each shift or person for whom a rule
            changes because of that. Their costs add up to the whole change.
    """

    before: CheckReport
    after: CheckReport
    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    differences: tuple[Difference, ...]

    @property
    def cost(self) -> float:
        """What the later roster costs more; less than 0 where it costs less."""
        return self.after.penalty - self.before.penalty

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What the changes together do to each rule that they matter to."""
        return effects_of(self.before.violations, self.after.violations)

    def text(self, language: Language = "en") -> str:
        """Return a headline, and a line for each difference."""
        title = _TITLE.text(language).format(len(self.added), len(self.removed), self.cost)
        lines = [difference.text(language) for difference in self.differences] or [_SAME.text(language)]
        return "\n".join([title, *(f"- {line}" for line in lines)])

    def table(self, language: Language = "en") -> Table:
        """Return a table with a row for each difference."""
        rows = (
            (
                difference.name.text(language),
                difference.moves(language),
                _COMMA.text(language).join(effect.text(language) for effect in difference.effects),
            )
            for difference in self.differences
        )
        title = _TITLE.text(language).format(len(self.added), len(self.removed), self.cost)
        return Table(title=title, columns=tuple(label.text(language) for label in _CHANGES), rows=rows)

    def by_rule(self, language: Language = "en") -> Table:
        """Return a table with a row for each rule that something is found against in either roster."""
        rows = []
        for rule in dict.fromkeys(each.rule for each in (*self.before.violations, *self.after.violations)):
            before, after = self.before.of(rule), self.after.of(rule)
            amounts = [fsum(each.amount for each in found) for found in (before, after)]
            costs = [fsum(each.penalty for each in found) for found in (before, after)]
            kind = _KINDS[any(each.hard for each in (*before, *after))].text(language)
            rows.append((rule, kind, *amounts, *costs, costs[1] - costs[0]))
        title = _TITLE.text(language).format(len(self.added), len(self.removed), self.cost)
        return Table(title=title, columns=tuple(label.text(language) for label in _RULES), rows=rows)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.by_rule().to_html() + self.table().to_html()


def compare(problem: RosterProblem, a: Roster, b: Roster) -> Comparison:
    """Return what changes from roster `a` to roster `b`, and what each change costs or gains, rule by rule.

    Each violation that comes or goes belongs to one difference: that of the first volunteer it names whose duties
    changed, else of the first it names, else of its first shift.

    Args:
        problem: the problem.
        a: the earlier roster.
        b: the later one.

    Raises:
        InputError: one is no roster, or names what the problem does not know.
    """
    require_known(problem, a)
    require_known(problem, b)
    before, after = check(problem, a), check(problem, b)
    added, removed = (tuple(each for each in one if each not in other) for one, other in ((b, a), (a, b)))
    moved = {each.volunteer for each in (*added, *removed)}
    went, came = _only(before, after), _only(after, before)
    found: defaultdict[tuple[str | None, str | None], tuple[list[Violation], list[Violation]]] = defaultdict(
        lambda: ([], [])
    )
    for id in sorted(moved):
        found[id, None] = ([], [])
    for side, violations in enumerate((went, came)):
        for violation in violations:
            found[_subject(violation, moved)][side].append(violation)
    differences = []
    for (volunteer, shift), (gone, new) in found.items():
        mine = [[each for each in side if each.volunteer == volunteer] for side in (added, removed)]
        names = {each.shift: problem.shift_name(problem.shift(each.shift)) for each in (*mine[0], *mine[1])}
        effects = effects_of(gone, new)
        if effects or names:
            differences.append(
                Difference(
                    volunteer=volunteer,
                    shift=shift,
                    name=_name(problem, volunteer, shift),
                    added=tuple(mine[0]),
                    removed=tuple(mine[1]),
                    shifts=names,
                    effects=effects,
                )
            )
    return Comparison(before=before, after=after, added=added, removed=removed, differences=tuple(differences))


def _only(one: CheckReport, other: CheckReport) -> list[Violation]:
    """Return the violations of one check that the other does not have."""
    counts = Counter(map(_key, other.violations))
    only = []
    for violation in one.violations:
        if counts[_key(violation)]:
            counts[_key(violation)] -= 1
        else:
            only.append(violation)
    return only


def _key(violation: Violation) -> tuple[object, ...]:
    return violation.rule, violation.amount, violation.penalty, violation.message, violation.volunteers


def _subject(violation: Violation, moved: set[str]) -> tuple[str | None, str | None]:
    named = [id for id in violation.volunteers if id in moved] or list(violation.volunteers)
    if named:
        return named[0], None
    return None, next(iter(violation.shifts), None)


def _name(problem: RosterProblem, volunteer: str | None, shift: str | None) -> Label:
    if volunteer is not None:
        return Label(str(problem.volunteer(volunteer)))
    return _ALL if shift is None else problem.shift_name(problem.shift(shift))
