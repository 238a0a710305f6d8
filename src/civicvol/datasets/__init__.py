"""Communities to try things on, small and large, generated from published figures."""

from civicvol.datasets.district import district
from civicvol.datasets.sanhua import sanhua

__all__ = ["district", "sanhua"]
