"""Fair access to the places of a roster: when people may sign up for one, and how many tokens they have left."""

from datetime import UTC, datetime, timedelta

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.desk.pending import SignUp
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.labels import Label
from civicvol.rostering.problem import RosterProblem

_MANAGERS_ONLY = Label("places at {} are filled by those who run the desk", "{}由排班管理员安排，不接受自行报名")
_OPENS = Label("sign-up for {} opens for {} on {}", "{}对{}的报名于{}开放")
_ENDED = Label("sign-up for {} ended on {}", "{}的报名已于{}截止")
_TOKENS = Label("{} costs {} in tokens, and {} has {} left", "{}需要{}个名额券，{}剩余{}个")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tokens_left(state: DeskState, policy: DeskPolicy, volunteer: str) -> int | None:
    """Return how many tokens somebody, given by id, has left; None where the policy knows no tokens.

    Raises:
        InputError: an argument is of the wrong kind.
    """
    _fields.expect("state", state, DeskState, "a DeskState")
    _fields.expect("policy", policy, DeskPolicy, "a DeskPolicy")
    if policy.tokens is None:
        return None
    return policy.tokens - sum(each.tokens for each in state.sign_ups if each.volunteer == volunteer)


def access(state: DeskState, policy: DeskPolicy, volunteer: str, shift: str, at: datetime) -> tuple[Label, ...]:
    """Return why somebody may not sign up for a shift at a moment, both given by id; nothing where they may.

    Raises:
        InputError: an id is not known.
    """
    problem = state.problem
    person, work = problem.volunteer(volunteer), problem.shift(shift)
    if work.position in policy.managers_only:
        return (_MANAGERS_ONLY.filled(problem.position(work.position).label),)
    now, opening, closing = minute_of(at), policy.opening(person, work), policy.closing(work)
    name = problem.shift_name(work)
    if opening is not None and now < opening:
        return (_OPENS.filled(name, str(person), _moment(problem, opening)),)
    if closing <= now:
        return (_ENDED.filled(name, _moment(problem, closing)),)
    left, cost = tokens_left(state, policy, volunteer), _cost(state, policy, volunteer, shift)
    return () if left is None or cost <= left else (_TOKENS.filled(name, cost, str(person), left),)


def signed_up(state: DeskState, policy: DeskPolicy, volunteer: str, shift: str) -> DeskState:
    """Return the state after somebody has spent the tokens that a shift costs, both given by id."""
    cost = _cost(state, policy, volunteer, shift)
    spent = SignUp(volunteer=volunteer, shift=shift, tokens=cost)
    return attrs.evolve(state, sign_ups=(*state.sign_ups, spent)) if cost else state


def _cost(state: DeskState, policy: DeskPolicy, volunteer: str, shift: str) -> int:
    """Return what a sign-up costs; nothing where it has been paid for, as by one who handed the duty over since."""
    paid = any((each.volunteer, each.shift) == (volunteer, shift) for each in state.sign_ups)
    return 0 if paid else policy.cost(state.problem.shift(shift).position)


def _moment(problem: RosterProblem, minute: int) -> str:
    return f"{(_EPOCH + timedelta(minutes=minute)).astimezone(problem.horizon.zone):%Y-%m-%d %H:%M}"
