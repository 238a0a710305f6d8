"""A line of a service record: one service of one person."""

from datetime import date

import attrs

from civicvol import _fields
from civicvol.service.activity import Activity
from civicvol.service.fact import Appraisal
from civicvol.service.provenance import Provenance


@attrs.frozen(kw_only=True)
class ServiceLine:
    """One service in a record.

    Args:
        entry: id of the entry.
        day: the day it belongs to.
        activity: what was done, where and for whom.
        raw_minutes: how long they were there.
        minutes: what is credited.
        provenance: how that is known.
        verified: whether somebody verified it.
        leader: who was in charge, in words.
        recorder: id of whoever recorded it.
        appraisals: how good it was.
    """

    entry: str = attrs.field(validator=_fields.identifier)
    day: date = attrs.field(validator=_fields.day)
    activity: Activity = attrs.field(validator=_fields.is_a(Activity, "an Activity"))
    raw_minutes: int = attrs.field(validator=_fields.whole())
    minutes: int = attrs.field(validator=_fields.whole())
    provenance: Provenance = attrs.field(validator=_fields.is_a(Provenance, "a Provenance"))
    verified: bool = attrs.field(validator=_fields.flag)
    leader: str = attrs.field(default="", validator=_fields.text)
    recorder: str = attrs.field(validator=_fields.identifier)
    appraisals: tuple[Appraisal, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Appraisal, "an Appraisal"))
    )
