import pytest

from civicvol import Volunteer
from civicvol.desk.policy import DeskPolicy
from civicvol.errors import InputError


@pytest.fixture(scope="module")
def gate(desk):
    return desk.shift("gate", "3 09:00-12:00")


@pytest.fixture(scope="module")
def tent(desk):
    return desk.shift("tent", "3 11:00-12:00")


LI = Volunteer(id="li")
CADRE = Volunteer(id="wu", affiliations={"cadre", "student"})


class TestSignUp:
    def test_is_open_at_once_and_until_the_start_by_default(self, gate):
        policy = DeskPolicy()
        assert policy.opening(LI, gate) is None
        assert policy.closing(gate) == gate.span.start_minute

    def test_opens_so_long_before_the_start(self, gate, tent):
        policy = DeskPolicy(sign_up_opens=600, opens_for_position={"tent": 60})
        assert gate.span.start_minute - policy.opening(LI, gate) == 600
        assert tent.span.start_minute - policy.opening(LI, tent) == 60

    def test_opens_earlier_for_some(self, gate, tent):
        policy = DeskPolicy(
            opens_for_position={"tent": 60}, earlier_for_affiliation={"cadre": 30, "student": 45, "x": 99}
        )
        assert tent.span.start_minute - policy.opening(LI, tent) == 60
        assert tent.span.start_minute - policy.opening(CADRE, tent) == 105
        assert policy.opening(CADRE, gate) is None

    @pytest.mark.parametrize(
        ("minutes", "share", "expected"),
        [(30, None, (30, 30)), (None, 0.25, (45, 15)), (30, 0.25, (30, 15)), (0, 0.5, (0, 0)), (None, 0.01, (1, 0))],
    )
    def test_ends_after_minutes_or_a_share_whichever_is_less(self, gate, tent, minutes, share, expected):
        policy = DeskPolicy(late_minutes=minutes, late_share=share)
        assert tuple(policy.closing(each) - each.span.start_minute for each in (gate, tent)) == expected

    def test_costs_tokens_where_there_are_any(self):
        assert DeskPolicy(token_costs={"gate": 2}).cost("gate") == 0
        policy = DeskPolicy(tokens=3, token_costs={"gate": 2, "tent": 0})
        assert [policy.cost(position) for position in ("gate", "tent", "hall")] == [2, 0, 1]


def test_approval_is_asked_for_all_or_for_some():
    assert not DeskPolicy().asks_approval("gate")
    assert DeskPolicy(approval=True).asks_approval("gate")
    some = DeskPolicy(approval_positions=["tent"])
    assert (some.asks_approval("gate"), some.asks_approval("tent")) == (False, True)


def test_numbers_by_id_are_a_mapping_or_pairs():
    pairs = DeskPolicy(token_costs=[["tent", 1], ["gate", 2]])
    assert pairs == DeskPolicy(token_costs={"gate": 2, "tent": 1})
    assert pairs.token_costs == (("gate", 2), ("tent", 1))
    assert hash(pairs)


@pytest.mark.parametrize(
    "fields",
    [
        {"managers": "office"},
        {"approval": 1},
        {"approval_positions": [""]},
        {"exchange_deadline": -1},
        {"give_up_deadline": 1.5},
        {"sign_up_opens": "60"},
        {"opens_for_position": {"gate": -1}},
        {"opens_for_position": 5},
        {"opens_for_position": "gate"},
        {"opens_for_position": {5: 5}},
        {"opens_for_position": {" ": 5}},
        {"earlier_for_affiliation": [("cadre",)]},
        {"earlier_for_affiliation": [()]},
        {"earlier_for_affiliation": [("cadre", 1), ("cadre", 2)]},
        {"earlier_for_affiliation": [5]},
        {"late_minutes": True},
        {"late_share": 1.01},
        {"late_share": float("nan")},
        {"managers_only": 3},
        {"tokens": -1},
        {"token_costs": {"gate": None}},
        {"longest_queue": -1},
    ],
)
def test_nonsense_is_refused_by_its_field(fields):
    (field,) = fields
    with pytest.raises(InputError, match=rf"DeskPolicy\.{field} "):
        DeskPolicy(**fields)


def test_questions_about_nonsense_are_refused(gate):
    policy = DeskPolicy()
    for ask in (
        lambda: policy.opening("li", gate),
        lambda: policy.closing("gate"),
        lambda: policy.cost(gate),
        lambda: policy.asks_approval(["gate"]),
    ):
        with pytest.raises(InputError, match="must be a"):
            ask()
