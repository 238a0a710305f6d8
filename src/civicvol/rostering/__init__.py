"""Who does what and when: the roster problem, its rules, the check, the solver and the explanations."""

from civicvol.rostering.areas import areas, rejoin
from civicvol.rostering.bottlenecks import Bottleneck, PartOfDay, bottlenecks
from civicvol.rostering.carry_over import carry_over
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.compare import Comparison, Difference, compare
from civicvol.rostering.disruption import (
    DISRUPTIONS,
    Absence,
    AddedShift,
    CancelledShift,
    ChangedShift,
    Disruption,
    Joined,
    disrupted,
)
from civicvol.rostering.effect import Effect
from civicvol.rostering.engines import Progress, Status
from civicvol.rostering.explain_conflict import Conflict, Demand, explain_conflict
from civicvol.rostering.notice import ChangeNotice, change_notices
from civicvol.rostering.override import Override
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.reach import Reach
from civicvol.rostering.replan import OpenPlace, Replan, replan
from civicvol.rostering.request import Request, RequestKind
from civicvol.rostering.result import AreaResult, Result, TierResult
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Family, Rule, Stage, Tier, Violation, VolunteerRule
from civicvol.rostering.rules import RULES, default_rules
from civicvol.rostering.schedule import Duty, Schedule
from civicvol.rostering.solve import solve
from civicvol.rostering.stand_in import StandIn
from civicvol.rostering.stand_ins import StandIns, stand_ins
from civicvol.rostering.why_not import WhyNot, why_not
from civicvol.rostering.why_unfilled import Gap, Move, why_unfilled

__all__ = [
    "DISRUPTIONS",
    "RULES",
    "Absence",
    "AddedShift",
    "AreaResult",
    "Assignment",
    "AssignmentRule",
    "Bottleneck",
    "CancelledShift",
    "ChangeNotice",
    "ChangedShift",
    "CheckReport",
    "Comparison",
    "Conflict",
    "Demand",
    "Difference",
    "Disruption",
    "Duty",
    "Effect",
    "Family",
    "Gap",
    "Joined",
    "Move",
    "OpenPlace",
    "Override",
    "PartOfDay",
    "PastDuty",
    "Progress",
    "Reach",
    "Replan",
    "Request",
    "RequestKind",
    "Result",
    "Roster",
    "RosterProblem",
    "Rule",
    "Schedule",
    "Stage",
    "StandIn",
    "StandIns",
    "Status",
    "Tier",
    "TierResult",
    "Violation",
    "VolunteerRule",
    "WhyNot",
    "areas",
    "bottlenecks",
    "carry_over",
    "change_notices",
    "check",
    "compare",
    "default_rules",
    "disrupted",
    "explain_conflict",
    "rejoin",
    "replan",
    "solve",
    "stand_ins",
    "why_not",
    "why_unfilled",
]
