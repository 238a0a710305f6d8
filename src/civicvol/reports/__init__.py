"""What people look at: duty sheets, cover and its gaps, and how evenly the work is spread."""

from civicvol.reports.cover import cover, cover_gaps
from civicvol.reports.duty_sheet import duty_sheet, personal_sheet
from civicvol.reports.fairness import fairness, left_out, workload

__all__ = ["cover", "cover_gaps", "duty_sheet", "fairness", "left_out", "personal_sheet", "workload"]
