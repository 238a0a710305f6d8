"""Who does what and when: the roster problem, its rules, the check, the solver and the explanations."""

from civicvol.rostering.areas import areas, rejoin
from civicvol.rostering.bottlenecks import Bottleneck, PartOfDay, bottlenecks
from civicvol.rostering.carry_over import carry_over
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.compare import Comparison, Difference, Effect, compare
from civicvol.rostering.engines import Progress, Status
from civicvol.rostering.explain_conflict import Conflict, Demand, explain_conflict
from civicvol.rostering.override import Override
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.reach import Reach
from civicvol.rostering.request import Request, RequestKind
from civicvol.rostering.result import AreaResult, Result, TierResult
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Family, Rule, Stage, Tier, Violation, VolunteerRule
from civicvol.rostering.rules import RULES, default_rules
from civicvol.rostering.schedule import Duty, Schedule
from civicvol.rostering.solve import solve
from civicvol.rostering.why_not import WhyNot, why_not
from civicvol.rostering.why_unfilled import Gap, Move, why_unfilled

__all__ = [
    "RULES",
    "AreaResult",
    "Assignment",
    "AssignmentRule",
    "Bottleneck",
    "CheckReport",
    "Comparison",
    "Conflict",
    "Demand",
    "Difference",
    "Duty",
    "Effect",
    "Family",
    "Gap",
    "Move",
    "Override",
    "PartOfDay",
    "PastDuty",
    "Progress",
    "Reach",
    "Request",
    "RequestKind",
    "Result",
    "Roster",
    "RosterProblem",
    "Rule",
    "Schedule",
    "Stage",
    "Status",
    "Tier",
    "TierResult",
    "Violation",
    "VolunteerRule",
    "WhyNot",
    "areas",
    "bottlenecks",
    "carry_over",
    "check",
    "compare",
    "default_rules",
    "explain_conflict",
    "rejoin",
    "solve",
    "why_not",
    "why_unfilled",
]
