import json
import math
from datetime import date, time, timedelta
from typing import ClassVar

import attrs
import pytest

import civicvol
from civicvol import (
    Assignment,
    Availability,
    Cadence,
    CoverRequirement,
    Free,
    Horizon,
    InputError,
    Label,
    Limit,
    Override,
    PreferredTime,
    Qualification,
    Recurring,
    Request,
    Result,
    Roster,
    RosterProblem,
    Rotation,
    Rule,
    Shift,
    ShiftPattern,
    StaggeredRest,
    Status,
    TimeSpan,
    Travel,
    Volunteer,
    Weekly,
    WorkHours,
)
from civicvol.calendar import Period
from civicvol.io import from_json, to_json
from civicvol.rostering import RULES
from civicvol.rostering.rules import FairShare, MostMinutes, NoMinorsAtNight, ShiftOffRequests


def data_of(value):
    return json.loads(to_json(value))["data"]


def document(kind, data):
    return json.dumps({"civicvol": 1, "kind": kind, "data": data})


def faults_of(text, kind, **more):
    with pytest.raises(InputError) as caught:
        from_json(text, kind, **more)
    return caught.value.faults


def fields_of(text, kind, **more):
    return [fault.field for fault in faults_of(text, kind, **more)]


def has_defaults(kind):
    return all(field.default is not attrs.NOTHING for field in attrs.fields(kind))


class TestWriting:
    @pytest.mark.parametrize(
        ("value", "data"),
        [
            (Volunteer(id="v1"), {"id": "v1"}),
            (Volunteer(id="v1", name="v1"), {"id": "v1"}),
            (Volunteer(id="v1", name="李梅"), {"id": "v1", "name": "李梅"}),
            (Volunteer(id="v1", affiliations={"b", "a"}), {"id": "v1", "affiliations": ["a", "b"]}),
            (Qualification(skill="s", valid_from=date(2026, 3, 1)), {"skill": "s", "valid_from": "2026-03-01"}),
            (Limit(per=Period.DAY, shifts=0), {"per": "day", "shifts": 0}),
            (Volunteer(id="v1", partners={"v3", "v2"}), {"id": "v1", "partners": ["v2", "v3"]}),
            (
                PreferredTime(cadence=Cadence("FREQ=WEEKLY", date(2026, 3, 4)), hours=WorkHours(time(18), time(22))),
                {
                    "cadence": {"rule": "FREQ=WEEKLY", "start": "2026-03-04"},
                    "hours": {"start": "18:00", "end": "22:00"},
                },
            ),
            (
                Request(volunteer="v1", day=date(2026, 3, 4), kind="shift off", position="gate", importance=3),
                {"volunteer": "v1", "day": "2026-03-04", "kind": "shift off", "position": "gate", "importance": 3},
            ),
            (
                Override(volunteer="v1", shift="s1", reason="asked", rules={"Qualified", "Available"}),
                {"volunteer": "v1", "shift": "s1", "reason": "asked", "rules": ["Available", "Qualified"]},
            ),
            (CoverRequirement(importance=2), {"importance": 2}),
            (
                ShiftOffRequests(group="cadre", positions={"b", "a"}),
                {"rule": "ShiftOffRequests", "group": "cadre", "positions": ["a", "b"]},
            ),
            (WorkHours(time(9), time(18, 30)), {"start": "09:00", "end": "18:30"}),
            (Travel(within={"grid": 5}, elsewhere=9), {"within": [["grid", 5]], "elsewhere": 9}),
            (Weekly(days={"MO"}), {"pattern": "Weekly", "days": ["MO"]}),
            (Availability(pattern=Weekly()), {"pattern": {"pattern": "Weekly"}}),
            (FairShare(weight=2.5), {"rule": "FairShare", "weight": 2.5}),
            (NoMinorsAtNight(night_start=time(21)), {"rule": "NoMinorsAtNight", "night_start": "21:00"}),
            (Label("gate", "大门"), {"en": "gate", "zh": "大门"}),
        ],
    )
    def test_gives_plain_data_without_defaults(self, value, data):
        assert data_of(value) == data

    def test_gives_moments_with_offset_and_zone(self):
        night = TimeSpan.on(date(2026, 3, 28), time(22), time(6), "Europe/Berlin")
        assert data_of(night) == {
            "start": "2026-03-28T22:00:00+01:00[Europe/Berlin]",
            "end": "2026-03-29T06:00:00+02:00[Europe/Berlin]",
        }

    def test_is_the_same_every_time(self):
        twins = (Volunteer(id="v", serves=list(names)) for names in ("abcdef", "fedcba"))
        assert len({to_json(twin) for twin in twins}) == 1

    def test_leaves_chinese_readable(self):
        assert "李梅" in to_json(Volunteer(id="v1", name="李梅"))

    def test_is_indented_or_compact(self):
        assert to_json(Free()).splitlines()[1] == '  "civicvol": 1,'
        assert to_json(Free(), compact=True) == '{"civicvol":1,"kind":"Free","data":{"pattern":"Free"}}'

    @pytest.mark.parametrize("value", [None, 3, "problem", {"id": "v1"}, [Free()], Volunteer])
    def test_refuses_what_is_no_value_of_the_library(self, value):
        with pytest.raises(InputError, match="value must be a value of this library"):
            to_json(value)

    @pytest.mark.parametrize("number", [math.nan, math.inf])
    def test_refuses_numbers_that_json_has_not(self, number):
        with pytest.raises(InputError, match="Result cannot be written"):
            to_json(Result(status=Status.UNKNOWN, bound=number))

    def test_refuses_a_pattern_that_nothing_could_read(self):
        @attrs.frozen(kw_only=True)
        class Tides(Weekly):
            pass

        with pytest.raises(InputError, match="Tides is no pattern of this library"):
            to_json(Volunteer(id="v1", availability=Availability(pattern=Tides())))

    def test_refuses_a_wish_for_compactness_that_is_none(self):
        with pytest.raises(InputError, match="compact must be True or False"):
            to_json(Free(), compact=1)


class TestRoundTrip:
    def test_keeps_a_problem_its_result_and_its_roster(self, problem, result):
        assert from_json(to_json(problem), RosterProblem) == problem
        assert from_json(to_json(result), Result) == result
        assert from_json(to_json(result.roster, compact=True), Roster) == result.roster

    def test_keeps_a_result_without_a_roster(self, problem):
        impossible = attrs.evolve(problem, pinned=[Assignment(volunteer="wang", shift="gate-1", role="sampler")])
        result = civicvol.solve(impossible)
        assert result.conflict
        assert from_json(to_json(result), Result) == result

    @pytest.mark.parametrize("fold", [0, 1])
    def test_keeps_the_hour_that_comes_twice(self, fold):
        first = TimeSpan.on(date(2026, 10, 25), time(2, 30), time(4), "Europe/Berlin")
        span = TimeSpan(first.start.replace(fold=fold), first.end)
        again = from_json(to_json(span), TimeSpan)
        assert (again, again.start.fold, again.minutes) == (span, fold, 150 - 60 * fold)

    @pytest.mark.parametrize(
        "pattern",
        [
            Free(extra_days=[date(2026, 3, 1)], hours=[WorkHours(time(9), time(9))]),
            Weekly(days={"SA", "SU"}, commute=45, days_off=[date(2026, 3, 7)]),
            Rotation(on=2, off=3, anchor=date(2026, 3, 1)),
            StaggeredRest(rest_days=[{"MO", "TU"}, set()], anchor=date(2026, 3, 1)),
            Recurring(cadence=Cadence("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 1), except_days=[date(2026, 1, 30)])),
        ],
    )
    def test_keeps_patterns_of_every_class(self, pattern):
        assert from_json(to_json(pattern), ShiftPattern) == from_json(to_json(pattern), type(pattern)) == pattern

    @pytest.mark.parametrize("rule", [MostMinutes(minutes=9), *(kind() for kind in RULES if has_defaults(kind))])
    def test_keeps_every_rule(self, rule):
        assert from_json(to_json(rule), Rule) == rule

    def test_takes_bytes_and_a_byte_order_mark(self):
        text = to_json(Volunteer(id="v1", name="李梅"))
        assert (
            from_json(text.encode(), Volunteer)
            == from_json("\ufeff" + text, Volunteer)
            == Volunteer(id="v1", name="李梅")
        )


class TestReadingValues:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"id": 3}, "data.id must be text, not 3"),
            ({"id": ""}, "data.id must be a text that is not empty, not ''"),
            ({"id": "v", "name": None}, "data.name of 'v' must be text, not None"),
            (
                {"id": "v", "guardian_consent": "false"},
                "data.guardian_consent of 'v' must be true or false, not 'false'",
            ),
            ({"id": "v", "guardian_consent": 1}, "data.guardian_consent of 'v' must be true or false, not 1"),
            ({"id": "v", "serves": "abc"}, "data.serves of 'v' must be a list, not 'abc'"),
            ({"id": "v", "serves": {"a": 1}}, "data.serves of 'v' must be a list, not {'a': 1}"),
            ({"id": "v", "serves": ["a", ["b"]]}, "data.serves[1] of 'v' must be text, not ['b']"),
            (
                {"id": "v", "birth_date": "20260301"},
                "data.birth_date of 'v' must be a date like 2026-03-01, not '20260301'",
            ),
            (
                {"id": "v", "birth_date": "2026-02-30"},
                "data.birth_date of 'v' must be a date like 2026-03-01, not '2026-02-30'",
            ),
            ({"id": "v", "birth_date": 2026}, "data.birth_date of 'v' must be a date like 2026-03-01, not 2026"),
            (
                {"id": "v", "limits": [{"per": "year", "shifts": 1}]},
                "data.limits[0].per of 'v' must be one of day, week, month, horizon, not 'year'",
            ),
            (
                {"id": "v", "limits": [{"per": ["day"], "shifts": 1}]},
                "data.limits[0].per of 'v' must be one of day, week, month, horizon, not ['day']",
            ),
            (
                {"id": "v", "limits": [{"per": "day", "shifts": True}]},
                "data.limits[0].shifts of 'v' must be a whole number, not True",
            ),
            (
                {"id": "v", "limits": [{"per": "day", "shifts": 1.0}]},
                "data.limits[0].shifts of 'v' must be a whole number, not 1.0",
            ),
            ({"id": "v", "limits": [{"shifts": 1}]}, "data.limits[0].per of 'v' is missing"),
            (
                {"id": "v", "limits": [{"per": "day"}]},
                "data.limits[0].minutes of 'v' or shifts must be given, not None",
            ),
            ({"id": "v", "qualifications": [3]}, "data.qualifications[0] of 'v' must be an object, not 3"),
            ({"id": "v", "availability": {"pattern": {}}}, "data.availability.pattern.pattern of 'v' is missing"),
            (
                {"id": "v", "availability": {"pattern": []}},
                "data.availability.pattern of 'v' must be an object, not []",
            ),
        ],
    )
    def test_says_what_is_wrong_and_where(self, data, message):
        (fault,) = faults_of(document("Volunteer", data), Volunteer)
        assert str(fault) == message

    def test_says_which_keys_there_are(self):
        (fault,) = faults_of(document("Limit", {"per": "day", "shifts": 1, "hours": 2}), Limit)
        assert str(fault) == "data.hours is unknown; a Limit has per, minutes, shifts, not 2"

    @pytest.mark.parametrize(
        ("moment", "message"),
        [
            ("2026-03-01T18:00:00", "must be a moment like"),
            ("2026-03-01T18:00:00+08:00", "must be a moment like"),
            ("2026-03-01T18:00:00Z[UTC]", "must be a moment like"),
            ("2026-03-01 18:00:00+08:00[Asia/Shanghai]", "must be a moment like"),
            (1772000000, "must be a moment like"),
            ("2026-03-01T24:01:00+08:00[Asia/Shanghai]", "must be a moment that exists"),
            ("2026-02-30T18:00:00+08:00[Asia/Shanghai]", "must be a moment that exists"),
            ("0001-01-01T00:00:00+08:00[UTC]", "must be a moment that exists"),
            ("2026-03-01T18:00:00+08:00[Asia/Nowhere]", "must have the name of a time zone"),
            (
                "2026-03-01T18:00:00+09:00[Asia/Shanghai]",
                "offset of its zone, which makes it 2026-03-01T17:00:00+08:00",
            ),
            (
                "2026-03-29T02:30:00+01:00[Europe/Berlin]",
                "offset of its zone, which makes it 2026-03-29T03:30:00+02:00",
            ),
            ("2026-03-01T18:00:01+08:00[Asia/Shanghai]", "must be a whole minute"),
            ("1899-12-31T18:00:00+00:00[UTC]", "must be in the years 1900 to 2999"),
        ],
    )
    def test_takes_a_moment_only_with_a_zone_that_agrees(self, moment, message):
        (fault,) = faults_of(document("TimeSpan", {"start": moment, "end": "2026-03-01T20:00:00+00:00[UTC]"}), TimeSpan)
        assert fault.field == "data.start"
        assert message in fault.message
        assert fault.value == moment

    def test_takes_a_moment_without_its_seconds(self):
        data = {"start": "2026-03-01T18:00+08:00[Asia/Shanghai]", "end": "2026-03-01T20:00+00:00[UTC]"}
        assert from_json(document("TimeSpan", data), TimeSpan).minutes == 600

    @pytest.mark.parametrize("text", ["9:00", "09:00:00", "24:00", "nine", 9, None])
    def test_takes_a_time_of_day_only_as_it_is_written(self, text):
        (fault,) = faults_of(document("WorkHours", {"start": text, "end": "18:00"}), WorkHours)
        assert str(fault) == f"data.start must be a time of day like 18:30, not {text!r}"

    @pytest.mark.parametrize("zone", ["Mars/Base", "", 8, None, "../../etc/passwd"])
    def test_takes_only_zones_that_exist(self, zone):
        data = {"first_day": "2026-03-01", "last_day": "2026-03-02", "zone": zone}
        (fault,) = faults_of(document("Horizon", data), Horizon)
        assert (fault.field, fault.value) == ("data.zone", zone)

    @pytest.mark.parametrize(
        ("within", "fields"),
        [
            ([["grid", "5"]], ["data.within[0][1]"]),
            ([["village", 5.5]], ["data.within[0][0]", "data.within[0][1]"]),
            ([["grid"]], ["data.within[0]"]),
            ([["grid", 5, 6]], ["data.within[0]"]),
            ({"grid": 5}, ["data.within"]),
            (["grid"], ["data.within[0]"]),
            ([["grid", -1]], ["data.within"]),
        ],
    )
    def test_takes_pairs_as_lists_of_two(self, within, fields):
        assert fields_of(document("Travel", {"within": within, "elsewhere": 9}), Travel) == fields

    @pytest.mark.parametrize(
        ("facts", "fields"),
        [
            ([], ["data.facts"]),
            ({"a": None, "b": True, "c": 1, "d": "x", "e": 0.5}, ["data.facts.a", "data.facts.b"]),
            ({"two words": []}, ['data.facts["two words"]']),
        ],
    )
    def test_takes_facts_that_are_texts_and_numbers(self, facts, fields):
        violation = {"rule": "R", "hard": True, "amount": 1, "penalty": 0.0, "message": {"en": "m"}, "facts": facts}
        assert fields_of(document("Violation", violation), civicvol.Violation) == fields

    def test_takes_a_whole_number_where_any_will_do(self):
        assert from_json(document("FairShare", {"rule": "FairShare", "weight": 3}), FairShare).weight == 3

    @pytest.mark.parametrize("weight", ["3", True, None, "1e999"])
    def test_takes_no_other_weight_of_a_rule_that_needs_one(self, weight):
        text = document("FairShare", {"rule": "FairShare", "weight": weight}).replace('"1e999"', "1e999")
        assert fields_of(text, FairShare) == ["data.weight"]


class TestReadingEverything:
    def test_lists_what_is_wrong_in_all_places_at_once(self, problem):
        broken = json.loads(to_json(problem))
        data = broken["data"]
        data["volunteers"][0]["birth_date"] = "tomorrow"
        data["volunteers"][0]["name"] = "x" * 10_001
        data["volunteers"][1]["id"] = 7
        del data["shifts"][0]["position"]
        data["shifts"][0]["cover"][1]["minimum"] = 5.7
        data["shifts"][1]["span"]["end"] = data["shifts"][1]["span"]["start"]
        data["units"]["units"][1]["parent"] = "grid-2"
        data["rules"][3]["rule"] = "Nobody"
        data["pinned"][0] = None
        data["extra"] = []
        found = [(fault.field, fault.id) for fault in faults_of(json.dumps(broken), RosterProblem)]
        assert found == [
            ("data.volunteers[0].birth_date", "li"),
            ("data.volunteers[0].name", "li"),
            ("data.volunteers[1].id", None),
            ("data.shifts[0].position", "gate-1"),
            ("data.shifts[0].cover[1].minimum", "gate-1"),
            ("data.shifts[1].span.end", "watch-1"),
            ("Unit.parent", "grid-2"),
            ("data.rules[3].rule", None),
            ("data.pinned[0]", None),
            ("data.extra", None),
        ]

    def test_looks_at_fields_that_only_the_class_would_refuse(self):
        text = document("Volunteer", {"id": " ", "name": 3, "preferences": ["gate", "gate"], "hobby": "chess"})
        assert fields_of(text, Volunteer) == ["data.name", "data.id", "data.preferences", "data.hobby"]

    def test_looks_at_them_also_when_only_a_key_is_unknown(self):
        assert fields_of(document("Volunteer", {"id": " ", "hobby": 1}), Volunteer) == ["data.id", "data.hobby"]

    def test_looks_at_each_pattern_by_its_own_class(self):
        pattern = {"pattern": "Rotation", "on": 0, "commute": "far", "days": ["MO"]}
        text = document("Rotation", pattern)
        assert fields_of(text, ShiftPattern) == ["data.commute", "data.anchor", "data.on", "data.days"]

    def test_checks_what_values_say_of_each_other_once_each_is_right(self, problem):
        broken = json.loads(to_json(problem))
        broken["data"]["pinned"][0]["volunteer"] = "ghost"
        broken["data"]["shifts"][1]["position"] = "moon"
        found = [(fault.field, fault.id, fault.value) for fault in faults_of(json.dumps(broken), RosterProblem)]
        assert found == [("Shift.position", "watch-1", "moon"), ("pinned.volunteer", "watch-1", "ghost")]

    def test_loads_nothing_where_anything_is_wrong(self, problem):
        with pytest.raises(InputError):
            from_json(to_json(problem).replace('"2026-12-31"', '"2026-12-32"'), RosterProblem)


class TestDocuments:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "document must be JSON"),
            ("nonsense", "document must be JSON"),
            ('{"civicvol": 1', "document must be JSON"),
            ('{"civicvol": NaN}', "it has the number NaN"),
            ('{"civicvol": -Infinity}', "it has the number -Infinity"),
            ("1" * 5000, "document must be JSON"),
            (b"\xff\xfe{}", "document must be UTF-8"),
            ("[" * 100_000, "nested more than 64 deep"),
            ("[" * 70 + "]" * 70, "nested more than 64 deep"),
            ('{"a":' * 65 + "1" + "}" * 65, "nested more than 64 deep"),
            ("[" * 64 + "]" * 64, "must be an object with civicvol, kind, data"),
            ("[]", "must be an object with civicvol, kind, data"),
            ("null", "must be an object with civicvol, kind, data"),
            ("1e999", "must be an object with civicvol, kind, data"),
        ],
    )
    def test_must_be_json_objects(self, text, message):
        (fault,) = faults_of(text, Roster)
        assert message in str(fault)
        assert fault.field == "document"

    @pytest.mark.parametrize(
        ("around", "faults"),
        [
            ({"civicvol": 2}, ["civicvol must be 1, the version that is read here, not 2"]),
            ({"civicvol": True}, ["civicvol must be 1, the version that is read here, not True"]),
            ({"civicvol": "1"}, ["civicvol must be 1, the version that is read here, not '1'"]),
            ({"kind": "Shift"}, ["kind must be Volunteer, not 'Shift'"]),
            ({"kind": ["Volunteer"]}, ["kind must be Volunteer, not ['Volunteer']"]),
            (
                {"kind": None, "by": "me", "at": 3},
                [
                    "at is unknown; a document has civicvol, kind, data, not 3",
                    "by is unknown; a document has civicvol, kind, data, not 'me'",
                    "kind must be Volunteer, not None",
                ],
            ),
        ],
    )
    def test_must_say_what_they_are(self, around, faults):
        text = json.dumps({"civicvol": 1, "kind": "Volunteer", "data": {"id": "v1"}, **around})
        assert [str(fault) for fault in faults_of(text, Volunteer)] == faults

    def test_must_be_complete(self):
        assert [str(fault) for fault in faults_of("{}", Roster)] == [
            "civicvol is missing",
            "kind is missing",
            "data is missing",
        ]

    def test_name_even_an_empty_key(self):
        text = '{"": 1, "civicvol": 1, "kind": "Roster", "data": {"": 2, "a.b": 3}}'
        assert fields_of(text, Roster) == ['[""]']
        assert fields_of(text.replace('"": 1, ', ""), Roster) == ['data[""]', 'data["a.b"]']

    def test_must_have_an_object_as_data(self):
        assert [str(fault) for fault in faults_of(document("Roster", [1]), Roster)] == [
            "data must be an object, not [1]"
        ]

    def test_must_not_give_a_key_twice(self):
        text = '{"civicvol": 1, "kind": "Volunteer", "kind": "Volunteer", "data": {"id": "a", "id": "b", "name": 3}}'
        assert [(fault.field, fault.message, fault.value) for fault in faults_of(text, Volunteer)] == [
            ("kind", "must be given once", "Volunteer"),
            ("data.id", "must be given once", "b"),
            ("data.name", "must be text", 3),
        ]

    def test_must_not_give_a_key_twice_even_where_all_else_is_right(self):
        text = '{"civicvol": 1, "kind": "Volunteer", "data": {"id": "a", "id": "a"}}'
        assert fields_of(text, Volunteer) == ["data.id"]

    def test_must_not_give_a_key_twice_in_what_is_overwritten(self):
        text = '{"civicvol": 1, "kind": "Volunteer", "data": {"x": 1, "x": 1}, "data": {"id": "a"}}'
        assert fields_of(text, Volunteer) == ["data"]

    def test_must_name_the_class_that_their_data_has(self):
        assert fields_of(document("Weekly", {"pattern": "Free"}), ShiftPattern) == ["data.pattern"]
        assert fields_of(document("Free", {"pattern": "Free"}), Weekly) == ["kind"]


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "fields"),
        [
            ({"text": None}, ["text"]),
            ({"text": {"civicvol": 1}}, ["text"]),
            ({"kind": dict}, ["kind"]),
            ({"kind": "Roster"}, ["kind"]),
            ({"kind": Roster()}, ["kind"]),
            ({"rules": [Roster]}, ["rules"]),
            ({"rules": [Rule]}, ["rules"]),
            ({"rules": [FairShare()]}, ["rules"]),
            ({"rules": FairShare}, ["rules"]),
            ({"rules": [FairShare, FairShare]}, ["rules"]),
            ({"text": 1, "kind": int, "rules": 1}, ["text", "kind", "rules"]),
        ],
    )
    def test_are_checked(self, arguments, fields):
        with pytest.raises(InputError) as caught:
            from_json(**{"text": to_json(Roster()), "kind": Roster, **arguments})
        assert [fault.field for fault in caught.value.faults] == fields


@attrs.frozen(kw_only=True)
class QuietHours(Rule):
    """A rule of an app's own."""

    unit: ClassVar = Label("shifts")
    sentence: ClassVar = Label("{volunteer} is up late")
    reason: ClassVar = Label("are asleep")

    after: time = time(22)
    days: tuple[date, ...] = ()

    def __attrs_post_init__(self):
        if self.after == time(0):
            raise ZeroDivisionError("midnight")
        if self.after == time(1):
            raise InputError.of("QuietHours.after.hour", "must be later", value=1)

    def check(self, schedule):
        return iter(())

    def rows(self, columns, program):
        return None


class TestOwnRules:
    def test_are_read_when_they_are_named(self, problem):
        own = attrs.evolve(problem, rules=[*problem.rules, QuietHours(after=time(23), days=(date(2026, 3, 1),))])
        assert from_json(to_json(own), RosterProblem, rules=[QuietHours]) == own

    def test_are_refused_when_they_are_not(self):
        (fault,) = faults_of(to_json(QuietHours()), Rule)
        assert (fault.field, fault.value) == ("kind", "QuietHours")

    def test_take_the_place_of_a_rule_of_the_same_name(self):
        namesake = attrs.make_class("FairShare", [], bases=(QuietHours,), frozen=True, kw_only=True)
        assert type(from_json(to_json(namesake()), Rule, rules=[namesake])) is namesake

    def test_cannot_bring_the_reading_down(self):
        text = to_json(QuietHours()).replace('"rule": "QuietHours"', '"rule": "QuietHours", "after": "00:00"')
        (fault,) = faults_of(text, Rule, rules=[QuietHours])
        assert (fault.field, fault.message) == ("data", "cannot be used: midnight")

    def test_may_refuse_a_part_of_a_field(self):
        text = document("QuietHours", {"rule": "QuietHours", "after": "01:00"})
        (fault,) = faults_of(text, Rule, rules=[QuietHours])
        assert (fault.field, fault.message, fault.value) == ("data.after.hour", "must be later", 1)

    def test_cannot_have_fields_that_json_cannot_hold(self):
        @attrs.frozen(kw_only=True)
        class Slow(QuietHours):
            pause: timedelta = timedelta(1)

        with pytest.raises(InputError, match="Slow cannot be written as JSON"):
            to_json(Slow(pause=timedelta(2)))
        text = document("Slow", {"rule": "Slow", "pause": 3})
        assert all(fault.field.startswith("data") for fault in faults_of(text, Rule, rules=[Slow]))


def test_shifts_by_themselves_travel_too(problem):
    for shift in problem.shifts:
        assert from_json(to_json(shift), Shift) == shift
