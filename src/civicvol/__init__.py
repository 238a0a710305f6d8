"""Neighbourhood volunteering: who does what and when, what they did, and how it is honoured.

The public names are here at the front door and load what they need when they are first used, so importing civicvol
costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_NAMES = {
    "calendar": (
        "Cadence",
        "Free",
        "Horizon",
        "Period",
        "Recurring",
        "Rotation",
        "ShiftPattern",
        "StaggeredRest",
        "TimeSpan",
        "Weekly",
        "WorkHours",
    ),
    "places": ("Travel", "Unit", "UnitKind", "UnitTree"),
    "people": (
        "Assessment",
        "Availability",
        "Limit",
        "PreferredTime",
        "Qualification",
        "SkillNeed",
        "SkillTag",
        "Volunteer",
    ),
    "duties": ("CoverRequirement", "Position", "Shift", "ShiftTemplate"),
    "rostering": (
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
    ),
    "service": (
        "Activity",
        "Attendance",
        "AttendancePolicy",
        "AttendanceSheet",
        "Certificate",
        "HoursPolicy",
        "Issuer",
        "Outcome",
        "PersonalDetails",
        "Provenance",
        "Purpose",
        "Quantity",
        "Reliability",
        "ServiceBook",
        "ServiceEntry",
        "ServiceRecord",
        "Totals",
        "anonymised",
        "credit",
        "expected_attendance",
        "invitations_needed",
        "issue",
        "record_of",
        "reliability",
        "totals",
        "verify",
        "verify_code",
    ),
    "desk": (
        "DeskPolicy",
        "RosterBook",
        "attendance_sheet",
        "personal_view",
        "public_view",
        "reminders_due",
    ),
    "event": ("Event", "Log"),
    "labels": ("Label",),
    "table": ("Table",),
    "errors": ("CivicvolError", "EngineError", "Fault", "InputError", "MissingExtraError", "RefusedError"),
}
_HOME = {name: module for module, names in _NAMES.items() for name in names}
_MODULES = {name: name for name in (*_NAMES, "datasets", "io", "reports", "testing")} | {"rules": "rostering.rules"}

__all__ = list(_HOME)

if TYPE_CHECKING:
    from civicvol import datasets as datasets
    from civicvol import io as io
    from civicvol import reports as reports
    from civicvol import testing as testing
    from civicvol.calendar import Cadence as Cadence
    from civicvol.calendar import Free as Free
    from civicvol.calendar import Horizon as Horizon
    from civicvol.calendar import Period as Period
    from civicvol.calendar import Recurring as Recurring
    from civicvol.calendar import Rotation as Rotation
    from civicvol.calendar import ShiftPattern as ShiftPattern
    from civicvol.calendar import StaggeredRest as StaggeredRest
    from civicvol.calendar import TimeSpan as TimeSpan
    from civicvol.calendar import Weekly as Weekly
    from civicvol.calendar import WorkHours as WorkHours
    from civicvol.desk import DeskPolicy as DeskPolicy
    from civicvol.desk import RosterBook as RosterBook
    from civicvol.desk import attendance_sheet as attendance_sheet
    from civicvol.desk import personal_view as personal_view
    from civicvol.desk import public_view as public_view
    from civicvol.desk import reminders_due as reminders_due
    from civicvol.duties import CoverRequirement as CoverRequirement
    from civicvol.duties import Position as Position
    from civicvol.duties import Shift as Shift
    from civicvol.duties import ShiftTemplate as ShiftTemplate
    from civicvol.errors import CivicvolError as CivicvolError
    from civicvol.errors import EngineError as EngineError
    from civicvol.errors import Fault as Fault
    from civicvol.errors import InputError as InputError
    from civicvol.errors import MissingExtraError as MissingExtraError
    from civicvol.errors import RefusedError as RefusedError
    from civicvol.event import Event as Event
    from civicvol.event import Log as Log
    from civicvol.labels import Label as Label
    from civicvol.people import Assessment as Assessment
    from civicvol.people import Availability as Availability
    from civicvol.people import Limit as Limit
    from civicvol.people import PreferredTime as PreferredTime
    from civicvol.people import Qualification as Qualification
    from civicvol.people import SkillNeed as SkillNeed
    from civicvol.people import SkillTag as SkillTag
    from civicvol.people import Volunteer as Volunteer
    from civicvol.places import Travel as Travel
    from civicvol.places import Unit as Unit
    from civicvol.places import UnitKind as UnitKind
    from civicvol.places import UnitTree as UnitTree
    from civicvol.rostering import Absence as Absence
    from civicvol.rostering import AddedShift as AddedShift
    from civicvol.rostering import AreaResult as AreaResult
    from civicvol.rostering import Assignment as Assignment
    from civicvol.rostering import AssignmentRule as AssignmentRule
    from civicvol.rostering import Bottleneck as Bottleneck
    from civicvol.rostering import CancelledShift as CancelledShift
    from civicvol.rostering import ChangedShift as ChangedShift
    from civicvol.rostering import ChangeNotice as ChangeNotice
    from civicvol.rostering import CheckReport as CheckReport
    from civicvol.rostering import Comparison as Comparison
    from civicvol.rostering import Conflict as Conflict
    from civicvol.rostering import Demand as Demand
    from civicvol.rostering import Difference as Difference
    from civicvol.rostering import Disruption as Disruption
    from civicvol.rostering import Duty as Duty
    from civicvol.rostering import Effect as Effect
    from civicvol.rostering import Family as Family
    from civicvol.rostering import Gap as Gap
    from civicvol.rostering import Joined as Joined
    from civicvol.rostering import Move as Move
    from civicvol.rostering import Override as Override
    from civicvol.rostering import PartOfDay as PartOfDay
    from civicvol.rostering import PastDuty as PastDuty
    from civicvol.rostering import Progress as Progress
    from civicvol.rostering import Reach as Reach
    from civicvol.rostering import Replan as Replan
    from civicvol.rostering import Request as Request
    from civicvol.rostering import RequestKind as RequestKind
    from civicvol.rostering import Result as Result
    from civicvol.rostering import Roster as Roster
    from civicvol.rostering import RosterProblem as RosterProblem
    from civicvol.rostering import Rule as Rule
    from civicvol.rostering import Schedule as Schedule
    from civicvol.rostering import Stage as Stage
    from civicvol.rostering import StandIn as StandIn
    from civicvol.rostering import StandIns as StandIns
    from civicvol.rostering import Status as Status
    from civicvol.rostering import Tier as Tier
    from civicvol.rostering import TierResult as TierResult
    from civicvol.rostering import Violation as Violation
    from civicvol.rostering import VolunteerRule as VolunteerRule
    from civicvol.rostering import WhyNot as WhyNot
    from civicvol.rostering import change_notices as change_notices
    from civicvol.rostering import default_rules as default_rules
    from civicvol.rostering import disrupted as disrupted
    from civicvol.rostering import rules as rules
    from civicvol.rostering.areas import areas as areas
    from civicvol.rostering.areas import rejoin as rejoin
    from civicvol.rostering.bottlenecks import bottlenecks as bottlenecks
    from civicvol.rostering.carry_over import carry_over as carry_over
    from civicvol.rostering.check import check as check
    from civicvol.rostering.compare import compare as compare
    from civicvol.rostering.explain_conflict import explain_conflict as explain_conflict
    from civicvol.rostering.replan import replan as replan
    from civicvol.rostering.solve import solve as solve
    from civicvol.rostering.stand_ins import stand_ins as stand_ins
    from civicvol.rostering.why_not import why_not as why_not
    from civicvol.rostering.why_unfilled import why_unfilled as why_unfilled
    from civicvol.service import Activity as Activity
    from civicvol.service import Attendance as Attendance
    from civicvol.service import AttendancePolicy as AttendancePolicy
    from civicvol.service import AttendanceSheet as AttendanceSheet
    from civicvol.service import Certificate as Certificate
    from civicvol.service import HoursPolicy as HoursPolicy
    from civicvol.service import Issuer as Issuer
    from civicvol.service import Outcome as Outcome
    from civicvol.service import PersonalDetails as PersonalDetails
    from civicvol.service import Provenance as Provenance
    from civicvol.service import Purpose as Purpose
    from civicvol.service import Quantity as Quantity
    from civicvol.service import Reliability as Reliability
    from civicvol.service import ServiceBook as ServiceBook
    from civicvol.service import ServiceEntry as ServiceEntry
    from civicvol.service import ServiceRecord as ServiceRecord
    from civicvol.service import Totals as Totals
    from civicvol.service import anonymised as anonymised
    from civicvol.service import expected_attendance as expected_attendance
    from civicvol.service import invitations_needed as invitations_needed
    from civicvol.service import issue as issue
    from civicvol.service import record_of as record_of
    from civicvol.service import verify as verify
    from civicvol.service import verify_code as verify_code
    from civicvol.service.credit import credit as credit
    from civicvol.service.reliability import reliability as reliability
    from civicvol.service.totals import totals as totals
    from civicvol.table import Table as Table
else:

    def __getattr__(name: str) -> Any:
        if name in _HOME:
            value = getattr(import_module(f"civicvol.{_HOME[name]}"), name)
        elif name in _MODULES:
            value = import_module(f"civicvol.{_MODULES[name]}")
        else:
            raise AttributeError(f"module 'civicvol' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, *_MODULES})
