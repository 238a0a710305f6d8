"""Where a record of time comes from."""

from typing import Any

from civicvol.labels import Choice


class Provenance(Choice):
    """How time came to be known, the surest first; what it counts for may depend on it.

    Made up later is what anybody states days after, by the policy of attendance.
    """

    CLOCKED = "clocked", "签到签退"
    LEADER = "entered by a leader", "负责人录入"
    SELF = "self-reported", "本人申报"
    LATE = "made up later", "事后补录"


def as_provenance(value: Any) -> Any:
    """Turn the name of a provenance into the provenance; leave anything else as it is."""
    return Provenance.named(value)
