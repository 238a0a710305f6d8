"""What service is counted for."""

from enum import StrEnum
from typing import Any

from civicvol import _fields
from civicvol.labels import Label


class Purpose(StrEnum):
    """What service is counted for; some provenances may count for one purpose and not for another."""

    POINTS = "points"
    STARS = "stars"
    CERTIFICATES = "certificates"

    @property
    def label(self) -> Label:
        """The purpose as a person calls it."""
        return _LABELS[self]


_LABELS = {
    Purpose.POINTS: Label("points", "积分"),
    Purpose.STARS: Label("stars", "星级"),
    Purpose.CERTIFICATES: Label("certificates", "证明"),
}


purpose_check = _fields.is_a(Purpose, "a purpose, like 'points'")


def as_purpose(value: Any) -> Any:
    """Turn the name of a purpose into the purpose; leave anything else as it is."""
    return next((each for each in Purpose if each == value), value)
