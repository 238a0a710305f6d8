"""The details of a shift: what everybody may read about it, and what only those who are on it do."""

import attrs

from civicvol import _fields
from civicvol.labels import Label, as_label


@attrs.frozen(kw_only=True)
class ShiftDetails:
    """What is to be known about a shift besides when and where it is.

    Args:
        shift: id of the shift.
        public: what everybody may read: what to bring, whom it is for.
        private: what only those on the shift may read: the code of a door, the number of whoever opens it.
    """

    shift: str = attrs.field(validator=_fields.identifier)
    public: Label = attrs.field(default=Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))
    private: Label = attrs.field(default=Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))
