"""The neighbours: what they can do, when they can come, and how much they want."""

from civicvol.people.availability import Availability
from civicvol.people.limit import Limit
from civicvol.people.preferred_time import PreferredTime
from civicvol.people.skill import Assessment, Qualification, SkillNeed, SkillTag, providers
from civicvol.people.volunteer import Volunteer

__all__ = [
    "Assessment",
    "Availability",
    "Limit",
    "PreferredTime",
    "Qualification",
    "SkillNeed",
    "SkillTag",
    "Volunteer",
    "providers",
]
