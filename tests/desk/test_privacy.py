from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, Volunteer, datasets, solve
from civicvol.desk import Changed, DeskPolicy, Published, RosterBook, anonymised_roster
from civicvol.io import to_json
from civicvol.rostering import Absence, Joined


@pytest.fixture(scope="module")
def book():
    problem = datasets.sanhua(days=5)
    roster = solve(problem).roster
    book = RosterBook(problem=problem, draft=roster, policy=DeskPolicy(managers=["office"]))
    at = problem.horizon.span.start
    duty = roster.assignments[0]
    name = problem.volunteer(duty.volunteer).name
    ill = Absence(volunteer=duty.volunteer, span=problem.shift(duty.shift).span, why=f"{name} has a fever")
    new = Volunteer(id="xu", name="Xu Li", birth_date=date(1990, 7, 9))
    return book.record(
        Published(at=at, by="office"),
        Changed(at=at, by="office", disruptions=[ill], removed=[duty], why=f"{name} called"),
        Changed(at=at, by="office", disruptions=[Joined(volunteer=new)]),
    )


class TestAnonymised:
    @given(data=st.data())
    def test_nothing_tells_who_it_was_and_everything_happened_as_it_did(self, book, data):
        person = data.draw(st.sampled_from(book.state.problem.volunteers))
        again = anonymised_roster(book, person.id, "Volunteer A")
        written = to_json(again)
        assert f'"{person.id}"' not in written
        assert person.name not in written
        assert len(again.events) == len(book.events)
        for before, after in zip(book.states, again.states, strict=True):
            assert (before.phase, before.version, len(before.roster)) == (after.phase, after.version, len(after.roster))
            held = [len(state.roster.of_volunteer(id)) for state, id in ((before, person.id), (after, "Volunteer A"))]
            assert held[0] == held[1]

    def test_the_age_stays_and_the_birthday_goes(self, book):
        day = book.problem.horizon.first_day
        for person in book.state.problem.volunteers:
            again = anonymised_roster(book, person.id, "A-1").state.problem.volunteer("A-1")
            assert again.age_on(day) == person.age_on(day)
            assert person.birth_date is None or again.birth_date.day == 1

    def test_a_birthday_within_the_days_stays(self, book):
        day = book.problem.horizon.days[2]
        person = book.problem.volunteers[0]
        born = attrs.evolve(person, birth_date=day.replace(year=day.year - 40))
        problem = attrs.evolve(book.problem, volunteers=(born, *book.problem.volunteers[1:]))
        again = anonymised_roster(RosterBook(problem=problem), person.id, "A-1")
        assert again.problem.volunteer("A-1").birth_date == born.birth_date

    @pytest.mark.parametrize("joins", [False, True])
    def test_leaves_the_ids_of_everybody_else(self, book, joins):
        new = [Volunteer(id="li", name="office"), Volunteer(id="LI", name="Li Na"), Volunteer(id="li b", name="Bo")]
        volunteers = book.problem.volunteers if joins else (*book.problem.volunteers, *new)
        begun = attrs.evolve(book, problem=attrs.evolve(book.problem, volunteers=volunteers), events=())
        at = begun.problem.horizon.span.start
        log = begun.record(Published(at=at, by="office", why="the office asked li"))
        if joins:
            log = log.record(Changed(at=at, by="office", disruptions=[Joined(volunteer=each) for each in new]))
        again = anonymised_roster(log, "li", "N-7")
        assert again.policy.managers == {"office"}
        assert {event.by for event in again.events} == {"office"}
        assert again.events[0].why == "the N-7 asked N-7"
        people = again.state.problem.volunteer_by_id
        assert {id: people[id].name for id in ("N-7", "LI", "li b")} == {"N-7": "N-7", "LI": "N-7 Na", "li b": "Bo"}
        assert "li" not in people

    @pytest.mark.parametrize(
        ("volunteer", "alias", "named"),
        [
            ("nobody", "A", "volunteer must be the id of somebody in the book"),
            ("xu", "xu", "alias must hold no particular"),
            ("xu", "office", "alias must be in no id"),
            ("xu", "", "alias must be"),
            (None, "A", "volunteer must be"),
        ],
    )
    def test_needs_somebody_and_a_new_name(self, book, volunteer, alias, named):
        with pytest.raises(InputError, match=named):
            anonymised_roster(book, volunteer, alias)

    def test_is_of_a_book(self):
        with pytest.raises(InputError, match="must be a RosterBook"):
            anonymised_roster(None, "xu", "A")
