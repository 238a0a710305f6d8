"""An entry: time that somebody served at an activity, as it was recorded."""

from collections.abc import Iterable
from typing import Any

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan, total_minutes, union
from civicvol.service.activity import Activity
from civicvol.service.provenance import Provenance, as_provenance


def _merged(given: Iterable[TimeSpan]) -> Any:
    spans = _fields.as_tuple(given)
    whole = isinstance(spans, tuple) and all(isinstance(each, TimeSpan) for each in spans)
    return union(spans) if whole else spans


@attrs.frozen(kw_only=True)
class ServiceEntry:
    """Time that somebody served at an activity. It never changes: what is wrong is reversed, and recorded anew.

    Args:
        id: the app's own id.
        volunteer: id of the volunteer.
        activity: where they served.
        spans: the time that counts, by the rules of attendance; kept sorted and merged, so a minute is in it once.
        present: when they were really there, kept likewise; unless it is given, the same as `spans`. It is empty where
            they have time without having been there.
        provenance: how that is known.
        travel_minutes: how long they were on the way, there and back.
        leader: who was in charge, in words.
    """

    id: str = attrs.field(validator=_fields.identifier)
    volunteer: str = attrs.field(validator=_fields.identifier)
    activity: Activity = attrs.field(validator=_fields.is_a(Activity, "an Activity"))
    spans: tuple[TimeSpan, ...] = attrs.field(
        converter=_merged,
        validator=_fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan"), least=1),
    )
    present: tuple[TimeSpan, ...] = attrs.field(
        default=attrs.Factory(lambda self: self.spans, takes_self=True),
        converter=_merged,
        validator=_fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan")),
    )
    provenance: Provenance = attrs.field(
        default=Provenance.CLOCKED,
        converter=as_provenance,
        validator=_fields.is_a(Provenance, "a provenance, like 'clocked'"),
    )
    travel_minutes: int = attrs.field(default=0, validator=_fields.whole(0, 1440))
    leader: str = attrs.field(default="", validator=_fields.text)

    @property
    def minutes(self) -> int:
        """The minutes that count, by the rules of attendance."""
        return total_minutes(self.spans)

    @property
    def raw_minutes(self) -> int:
        """The minutes they were there."""
        return total_minutes(self.present)
