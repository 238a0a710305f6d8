"""Where a record of time comes from."""

from enum import StrEnum
from typing import Any

from civicvol.labels import Label


class Provenance(StrEnum):
    """How time came to be known, the surest first; what it counts for may depend on it.

    Made up later is what anybody states once the attendance sheet has closed.
    """

    CLOCKED = "clocked"
    LEADER = "entered by a leader"
    SELF = "self-reported"
    LATE = "made up later"

    @property
    def label(self) -> Label:
        """The provenance as a person calls it."""
        return _LABELS[self]


_LABELS = {
    Provenance.CLOCKED: Label("clocked", "签到签退"),
    Provenance.LEADER: Label("entered by a leader", "负责人录入"),
    Provenance.SELF: Label("self-reported", "本人申报"),
    Provenance.LATE: Label("made up later", "事后补录"),
}


def as_provenance(value: Any) -> Any:
    """Turn the name of a provenance into the provenance; leave anything else as it is."""
    return next((each for each in Provenance if each == value), value)
