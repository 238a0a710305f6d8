"""What a community lets people do by themselves with a published roster."""

from collections.abc import Mapping
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.duties.shift import Shift
from civicvol.people.volunteer import Volunteer

_minutes = _fields.whole()
_counts = _fields.whole(0, 1_000_000)
_ids = _fields.set_of(_fields.identifier)


def _as_pairs(value: Any) -> Any:
    """Turn a mapping or a list of pairs into pairs, sorted by id."""
    pairs = _fields.as_tuple(value.items() if isinstance(value, Mapping) else value)
    if not isinstance(pairs, tuple):
        return pairs
    found = tuple(map(_fields.as_tuple, pairs))
    ids_first = all(isinstance(pair, tuple) and pair and isinstance(pair[0], str) for pair in found)
    return tuple(sorted(found, key=lambda pair: pair[0])) if ids_first else found


def _pairs_of(check: Check) -> Check:
    """Accept pairs of an id, each once, and what a check accepts."""

    def wrong(value: Any) -> str | None:
        if not isinstance(value, tuple) or len(value) != 2 or not _fields.is_id(value[0]):
            return "must be an id with its number, like ('gate', 60)"
        return check.wrong(value[1])

    return _fields.tuple_of(Check(wrong), unique=lambda pair: pair[0])


@attrs.frozen(kw_only=True)
class DeskPolicy:
    """What people may do by themselves, and what only those who run the desk may.

    As it stands, everything is allowed until the shift begins, nothing asks for approval, and nothing costs tokens.
    Deadlines are minutes before a shift begins: with 60, the last minute in which something can be done is 61 minutes
    before. Numbers for single positions or affiliations are given as mappings, or as pairs.

    Source: exchanges with approval, in part, by managers for others, and undone again, in YaleSTC/shifts#117 and #249,
    grafana/oncall#3132, #3142 and #5131, linkedin/oncall#296; a window and tokens for sought-after shifts, in
    engelsystem#372 and #746; sign-up after the start by minutes or by a share, in Engelsystem; waiting lists in
    helfertool#21; places that coordinators alone fill, in engelsystem#253.

    Args:
        managers: ids of those who run the desk; they may act for others.
        approval: whether every exchange of duties needs the approval of a manager.
        approval_positions: ids of the positions of whose duties each exchange does.
        exchange_deadline: how many minutes before a duty begins it can be offered, claimed, accepted and undone no
            more; who approves may do so until it begins.
        give_up_deadline: how many minutes before a shift begins it can be given up no more.
        sign_up_opens: how many minutes before a shift begins sign-up opens; None for as soon as the roster is
            published.
        opens_for_position: the same for single positions, by id.
        earlier_for_affiliation: how many minutes earlier it opens for those with an affiliation; of several, the one
            that gives most counts.
        late_minutes: up to how many minutes after a shift has begun people may still sign up.
        late_share: up to what share of its length, from 0 to 1, they may; where both are given, the lesser counts,
            because a fixed time is too long for a short shift. Where neither is given, not after the start.
        managers_only: ids of the positions that nobody may sign up for by themselves.
        tokens: how many tokens each person has for the roster; None where sign-ups cost none.
        token_costs: how many a sign-up costs, by id of the position; one where a position is not named.
        longest_queue: how many may wait for a role line of a shift; None for any number.

    Raises:
        InputError: a field is wrong.
    """

    managers: frozenset[str] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_ids)
    approval: bool = attrs.field(default=False, validator=_fields.flag)
    approval_positions: frozenset[str] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_ids
    )
    exchange_deadline: int = attrs.field(default=0, validator=_minutes)
    give_up_deadline: int = attrs.field(default=0, validator=_minutes)
    sign_up_opens: int | None = attrs.field(default=None, validator=_fields.optional(_minutes))
    opens_for_position: tuple[tuple[str, int], ...] = attrs.field(
        default=(), converter=_as_pairs, validator=_pairs_of(_minutes)
    )
    earlier_for_affiliation: tuple[tuple[str, int], ...] = attrs.field(
        default=(), converter=_as_pairs, validator=_pairs_of(_minutes)
    )
    late_minutes: int | None = attrs.field(default=None, validator=_fields.optional(_minutes))
    late_share: float | None = attrs.field(default=None, validator=_fields.optional(_fields.number(0, 1)))
    managers_only: frozenset[str] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_ids)
    tokens: int | None = attrs.field(default=None, validator=_fields.optional(_counts))
    token_costs: tuple[tuple[str, int], ...] = attrs.field(
        default=(), converter=_as_pairs, validator=_pairs_of(_counts)
    )
    longest_queue: int | None = attrs.field(default=None, validator=_fields.optional(_counts))

    def asks_approval(self, position: str) -> bool:
        """Return whether an exchange of a duty at a position, given by id, needs approval."""
        _fields.expect("position", position, str, "an id")
        return self.approval or position in self.approval_positions

    def opening(self, volunteer: Volunteer, shift: Shift) -> int | None:
        """Return the minute since 1970 at which sign-up for a shift opens for somebody; None where it is always open.

        Raises:
            InputError: they are no volunteer and no shift.
        """
        _expect(shift)
        _fields.expect("volunteer", volunteer, Volunteer, "a Volunteer")
        ahead = dict(self.opens_for_position).get(shift.position, self.sign_up_opens)
        if ahead is None:
            return None
        earlier = (minutes for id, minutes in self.earlier_for_affiliation if id in volunteer.affiliations)
        return shift.span.start_minute - ahead - max(earlier, default=0)

    def closing(self, shift: Shift) -> int:
        """Return the minute since 1970 from which on nobody can sign up for a shift any more.

        >>> from civicvol import Shift, TimeSpan
        >>> from datetime import date, time
        >>> policy = DeskPolicy(late_minutes=30, late_share=0.25)
        >>> for end in (10, 13):
        ...     span = TimeSpan.on(date(2026, 3, 7), time(9), time(end), "Asia/Shanghai")
        ...     print(policy.closing(Shift(id="gate", position="gate", span=span)) - span.start_minute)
        15
        30
        """
        _expect(shift)
        share = None if self.late_share is None else int(self.late_share * shift.minutes)
        late = min((minutes for minutes in (self.late_minutes, share) if minutes is not None), default=0)
        return shift.span.start_minute + late

    def cost(self, position: str) -> int:
        """Return how many tokens a sign-up at a position, given by id, costs."""
        _fields.expect("position", position, str, "an id")
        return 0 if self.tokens is None else dict(self.token_costs).get(position, 1)


def _expect(shift: Shift) -> None:
    _fields.expect("shift", shift, Shift, "a Shift")
