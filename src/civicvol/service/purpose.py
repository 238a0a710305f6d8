"""What service is counted for."""

from typing import Any

from civicvol import _fields
from civicvol.labels import Choice


class Purpose(Choice):
    """What service is counted for; some provenances may count for one purpose and not for another."""

    POINTS = "points", "积分"
    STARS = "stars", "星级"
    CERTIFICATES = "certificates", "证明"


def as_purpose(value: Any) -> Any:
    """Turn the name of a purpose into the purpose; leave anything else as it is."""
    return Purpose.named(value)


purpose_check = _fields.is_a(Purpose, "a purpose, like 'points'")
