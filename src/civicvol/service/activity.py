"""An activity: a piece of work at which people serve, as a record of service describes it."""

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan
from civicvol.labels import Label, as_label


@attrs.frozen(kw_only=True)
class Activity:
    """A piece of work at which people serve: one shift, one meeting, one round of visits.

    With who served and for how long, these are the particulars that China's Measures for the Recording of Volunteer
    Service (2012), article 6, ask for: name, date, place, recipient and content.

    Args:
        id: the app's own id; of a shift the shift's.
        name: what people call it.
        span: when it is planned to be.
        category: what kind of work it is, such as the id of a position; None where that does not matter.
        unit: id of the unit it takes place in; None where that does not matter.
        place: where, in words.
        recipient: who is served, in words.
        content: what is done.
        recipients: how many people are served.
        credited: whether time at it is credited; a meeting may take time and earn none.
    """

    id: str = attrs.field(validator=_fields.identifier)
    name: Label = attrs.field(
        default=attrs.Factory(lambda self: as_label(self.id), takes_self=True),
        converter=as_label,
        validator=_fields.is_a(Label, "a label"),
    )
    span: TimeSpan = attrs.field(validator=_fields.is_a(TimeSpan, "a TimeSpan"))
    category: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    unit: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    place: Label = attrs.field(factory=lambda: Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))
    recipient: str = attrs.field(default="", validator=_fields.text)
    content: str = attrs.field(default="", validator=_fields.text)
    recipients: int = attrs.field(default=0, validator=_fields.whole(0, 10_000_000))
    credited: bool = attrs.field(default=True, validator=_fields.flag)
