"""Small communities to try things on, generated from published figures."""

from civicvol.datasets.sanhua import sanhua

__all__ = ["sanhua"]
