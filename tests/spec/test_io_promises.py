import csv
import json
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import StringIO
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    InputError,
    Position,
    Qualification,
    Result,
    Roster,
    RosterProblem,
    Shift,
    ShiftPattern,
    Status,
    TimeSpan,
    Volunteer,
    check,
)
from civicvol.io import from_json, roster_to_csv, roster_to_html, shifts_from_csv, to_json, volunteers_from_csv
from civicvol.rostering import RULES, Rule
from civicvol.testing import example_rules, patterns, roster_problems, rosters

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(
        [10**30, 5.7, -0.0, 1e300, "", " ", "true", "2026-03-01", "09:00", "UTC", "v0", "s0", "\0", "采样"]
    )
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "pattern", "x"]), inner, max_size=2)
    ),
    max_leaves=3,
)


class TestJsonKeepsEverything:
    """A problem, a roster, a result or any value within them comes back from JSON exactly as it was."""

    @given(st.data())
    def test_of_problems_rosters_and_results(self, data):
        problem = data.draw(roster_problems())
        roster = data.draw(rosters(problem))
        report = check(problem, roster)
        result = Result(
            status=Status.FEASIBLE,
            roster=roster,
            objective=report.penalty,
            bound=data.draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
            report=report,
            conflict=report.hard,
            statistics={"engine": "highs", "rows": 3, "seconds": data.draw(st.floats(0, 1e9))},
        )
        compact = data.draw(st.booleans())
        assert from_json(to_json(problem, compact=compact), RosterProblem) == problem
        assert from_json(to_json(roster, compact=compact).encode(), Roster) == roster
        assert from_json(to_json(result, compact=compact), Result) == result

    @given(st.one_of([example_rules(rule) for rule in RULES]))
    def test_of_rules_with_any_parameters(self, rule):
        again = from_json(to_json(rule), Rule)
        assert (again, type(again)) == (rule, type(rule))

    @given(patterns())
    def test_of_working_patterns(self, pattern):
        assert from_json(to_json(pattern), ShiftPattern) == pattern

    @given(
        st.datetimes(datetime(1975, 1, 1), datetime(2990, 1, 1)),
        st.integers(1, 3000),
        st.sampled_from(ZONES),
        st.sampled_from(ZONES),
    )
    @example(datetime(2026, 10, 25, 0, 30), 60, "Europe/Berlin", "Europe/Berlin")
    def test_of_moments_in_every_zone_also_the_hour_that_comes_twice(self, instant, minutes, first, last):
        start = instant.replace(second=0, microsecond=0, tzinfo=UTC)
        end = start + timedelta(minutes=minutes)
        span = TimeSpan(start.astimezone(ZoneInfo(first)), end.astimezone(ZoneInfo(last)))
        again = from_json(to_json(span), TimeSpan)
        assert again == span
        for moment, before in ((again.start, span.start), (again.end, span.end)):
            assert (moment.replace(tzinfo=None), moment.fold, str(moment.tzinfo)) == (
                before.replace(tzinfo=None),
                before.fold,
                str(before.tzinfo),
            )

    @given(st.text(), st.text())
    def test_of_any_name(self, name, other):
        volunteer = Volunteer(
            id="v", name=name, affiliations=[] if not other.strip().isprintable() else [f"x{other.strip()}"]
        )
        assert from_json(to_json(volunteer), Volunteer) == volunteer


def paths(value, path=()):
    """Yield every place in a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from paths(value[key], (*path, key))


@st.composite
def damaged(draw, value):
    """Draw a copy of a JSON value with a few places changed, taken away, renamed or doubled."""
    copy = json.loads(json.dumps(value))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in paths(copy) if path]))
        inside = copy
        for key in path[:-1]:
            inside = inside[key]
        change = draw(st.sampled_from(["change", "remove", "rename", "double"]))
        if change == "change" or (change != "remove" and isinstance(inside, list)):
            inside[path[-1]] = draw(json_values)
        elif change == "double":
            inside["x"] = inside[path[-1]]
        else:
            member = inside.pop(path[-1])
            if change == "rename":
                inside[draw(st.sampled_from(["", "id", "shift", "a b", "pattern", "rule"]))] = member
    return copy


def assert_well_described(error):
    assert error.faults
    assert str(error)
    for fault in error.faults:
        assert fault.field
        assert fault.message


class TestJsonIsReadStrictly:
    """Whatever is done to a document, it is read as what it says, or refused with an InputError that says where."""

    @given(st.data())
    def test_after_any_damage(self, data):
        problem = data.draw(roster_problems(most_volunteers=2, most_shifts=2))
        document = data.draw(damaged(json.loads(to_json(problem))))
        try:
            read = from_json(json.dumps(document), RosterProblem)
        except InputError as error:
            assert_well_described(error)
        else:
            assert from_json(to_json(read), RosterProblem) == read

    @given(st.data())
    def test_where_a_single_place_has_a_value_of_another_type(self, data):
        problem = data.draw(roster_problems(most_volunteers=2, most_shifts=2))
        document = json.loads(to_json(problem))
        path = data.draw(st.sampled_from([path for path in paths(document) if path[:1] == ("data",)]))
        inside = document
        for key in path[:-1]:
            inside = inside[key]
        before = inside[path[-1]]
        wrong = [value for value in (False, 0.5, "?", [[]], {"?": None}) if type(value) is not type(before)]
        inside[path[-1]] = data.draw(st.sampled_from(wrong[:3] if isinstance(before, list | dict) else wrong[-2:]))
        with pytest.raises(InputError) as caught:
            from_json(json.dumps(document), RosterProblem)
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")
        assert any(fault.field.startswith(place) for fault in caught.value.faults)

    @given(st.text() | st.binary() | json_values.map(json.dumps))
    @example("[" * 50_000)
    @example('{"civicvol": 1, "kind": "Roster", "data": ' + '{"assignments": [' * 400)
    def test_where_it_is_no_document_at_all(self, text):
        with pytest.raises(InputError) as caught:
            from_json(text, Roster)
        assert_well_described(caught.value)


plain_cells = st.sampled_from(
    [
        *(
            "",
            "v1",
            "v1",
            "v2",
            "李梅",
            "2026-03-01",
            "2026-02-30",
            "18:30",
            "25:00",
            "3",
            "-1",
            "1.5",
            "yes",
            "否",
            "a;b;a",
        ),
        *(
            "sampling level 2 until 2026-12-31",
            "采样 2级",
            "x level 9",
            "free",
            "weekly MO-FR",
            "做一休一",
            "rotation 1/1 from 2026-03-01",
        ),
        *(
            "2026-03-05/2026-03-01",
            "2026-03-05 18:00-21:00",
            "2 shifts per day",
            "每周12小时",
            "2026-03-01至2026-03-02",
            "\0",
            '"',
            "x" * 200,
        ),
    ]
)
headings = [
    *(
        "id",
        "编号",
        "name",
        "birth_date",
        "home",
        "serves",
        "skills",
        "pattern",
        "工作制",
        "leave",
        "preferences",
        "partners",
        "goals",
        "limits",
    ),
    *(
        "guardian_consent",
        "position",
        "date",
        "start",
        "end",
        "unit",
        "role",
        "any_of",
        "minimum",
        "desired",
        "maximum",
        "attendance",
        "重要性",
        "nonsense",
    ),
]


@st.composite
def tables(draw):
    """Draw tables of people or shifts, right and wrong."""
    names = draw(st.lists(st.sampled_from(headings), min_size=1, max_size=7, unique=True))
    row = st.lists(plain_cells | st.text(max_size=6), min_size=max(1, len(names) - 1), max_size=len(names))
    lines = [names, *draw(st.lists(row, max_size=4))]
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    if draw(st.booleans()):
        text = StringIO()
        csv.writer(text, delimiter=delimiter).writerows(lines)
        return text.getvalue()
    return "\n".join(delimiter.join(line) for line in lines)


class TestCsvIsReadWhole:
    """A table of people or shifts is read whole, or refused with an InputError that names line, column and cell."""

    @given(st.sampled_from([volunteers_from_csv, shifts_from_csv]), tables() | st.text())
    def test_whatever_stands_in_it(self, read, text):
        try:
            values = read(text, zone="Asia/Shanghai")
        except InputError as error:
            assert_well_described(error)
            cells = [fault for fault in error.faults if fault.field not in {"text", "heading"}]
            assert all("(line " in fault.message for fault in cells)
        else:
            assert len({value.id for value in values}) == len(values)

    @given(
        st.lists(
            st.builds(
                Volunteer,
                id=st.from_regex(r"[a-z0-9,;\" 采]{1,9}", fullmatch=True).map(str.strip).filter(bool),
                name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9).map(str.strip).filter(bool),
                birth_date=st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1)),
                guardian_consent=st.booleans(),
                qualifications=st.lists(
                    st.builds(
                        Qualification,
                        skill=st.sampled_from(["sampling", "first aid", "采样"]),
                        level=st.integers(1, 5),
                        valid_until=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
                    ),
                    max_size=2,
                ),
            ),
            max_size=4,
            unique_by=lambda volunteer: volunteer.id,
        ),
        st.sampled_from([",", ";", "\t"]),
    )
    def test_with_just_what_was_written(self, volunteers, delimiter):
        text = StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(["id", "name", "出生日期", "guardian_consent", "skills"])
        for each in volunteers:
            skills = "; ".join(
                f"{held.skill} level {held.level}" + (f" until {held.valid_until}" if held.valid_until else "")
                for held in each.qualifications
            )
            consent = "yes" if each.guardian_consent else ""
            writer.writerow([each.id, each.name, each.birth_date or "", consent, skills])
        assert volunteers_from_csv(text.getvalue(), zone="Asia/Shanghai") == tuple(volunteers)


class Balanced(HTMLParser):
    """Reads a page and insists that its elements are closed in order, with no script among them."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag not in {"script", "img", "iframe", "a<"}
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


class TestPagesAndTablesAreSafe:
    """Nothing that people, places or posts are called can break a page, or run as a formula in a spreadsheet."""

    @given(
        st.text()
        | st.sampled_from(
            ["<script>alert(1)</script>", "</td>", '"><img src=x onerror=y>', "=1+1", "-2", "a,b\nc", "&lt;"]
        ),
        st.sampled_from(["en", "zh"]),
    )
    def test_whatever_the_name(self, name, language):
        problem = RosterProblem(
            horizon=Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 1), zone="UTC"),
            volunteers=[Volunteer(id="v1", name=name)],
            shifts=[
                Shift(
                    id="s1",
                    position="post",
                    span=TimeSpan(
                        datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("UTC")),
                        datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("UTC")),
                    ),
                    cover=[CoverRequirement(minimum=2)],
                )
            ],
            positions=[Position(id="post", label=name)],
            rules=(),
        )
        roster = Roster([Assignment(volunteer="v1", shift="s1")])
        page = Balanced(roster_to_html(problem, roster, language=language))
        assert "".join(name.split()) in "".join(page.text.split())
        _, line = csv.reader(StringIO(roster_to_csv(problem, roster, language=language), newline=""))
        assert line[7].removeprefix("'") == " ".join((name or "v1").split()).removeprefix("'")
        assert not line[7].startswith(("=", "+", "-", "@"))

    @given(st.data())
    def test_whatever_the_roster(self, data):
        problem = data.draw(roster_problems())
        roster = data.draw(rosters(problem))
        language = data.draw(st.sampled_from(["en", "zh"]))
        Balanced(roster_to_html(problem, roster, language=language))
        table = roster_to_csv(problem, roster, language=language)
        assert len(list(csv.reader(StringIO(table)))) == len(roster) + 1


def test_a_document_stays_readable_as_it_is():
    text = """{"civicvol": 1, "kind": "RosterProblem", "data": {
      "horizon": {"first_day": "2026-03-01", "last_day": "2026-03-02", "zone": "Asia/Shanghai"},
      "volunteers": [{"id": "li", "availability": {"pattern": {"pattern": "Rotation", "anchor": "2026-03-02"}}}],
      "shifts": [{"id": "s", "position": "gate", "span": {
        "start": "2026-03-01T18:00:00+08:00[Asia/Shanghai]", "end": "2026-03-01T21:00:00+08:00[Asia/Shanghai]"}}],
      "positions": [{"id": "gate"}],
      "rules": [{"rule": "MinimumCover"}, {"rule": "MostMinutes", "minutes": 720, "per": "week"}]}}"""
    problem = from_json(text, RosterProblem)
    assert json.loads(to_json(problem)) == json.loads(text.replace(', "per": "week"', ""))
    assert attrs.evolve(problem) == problem
