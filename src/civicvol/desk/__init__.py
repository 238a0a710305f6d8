"""The duty desk: a published roster as it lives, with who changed what, and what each person is told."""

from civicvol.desk.access import tokens_left
from civicvol.desk.book import RosterBook
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.details import ShiftDetails
from civicvol.desk.diff import VersionDiff, diff
from civicvol.desk.event import DeskEvent
from civicvol.desk.expected import activity_of, attendance_sheet
from civicvol.desk.history import History, history
from civicvol.desk.open_shifts import GivenUp, Taken
from civicvol.desk.pending import Offer, OfferStatus, SignUp, StandBy, Waiting
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.privacy import anonymised_roster
from civicvol.desk.reminders import Reminder, reminders_due
from civicvol.desk.sheet import PersonalView, PublicView, personal_view, public_view
from civicvol.desk.stand_by import CalledIn, StoodBy, StoodDown
from civicvol.desk.state import DeskState, Phase
from civicvol.desk.swaps import Accepted, Approved, Claimed, Declined, Offered, Undone, Withdrawn
from civicvol.desk.versions import Changed, Closed, Published
from civicvol.desk.waiting_list import Confirmed, Invited, Left, Passed, Queued, next_in_line, queue

EVENTS: tuple[type[DeskEvent], ...] = (
    Published,
    Changed,
    Closed,
    DetailsGiven,
    Offered,
    Claimed,
    Accepted,
    Declined,
    Approved,
    Withdrawn,
    Undone,
    Queued,
    Left,
    Invited,
    Confirmed,
    Passed,
    StoodBy,
    StoodDown,
    CalledIn,
    Taken,
    GivenUp,
)
"""Everything that can be recorded in a roster book."""

__all__ = [
    "EVENTS",
    "Accepted",
    "Approved",
    "CalledIn",
    "Changed",
    "Claimed",
    "Closed",
    "Confirmed",
    "Declined",
    "DeskEvent",
    "DeskPolicy",
    "DeskState",
    "DetailsGiven",
    "GivenUp",
    "History",
    "Invited",
    "Left",
    "Offer",
    "OfferStatus",
    "Offered",
    "Passed",
    "PersonalView",
    "Phase",
    "PublicView",
    "Published",
    "Queued",
    "Reminder",
    "RosterBook",
    "ShiftDetails",
    "SignUp",
    "StandBy",
    "StoodBy",
    "StoodDown",
    "Taken",
    "Undone",
    "VersionDiff",
    "Waiting",
    "Withdrawn",
    "activity_of",
    "anonymised_roster",
    "attendance_sheet",
    "diff",
    "history",
    "next_in_line",
    "personal_view",
    "public_view",
    "queue",
    "reminders_due",
    "tokens_left",
]
