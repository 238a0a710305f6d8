"""Who does what and when: the roster problem, its rules, the check, the solver and the explanations."""

from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.engines import Progress, Status
from civicvol.rostering.explain import Gap, WhyNot, why_not, why_unfilled
from civicvol.rostering.problem import PastDuty, RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule, Violation
from civicvol.rostering.rules import RULES, default_rules
from civicvol.rostering.schedule import Duty, Schedule
from civicvol.rostering.solve import Result, solve

__all__ = [
    "RULES",
    "Assignment",
    "AssignmentRule",
    "CheckReport",
    "Duty",
    "Gap",
    "PastDuty",
    "Progress",
    "Result",
    "Roster",
    "RosterProblem",
    "Rule",
    "Schedule",
    "Status",
    "Violation",
    "WhyNot",
    "check",
    "default_rules",
    "solve",
    "why_not",
    "why_unfilled",
]
