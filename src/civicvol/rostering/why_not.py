"""Why somebody is not on a shift: the rules that stand against it, in words."""

import attrs

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label, Language
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.change import Changes
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Violation
from civicvol.rostering.rules import rules_of
from civicvol.table import Table

_NO = Label("{}: no, because", "{}：不行，因为")
_ASSIGNED = Label("{}: is on the roster", "{}：已在班表上")
_COULD = Label("{}: could be, and would change the penalty by {:+,.2f}", "{}：可以，总代价变化{:+,.2f}")
_AGREED = Label("- {}; agreed: {}", "- {}；已同意：{}")
_COLUMNS = (
    Label("rule", "规则"),
    Label("amount", "数量"),
    Label("unit", "单位"),
    Label("why", "原因"),
    Label("caused by", "起因"),
)


@attrs.frozen(kw_only=True)
class WhyNot:
    """What stands against a volunteer's taking a shift.

    Args:
        assignment: what is asked about, in the role that fits best.
        name: what people call it: somebody on a shift in a role.
        against: the hard rules it would break, with their amounts and sentences; none where it could be done.
        causes: for each of these the assignments on the roster that bring it about; none where nothing on the roster
            does, as where somebody is not qualified.
        agreed: the rules it would break that an override sets aside.
        cost: what it would add to the penalty; less than 0 where it would help.
        assigned: whether the roster has it already.
    """

    assignment: Assignment
    name: Label
    against: tuple[Violation, ...]
    causes: tuple[tuple[Assignment, ...], ...] = ()
    agreed: tuple[Violation, ...] = ()
    cost: float
    assigned: bool

    @property
    def possible(self) -> bool:
        """Whether no hard rule stands against it."""
        return not self.against

    def text(self, language: Language = "en") -> str:
        """Return the answer in words: a line, and one more for each rule that stands against it."""
        answer = _NO if self.against else _ASSIGNED if self.assigned else _COULD
        first = answer.text(language).format(self.name.text(language), self.cost)
        against = (f"- {violation.message.text(language)}" for violation in self.against)
        agreed = (
            _AGREED.text(language).format(violation.message.text(language), violation.override)
            for violation in self.agreed
        )
        return "\n".join([first, *against, *agreed])

    def table(self, language: Language = "en") -> Table:
        """Return the answer as a table with a row for each rule that stands against it."""
        rows = (
            (
                violation.rule,
                violation.amount,
                violation.unit.text(language),
                violation.message.text(language),
                "; ".join(map(str, causes)),
            )
            for violation, causes in zip(self.against, self.causes, strict=True)
        )
        title = self.text(language).partition("\n")[0]
        return Table(title=title, columns=tuple(label.text(language) for label in _COLUMNS), rows=rows)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def why_not(problem: RosterProblem, roster: Roster, volunteer: str, shift: str) -> WhyNot:
    """Return what stands against a volunteer's taking a shift, on top of what they have on the roster.

    Args:
        problem: the problem.
        roster: a roster of it.
        volunteer: id of the volunteer.
        shift: id of the shift; the role that breaks least, and costs least, is looked at.

    Raises:
        InputError: an id is not known.
    """
    require_known(problem, roster)
    person, work = problem.volunteer(volunteer), problem.shift(shift)
    held = [each for each in roster.of_volunteer(volunteer) if each.shift == shift]
    if held:
        name = _assigned(problem, person, work, work.line(held[0].role))
        return WhyNot(assignment=held[0], name=name, against=(), cost=0.0, assigned=True)
    changes = Changes(problem, roster, rules_of(problem))
    answers = (_why_not(problem, roster, changes, person, work, line) for line in work.cover)
    return min(answers, key=lambda answer: (len(answer.against), answer.cost))


def _why_not(
    problem: RosterProblem,
    roster: Roster,
    changes: Changes,
    volunteer: Volunteer,
    shift: Shift,
    line: CoverRequirement,
) -> WhyNot:
    assignment = Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role)
    change = changes.of(added=[assignment])
    return WhyNot(
        assignment=assignment,
        name=_assigned(problem, volunteer, shift, line),
        against=change.against,
        causes=tuple(causes_of(violation, roster) for violation in change.against),
        agreed=change.agreed,
        cost=change.cost,
        assigned=False,
    )


def causes_of(violation: Violation, roster: Roster) -> tuple[Assignment, ...]:
    """Return the assignments of a roster that a violation names: its volunteers' on its shifts."""
    return tuple(
        each
        for shift in violation.shifts
        for each in roster.of_shift(shift)
        if not violation.volunteers or each.volunteer in violation.volunteers
    )


def _assigned(problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement) -> Label:
    name = problem.shift_name(shift)
    english = f"{volunteer} as {line.label} on {name}"
    return Label(english, f"{volunteer}（{line.label.text('zh')}），{name.text('zh')}")
