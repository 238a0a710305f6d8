"""The rules, one file each. A new one is added to `RULES`."""

from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Rule
from civicvol.rostering.rules._company import CompanyRule
from civicvol.rostering.rules._mix import MixRule
from civicvol.rostering.rules._runs import ShortRunRule
from civicvol.rostering.rules.accompanied import Accompanied
from civicvol.rostering.rules.apart import Apart
from civicvol.rostering.rules.attendance_ratio import AttendanceRatio
from civicvol.rostering.rules.available import Available
from civicvol.rostering.rules.backbone_stays import BackboneStays
from civicvol.rostering.rules.complete_weekends import CompleteWeekends
from civicvol.rostering.rules.day_off_requests import DayOffRequests
from civicvol.rostering.rules.day_on_requests import DayOnRequests
from civicvol.rostering.rules.demanding_stretch import DemandingStretch
from civicvol.rostering.rules.deputies import Deputies
from civicvol.rostering.rules.desired_cover import DesiredCover
from civicvol.rostering.rules.even_load import EvenLoad
from civicvol.rostering.rules.exclusive_roles import ExclusiveRoles
from civicvol.rostering.rules.experience_present import ExperiencePresent
from civicvol.rostering.rules.fair_nights import FairNights
from civicvol.rostering.rules.fair_share import FairShare
from civicvol.rostering.rules.fair_shifts import FairShifts
from civicvol.rostering.rules.fair_weekends import FairWeekends
from civicvol.rostering.rules.fewest_changes import FewestChanges
from civicvol.rostering.rules.forbidden_succession import ForbiddenSuccession
from civicvol.rostering.rules.guardian_consent import GuardianConsent
from civicvol.rostering.rules.leader_present import LeaderPresent
from civicvol.rostering.rules.least_consecutive_days import LeastConsecutiveDays
from civicvol.rostering.rules.least_consecutive_days_off import LeastConsecutiveDaysOff
from civicvol.rostering.rules.least_consecutive_weekends import LeastConsecutiveWeekends
from civicvol.rostering.rules.least_minutes import LeastMinutes
from civicvol.rostering.rules.least_minutes_in_days import LeastMinutesInDays
from civicvol.rostering.rules.least_shifts import LeastShifts
from civicvol.rostering.rules.least_shifts_in_days import LeastShiftsInDays
from civicvol.rostering.rules.long_rest import LongRest
from civicvol.rostering.rules.longest_stretch import LongestStretch
from civicvol.rostering.rules.maximum_cover import MaximumCover
from civicvol.rostering.rules.minimum_age import MinimumAge
from civicvol.rostering.rules.minimum_cover import MinimumCover
from civicvol.rostering.rules.minimum_rest import MinimumRest
from civicvol.rostering.rules.minors_accompanied import MinorsAccompanied
from civicvol.rostering.rules.minors_daily_minutes import MinorsDailyMinutes
from civicvol.rostering.rules.minute_goals import MinuteGoals
from civicvol.rostering.rules.most_consecutive_days import MostConsecutiveDays
from civicvol.rostering.rules.most_consecutive_days_off import MostConsecutiveDaysOff
from civicvol.rostering.rules.most_consecutive_weekends import MostConsecutiveWeekends
from civicvol.rostering.rules.most_first_timers import MostFirstTimers
from civicvol.rostering.rules.most_minutes import MostMinutes
from civicvol.rostering.rules.most_minutes_in_days import MostMinutesInDays
from civicvol.rostering.rules.most_nights_in_a_row import MostNightsInARow
from civicvol.rostering.rules.most_shifts import MostShifts
from civicvol.rostering.rules.most_shifts_in_days import MostShiftsInDays
from civicvol.rostering.rules.most_weekends import MostWeekends
from civicvol.rostering.rules.no_minors_at_night import NoMinorsAtNight
from civicvol.rostering.rules.no_overlap import NoOverlap
from civicvol.rostering.rules.own_minutes import OwnMinutes
from civicvol.rostering.rules.own_shifts import OwnShifts
from civicvol.rostering.rules.pinned import Pinned
from civicvol.rostering.rules.position_preference import PositionPreference
from civicvol.rostering.rules.preferred_partners import PreferredPartners
from civicvol.rostering.rules.preferred_times import PreferredTimes
from civicvol.rostering.rules.qualified import Qualified
from civicvol.rostering.rules.rest_after_night import RestAfterNight
from civicvol.rostering.rules.same_person import SamePerson
from civicvol.rostering.rules.same_shift_on_weekends import SameShiftOnWeekends
from civicvol.rostering.rules.senior_stretch import SeniorStretch
from civicvol.rostering.rules.served_units import ServedUnits
from civicvol.rostering.rules.shift_goals import ShiftGoals
from civicvol.rostering.rules.shift_off_requests import ShiftOffRequests
from civicvol.rostering.rules.shift_on_requests import ShiftOnRequests
from civicvol.rostering.rules.skill_present import SkillPresent
from civicvol.rostering.rules.staff_ratio import StaffRatio
from civicvol.rostering.rules.together import Together
from civicvol.rostering.rules.unwanted_sequence import UnwantedSequence
from civicvol.rostering.rules.varied_company import VariedCompany
from civicvol.rostering.rules.whole_block import WholeBlock

RULES: tuple[type[Rule], ...] = (
    ServedUnits,
    Qualified,
    Available,
    GuardianConsent,
    MinimumAge,
    NoMinorsAtNight,
    Pinned,
    NoOverlap,
    MinimumRest,
    MostMinutes,
    MostShifts,
    MostConsecutiveDays,
    LeastConsecutiveDays,
    MostConsecutiveDaysOff,
    LeastConsecutiveDaysOff,
    MostNightsInARow,
    WholeBlock,
    UnwantedSequence,
    CompleteWeekends,
    SameShiftOnWeekends,
    MostConsecutiveWeekends,
    LeastConsecutiveWeekends,
    ForbiddenSuccession,
    MostWeekends,
    OwnMinutes,
    OwnShifts,
    MinorsDailyMinutes,
    SeniorStretch,
    DemandingStretch,
    MaximumCover,
    MinimumCover,
    DesiredCover,
    FairShare,
    PositionPreference,
    DayOffRequests,
    DayOnRequests,
    ShiftOffRequests,
    ShiftOnRequests,
    LeastMinutes,
    LeastShifts,
    MostMinutesInDays,
    MostShiftsInDays,
    LeastMinutesInDays,
    LeastShiftsInDays,
    LongRest,
    RestAfterNight,
    LongestStretch,
    ShiftGoals,
    MinuteGoals,
    PreferredTimes,
    PreferredPartners,
    FairShifts,
    FairNights,
    FairWeekends,
    SkillPresent,
    ExperiencePresent,
    MostFirstTimers,
    LeaderPresent,
    StaffRatio,
    AttendanceRatio,
    Deputies,
    BackboneStays,
    MinorsAccompanied,
    Accompanied,
    Together,
    Apart,
    VariedCompany,
    ExclusiveRoles,
    EvenLoad,
    SamePerson,
    FewestChanges,
)
"""Every rule of the library. Candidates are struck out in this order, so what strikes most at least cost is first."""


def default_rules() -> tuple[Rule, ...]:
    """Return a sound set of rules for a community, with 12 hours a week at the most.

    Those that a community has to choose for itself, with whom or what they are about, are not among them.
    """
    return (
        ServedUnits(),
        Qualified(),
        Available(),
        GuardianConsent(),
        MinimumAge(),
        NoMinorsAtNight(),
        Pinned(),
        NoOverlap(),
        MinimumRest(),
        MostMinutes(minutes=720),
        MostShifts(),
        MostConsecutiveDays(),
        OwnMinutes(),
        OwnShifts(),
        MinorsDailyMinutes(),
        SeniorStretch(),
        DemandingStretch(),
        MaximumCover(),
        MinimumCover(),
        DesiredCover(),
        FairShare(),
        PositionPreference(),
        PreferredTimes(),
        ShiftGoals(),
        MinuteGoals(),
        DayOffRequests(),
        ShiftOffRequests(),
        DayOnRequests(),
        ShiftOnRequests(),
    )


def rules_of(problem: RosterProblem) -> tuple[Rule, ...]:
    """Return the rules a problem is held to: its own, and `Pinned` where assignments are pinned."""
    if problem.pinned and not any(isinstance(rule, Pinned) for rule in problem.rules):
        return (*problem.rules, Pinned())
    return problem.rules


__all__ = [
    "RULES",
    "Accompanied",
    "Apart",
    "AttendanceRatio",
    "Available",
    "BackboneStays",
    "CompanyRule",
    "CompleteWeekends",
    "DayOffRequests",
    "DayOnRequests",
    "DemandingStretch",
    "Deputies",
    "DesiredCover",
    "EvenLoad",
    "ExclusiveRoles",
    "ExperiencePresent",
    "FairNights",
    "FairShare",
    "FairShifts",
    "FairWeekends",
    "FewestChanges",
    "ForbiddenSuccession",
    "GuardianConsent",
    "LeaderPresent",
    "LeastConsecutiveDays",
    "LeastConsecutiveDaysOff",
    "LeastConsecutiveWeekends",
    "LeastMinutes",
    "LeastMinutesInDays",
    "LeastShifts",
    "LeastShiftsInDays",
    "LongRest",
    "LongestStretch",
    "MaximumCover",
    "MinimumAge",
    "MinimumCover",
    "MinimumRest",
    "MinorsAccompanied",
    "MinorsDailyMinutes",
    "MinuteGoals",
    "MixRule",
    "MostConsecutiveDays",
    "MostConsecutiveDaysOff",
    "MostConsecutiveWeekends",
    "MostFirstTimers",
    "MostMinutes",
    "MostMinutesInDays",
    "MostNightsInARow",
    "MostShifts",
    "MostShiftsInDays",
    "MostWeekends",
    "NoMinorsAtNight",
    "NoOverlap",
    "OwnMinutes",
    "OwnShifts",
    "Pinned",
    "PositionPreference",
    "PreferredPartners",
    "PreferredTimes",
    "Qualified",
    "RestAfterNight",
    "SamePerson",
    "SameShiftOnWeekends",
    "SeniorStretch",
    "ServedUnits",
    "ShiftGoals",
    "ShiftOffRequests",
    "ShiftOnRequests",
    "ShortRunRule",
    "SkillPresent",
    "StaffRatio",
    "Together",
    "UnwantedSequence",
    "VariedCompany",
    "WholeBlock",
    "default_rules",
    "rules_of",
]
