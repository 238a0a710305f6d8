"""The map of a community: its units, from the district down to the building, and the way between them."""

from civicvol.places.travel import Travel
from civicvol.places.unit import Unit, UnitKind, UnitTree

__all__ = ["Travel", "Unit", "UnitKind", "UnitTree"]
