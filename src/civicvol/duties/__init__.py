"""The work to do: positions, and the dated shifts that staff them."""

from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, Shift, ShiftTemplate

__all__ = ["CoverRequirement", "Position", "Shift", "ShiftTemplate"]
