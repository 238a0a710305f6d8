from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import CoverRequirement, InputError, Label, Position, TimeSpan, Unit, UnitTree
from civicvol.rostering.disruption import CancelledShift, ChangedShift, Joined, disrupted
from civicvol.rostering.notice import ChangeNotice, change_notices, notices_table
from civicvol.testing import roster_problems, rosters

NORTH = Label("North", "北区")
LINES = [
    CoverRequirement(label=Label("helper", "助手"), maximum=3),
    CoverRequirement(role="lead", label=Label("lead", "组长")),
]


@pytest.fixture
def problem(make):
    return make.problem(
        *(make.person(id, name=id.capitalize()) for id in ("li", "wu")),
        *(make.shift(id, when, "gate", cover=LINES, unit="n") for id, when in
          (("a", "24 09:00-12:00"), ("b", "25 09:00-12:00"), ("c", "26 09:00-12:00"))),
        Position(id="gate", label=Label("gate", "大门")),
        units=UnitTree(Unit(id=id, kind="community", label=label)
                       for id, label in (("n", NORTH), ("s", Label("South", "南区")), ("n2", NORTH))),
    )  # fmt: skip


@pytest.fixture
def told(make, problem):
    """Return a function that returns the lines that each person is told of a change."""

    def of(earlier, later, *disruptions, language="en"):
        after = disrupted(problem, disruptions)
        notices = change_notices(problem, make.roster(earlier), after, make.roster(later))
        return {notice.volunteer: [change.text(language) for change in notice.changes] for notice in notices}

    return of


A, B = "gate, Tue 24 Mar 2026 09:00–12:00, North", "gate, Wed 25 Mar 2026 09:00–12:00, North"


class TestWhatPeopleAreTold:
    def test_of_a_duty_that_comes(self, told):
        assert told("", "li:a") == {"li": [f"new: helper on {A}"]}

    def test_of_a_duty_that_goes(self, told):
        assert told("li:a", "") == {"li": [f"no longer: helper on {A}"]}

    def test_of_a_shift_that_is_cancelled(self, told):
        assert told("li:a", "", CancelledShift(shift="a")) == {"li": [f"cancelled: {A}"]}

    def test_of_another_role(self, told):
        assert told("li:a", "li:a/lead") == {"li": [f"{A}: lead instead of helper"]}

    def test_of_another_time(self, told, make, problem):
        moved = attrs.evolve(problem.shift("a"), span=make.span("24 10:00-13:00"))
        now = "gate, Tue 24 Mar 2026 10:00–13:00, North"
        assert told("li:a", "li:a", ChangedShift(shift=moved)) == {"li": [f"changed: {now} instead of {A}"]}

    def test_of_another_place_and_role_at_once(self, told, problem):
        moved = attrs.evolve(problem.shift("a"), unit="s")
        now = A.replace("North", "South")
        lines = [f"changed: {now} instead of {A}", f"{now}: lead instead of helper"]
        assert told("li:a", "li:a/lead", ChangedShift(shift=moved)) == {"li": lines}

    def test_in_chinese(self, told):
        assert told("li:a", "li:b/lead", CancelledShift(shift="a"), language="zh") == {
            "li": [
                "取消：大门，2026年3月24日周二 09:00–12:00，北区",
                "新增：组长，大门，2026年3月25日周三 09:00–12:00，北区",
            ]
        }

    def test_is_nothing_where_only_the_others_change(self, told):
        assert told("li:a wu:a", "li:a") == {"wu": [f"no longer: helper on {A}"]}

    def test_is_nothing_where_a_shift_needs_more_people(self, told, problem):
        more = attrs.evolve(problem.shift("a"), cover=[attrs.evolve(LINES[0], desired=3)])
        assert told("li:a", "li:a", ChangedShift(shift=more)) == {}

    def test_of_a_place_that_is_called_the_same(self, told, problem):
        twin = attrs.evolve(problem.shift("a"), unit="n2")
        now = f"changed: {A} instead of {A}"
        assert told("li:a", "li:a", ChangedShift(shift=twin)) == {"li": [now]}

    def test_is_nothing_where_a_time_is_only_told_in_another_zone(self, told, problem):
        zone = ZoneInfo("Europe/Berlin")
        span = TimeSpan(*(end.astimezone(zone) for end in (problem.shift("a").span.start, problem.shift("a").span.end)))
        assert told("li:a", "li:a", ChangedShift(shift=attrs.evolve(problem.shift("a"), span=span))) == {}

    def test_comes_in_order_of_time(self, told):
        assert [line.split(":")[0] for line in told("li:a li:c", "li:b")["li"]] == ["no longer", "new", "no longer"]

    def test_is_in_one_order_at_one_time(self, told, make, problem):
        same = attrs.evolve(problem.shift("b"), span=problem.shift("a").span, unit="s")
        lines = [f"new: helper on {A.replace('North', 'South')}", f"no longer: helper on {A}"]
        assert told("li:a", "li:b", ChangedShift(shift=same)) == {"li": lines}


class TestWhoIsTold:
    def test_by_name_and_then_by_id(self, make, problem):
        people = make.person("z", name="An"), make.person("y", name="Xu"), make.person("x", name="Xu")
        after = disrupted(problem, [Joined(volunteer=person) for person in people])
        notices = change_notices(problem, make.roster(""), after, make.roster("z:a y:a x:a"))
        assert [notice.volunteer for notice in notices] == ["z", "x", "y"]

    def test_somebody_who_is_no_longer_known(self, make, problem):
        after = attrs.evolve(problem, volunteers=problem.volunteers[1:])
        [notice] = change_notices(problem, make.roster("li:a"), after, make.roster(""))
        assert (notice.volunteer, notice.name) == ("li", Label("Li"))

    @pytest.mark.parametrize(("earlier", "later"), [("xu:a", ""), ("", "li:x"), ("li:a/x", "")])
    def test_only_people_and_shifts_that_are_known(self, make, problem, earlier, later):
        with pytest.raises(InputError):
            change_notices(problem, make.roster(earlier), problem, make.roster(later))

    def test_needs_problems_and_rosters(self, make, problem):
        with pytest.raises(InputError):
            change_notices(None, make.roster(""), problem, make.roster(""))
        with pytest.raises(InputError):
            change_notices(problem, make.roster(""), problem, None)


class TestNotice:
    notice = ChangeNotice(volunteer="li", name=Label("Li", "李"), changes=(Label("new", "新"), Label("gone")))

    def test_reads_as_a_heading_and_lines(self):
        assert str(self.notice) == self.notice.text() == "Changes for Li\n- new\n- gone"
        assert self.notice.text("zh") == "李的变动\n- 新\n- gone"

    @pytest.mark.parametrize("notices", [None, 1, "x", [1], ("x",)])
    def test_needs_notices_for_a_table(self, notices):
        with pytest.raises(InputError, match="notices"):
            notices_table(notices)

    def test_shows_as_a_table(self):
        table = notices_table((self.notice,), "zh")
        assert (table.title, table.columns) == ("变动通知", ("志愿者", "变动"))
        assert table.rows == (("李", "新"), ("李", "gone"))
        assert notices_table((self.notice,)).columns == ("volunteer", "change")


class TestWhoeverHasOtherDutiesIsTold:
    """A person is told of a change if, and only if, their duties are others."""

    @given(st.data())
    def test_between_any_two_rosters(self, data):
        problem = data.draw(roster_problems())
        a, b = data.draw(rosters(problem)), data.draw(rosters(problem))
        notices = change_notices(problem, a, problem, b)
        others = {each.volunteer for each in {*a} ^ {*b}}
        assert {notice.volunteer for notice in notices} == others
        for notice in notices:
            changed = {each.shift for each in {*a.of_volunteer(notice.volunteer)} ^ {*b.of_volunteer(notice.volunteer)}}
            assert len(notice.changes) == len(changed)
