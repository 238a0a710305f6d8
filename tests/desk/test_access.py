import pytest

from civicvol import Volunteer
from civicvol.desk.access import access, tokens_left
from civicvol.errors import InputError
from tests.desk.desks import PEOPLE, published


def said(book, desk, when, who="li", shift="gate"):
    return [str(reason) for reason in access(book.state, book.policy, who, shift, desk.at(when))]


def test_is_free_until_the_shift_begins(desk):
    book = published(desk)
    assert said(book, desk, "3 08:59") == []
    assert said(book, desk, "3 09:00") == [
        "sign-up for gate, Tue 3 Mar 2026 09:00–12:00, North ended on 2026-03-03 09:00"
    ]


def test_may_go_on_for_a_while(desk):
    book = published(desk, policy={"late_share": 0.5})
    assert said(book, desk, "3 10:29") == []
    assert said(book, desk, "3 10:30")[0].endswith("ended on 2026-03-03 10:30")


def test_begins_earlier_for_some(desk):
    people = [Volunteer(id="li", name="Li", affiliations={"cadre"}), *PEOPLE[1:]]
    policy = {"sign_up_opens": 60, "earlier_for_affiliation": {"cadre": 30}}
    book = published(desk, volunteers=people, policy=policy)
    assert said(book, desk, "3 07:30") == []
    assert said(book, desk, "3 07:29") == [
        "sign-up for gate, Tue 3 Mar 2026 09:00–12:00, North opens for Li on 2026-03-03 07:30"
    ]
    assert said(book, desk, "3 08:00", "wu") == []
    assert said(book, desk, "3 07:59", "wu")[0].endswith("opens for Wu on 2026-03-03 08:00")


def test_is_not_for_positions_that_managers_fill(desk):
    book = published(desk, policy={"managers_only": {"gate"}})
    assert said(book, desk, "2 12:00") == ["places at gate are filled by those who run the desk"]
    assert said(book, desk, "2 12:00", shift="tent") == []


def test_costs_no_more_than_the_tokens_left(desk):
    book = published(desk, policy={"tokens": 2, "token_costs": {"gate": 3}})
    assert tokens_left(book.state, book.policy, "li") == 2
    assert said(book, desk, "2 12:00", shift="tent") == []
    assert said(book, desk, "2 12:00") == [
        "gate, Tue 3 Mar 2026 09:00–12:00, North costs 3 in tokens, and Li has 2 left",
    ]
    assert tokens_left(book.state, published(desk).policy, "li") is None


def test_is_asked_about_what_is_known(desk):
    book = published(desk)
    for who, shift in (("nobody", "gate"), ("li", "nothing")):
        with pytest.raises(InputError, match="must be the id of a"):
            said(book, desk, "2 12:00", who, shift)
    for state, policy in ((book, book.policy), (book.state, book)):
        with pytest.raises(InputError, match="must be a Desk"):
            tokens_left(state, policy, "li")
