import pytest

from civicvol import InputError, Roster, compare, rules


@pytest.fixture
def problem(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00"), make.shift("c", "26 09:00-11:00")]
    people = [make.person("li", name="Li", preferences=["post"]), make.person("wu", name="Wu", preferences=["hall"])]
    hours = rules.MostMinutes(minutes=120)
    return make.problem(*people, *shifts, rules=[rules.MinimumCover(), rules.PositionPreference(), hours])


class TestCompare:
    def test_says_what_each_change_costs(self, problem, make):
        found = compare(problem, make.roster("li:a"), make.roster("wu:a wu:b"))
        assert found.cost == -10_000 + 4
        assert [(each.volunteer, each.shift, each.cost) for each in found.differences] == [
            ("li", None, 0),
            ("wu", None, 4),
            (None, "b", -10_000),
        ]
        assert [(each.rule, each.hard, each.amount, each.cost) for each in found.effects] == [
            ("MinimumCover", False, -1, -10_000),
            ("MostMinutes", True, 120, 0),
            ("PositionPreference", False, 2, 4),
        ]

    def test_reads_in_both_languages(self, problem, make):
        found = compare(problem, make.roster("li:a"), make.roster("wu:a wu:b"))
        english, chinese = found.text().splitlines(), found.text("zh").splitlines()
        assert str(found) == found.text()
        assert english[0] == "Two rosters: 2 assignments more, 1 fewer, penalty -9,996.00"
        assert chinese[0] == "班表比较：新增2，减少1，总代价-9,996.00"
        assert english[1] == "- Li: leaves post, Tue 24 Mar 2026 09:00–11:00"
        assert english[2].endswith("PositionPreference +4.00")
        assert "MostMinutes is broken by 120 more" in english[2]
        assert "MostMinutes多违反120" in chinese[2]
        assert str(found.differences[0]) == english[1][2:]

    def test_mends_what_was_broken(self, problem, make):
        found = compare(problem, make.roster("wu:a wu:b"), make.roster("wu:a"))
        assert "MostMinutes is broken by 120 less" in found.text()

    def test_shows_itself_as_tables(self, problem, make):
        found = compare(problem, make.roster("li:a"), make.roster("wu:a wu:b"))
        assert [row[0] for row in found.by_rule().rows] == ["MinimumCover", "MostMinutes", "PositionPreference"]
        assert found.by_rule("zh").columns[0] == "规则"
        assert len(found.table().rows) == 3
        assert found._repr_html_().count("<table") == 2

    def test_finds_nothing_between_equal_rosters(self, problem, make):
        found = compare(problem, make.roster("li:a"), make.roster("li:a"))
        assert (found.added, found.removed, found.differences, found.effects, found.cost) == ((), (), (), (), 0)
        assert found.text().endswith("the same")

    def test_gives_what_names_nobody_to_everybody(self, problem, make, monkeypatch):
        nameless = rules.MinimumCover.violation
        monkeypatch.setattr(
            rules.MinimumCover, "violation", lambda rule, amount, facts, **_: nameless(rule, amount, facts)
        )
        found = compare(problem, Roster(), make.roster("li:a"))
        assert [each.name.en for each in found.differences] == ["Li", "everybody"]

    @pytest.mark.parametrize("wrong", [None, "roster"])
    def test_refuses_what_is_no_roster(self, problem, wrong):
        with pytest.raises(InputError):
            compare(problem, Roster(), wrong)
        with pytest.raises(InputError):
            compare(problem, wrong, Roster())
