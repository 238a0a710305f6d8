"""A leader settles when somebody was there: a forgotten check-out, a wrong clock, a list on paper."""

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan, union
from civicvol.labels import Label
from civicvol.service.attendance_event import AttendanceEvent
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_state import AttendanceState, Stay

_NO_REASON = Label("a settlement says why", "更正须写明原因")
_NEVER_HERE = Label("{} was neither expected nor there", "{}既不在名单上也未到场")
_SETTLED = Label("settled by {}", "由{}更正")


@attrs.frozen(kw_only=True)
class Settled(AttendanceEvent):
    """A leader states when somebody was there. It holds from now on instead of the clock, whose events all remain.

    Days after, by the policy, such a time is known as made up later.

    Args:
        volunteer: id of the volunteer.
        spans: when they were there, merged where they overlap; none where they were not.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    spans: tuple[TimeSpan, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan"))
    )

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the volunteer's stays as they are stated."""
        self.require_leader(policy)
        presence = state.of(self.volunteer)
        if not self.why.strip():
            raise self.refusal(_NO_REASON)
        if not (self.spans or presence.came or self.volunteer in state.expected):
            raise self.refusal(_NEVER_HERE.filled(self.volunteer))
        provenance = self.stated(self.volunteer, state, policy)
        spans = (
            TimeSpan(self.local(span.start, state, policy), self.local(span.end, state, policy))
            for span in union(self.spans)
        )
        settled = attrs.evolve(
            presence,
            stays=tuple(Stay(span, provenance) for span in spans),
            arrival=None,
            out_of_hours=False,
            recorder=self.by,
            notes=(*presence.notes, self.said(_SETTLED)),
        )
        return state.with_({self.volunteer: settled})
