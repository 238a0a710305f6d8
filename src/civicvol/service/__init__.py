"""What really happened: attendance, hours, records of service, and certificates of them."""

from civicvol.service.activity import Activity
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.attendance_absence import Appealed, AppealGranted, AppealRejected, Excused, MarkedAbsent
from civicvol.service.attendance_audit import Finding, FindingKind
from civicvol.service.attendance_clock import CheckedIn, CheckedOut, Released
from civicvol.service.attendance_event import AttendanceEvent
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_settled import Settled
from civicvol.service.attendance_sheet import AttendanceSheet
from civicvol.service.book import ServiceBook
from civicvol.service.certificate import Certificate, CertificateLine, Holder, IdDocument, Issuer
from civicvol.service.certificate_events import CertificateIssued, CertificateWithdrawn
from civicvol.service.certificate_page import certificate_to_html
from civicvol.service.certificate_status import CertificateStatus, certificate_status, withdrawn_serials
from civicvol.service.certificate_text import certificate_to_text
from civicvol.service.credit import Credit, credit
from civicvol.service.entry import ServiceEntry
from civicvol.service.entry_events import Recorded, Reversed, Verified
from civicvol.service.fact import Appraisal, Commendation, Complaint, Fact, Training
from civicvol.service.fact_events import Appraised, Commended, Complained, Retracted, Trained
from civicvol.service.hours import Acceptance, HoursPolicy, Rounding
from civicvol.service.hours_presets import HOURS_PRESETS, HoursPreset
from civicvol.service.invitations import Invitations, Turnout, expected_attendance, invitations_needed
from civicvol.service.issuing import issue
from civicvol.service.keys import PublicKey, SigningKey
from civicvol.service.person import FurtherDetail, PersonalDetails
from civicvol.service.person_events import Consented, ConsentWithdrawn, Registered
from civicvol.service.privacy import anonymised, anonymised_sheet
from civicvol.service.provenance import Provenance
from civicvol.service.purpose import Purpose
from civicvol.service.quantity import CountUnit, Quantity, Status
from civicvol.service.record import ServiceRecord, record_of
from civicvol.service.record_export import RecordExport, export_record
from civicvol.service.record_part import RecordPart
from civicvol.service.reliability import Reliability, reliability
from civicvol.service.service_event import ServiceEvent
from civicvol.service.statistics import Grouping, statistics
from civicvol.service.totals import Totals, totals
from civicvol.service.verification import Claims, Verification, sign, verify, verify_code
from civicvol.service.withdrawals import Withdrawals, read_withdrawals, sign_withdrawals

ATTENDANCE_EVENTS: tuple[type[AttendanceEvent], ...] = (
    CheckedIn,
    CheckedOut,
    Released,
    Settled,
    Excused,
    MarkedAbsent,
    Appealed,
    AppealGranted,
    AppealRejected,
)
"""Everything that can be entered into an attendance sheet."""

EVENTS: tuple[type[ServiceEvent], ...] = (
    Recorded,
    Verified,
    Reversed,
    Registered,
    Consented,
    ConsentWithdrawn,
    Trained,
    Commended,
    Appraised,
    Complained,
    Retracted,
    CertificateIssued,
    CertificateWithdrawn,
)
"""Everything that can be written into a service book."""

__all__ = [
    "ATTENDANCE_EVENTS",
    "EVENTS",
    "HOURS_PRESETS",
    "Acceptance",
    "Activity",
    "AppealGranted",
    "AppealRejected",
    "Appealed",
    "Appraisal",
    "Appraised",
    "Attendance",
    "AttendanceEvent",
    "AttendancePolicy",
    "AttendanceSheet",
    "Certificate",
    "CertificateIssued",
    "CertificateLine",
    "CertificateStatus",
    "CertificateWithdrawn",
    "CheckedIn",
    "CheckedOut",
    "Claims",
    "Commendation",
    "Commended",
    "Complained",
    "Complaint",
    "ConsentWithdrawn",
    "Consented",
    "CountUnit",
    "Credit",
    "Excused",
    "Fact",
    "Finding",
    "FindingKind",
    "FurtherDetail",
    "Grouping",
    "Holder",
    "HoursPolicy",
    "HoursPreset",
    "IdDocument",
    "Invitations",
    "Issuer",
    "MarkedAbsent",
    "Outcome",
    "PersonalDetails",
    "Provenance",
    "PublicKey",
    "Purpose",
    "Quantity",
    "RecordExport",
    "RecordPart",
    "Recorded",
    "Registered",
    "Released",
    "Reliability",
    "Retracted",
    "Reversed",
    "Rounding",
    "ServiceBook",
    "ServiceEntry",
    "ServiceEvent",
    "ServiceRecord",
    "Settled",
    "SigningKey",
    "Status",
    "Totals",
    "Trained",
    "Training",
    "Turnout",
    "Verification",
    "Verified",
    "Withdrawals",
    "anonymised",
    "anonymised_sheet",
    "certificate_status",
    "certificate_to_html",
    "certificate_to_text",
    "credit",
    "expected_attendance",
    "export_record",
    "invitations_needed",
    "issue",
    "read_withdrawals",
    "record_of",
    "reliability",
    "sign",
    "sign_withdrawals",
    "statistics",
    "totals",
    "verify",
    "verify_code",
    "withdrawn_serials",
]
