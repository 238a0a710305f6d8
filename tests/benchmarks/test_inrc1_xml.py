import csv
import json
from datetime import date, time

import attrs
import inrc1
import pytest
from _inrc1 import WEEKENDS, Contract, Instance, Nurse, Pattern, ShiftType
from _inrc1_xml import parse, read
from _outside import run

TEXT = """\
<?xml version="1.0" encoding="utf-8"?>
<SchedulingPeriod ID="small">
  <StartDate>2010-01-01</StartDate>
  <EndDate>2010-01-08</EndDate>
  <Skills><Skill>Nurse</Skill><Skill>Head</Skill></Skills>
  <ShiftTypes>
    <Shift ID="E">
      <StartTime>06:30:00</StartTime><EndTime>14:30:00</EndTime><Description>Early</Description>
      <Skills><Skill>Nurse</Skill></Skills>
    </Shift>
    <Shift ID="N"><StartTime>22:30:00</StartTime><EndTime>06:30:00</EndTime></Shift>
  </ShiftTypes>
  <Patterns>
    <Pattern ID="0" weight="3">
      <PatternEntries>
        <PatternEntry index="1"><ShiftType>E</ShiftType><Day>Any</Day></PatternEntry>
        <PatternEntry index="0"><ShiftType>N</ShiftType><Day>Any</Day></PatternEntry>
      </PatternEntries>
    </Pattern>
    <Pattern ID="1" weight="1">
      <PatternEntries>
        <PatternEntry index="0"><ShiftType>None</ShiftType><Day>Friday</Day></PatternEntry>
        <PatternEntry index="1"><ShiftType>Any</ShiftType><Day>Saturday</Day></PatternEntry>
      </PatternEntries>
    </Pattern>
  </Patterns>
  <Contracts>
    <Contract ID="0">
      <Description>full time</Description>
      <SingleAssignmentPerDay weight="1">true</SingleAssignmentPerDay>
      <MaxNumAssignments on="1" weight="2">4</MaxNumAssignments>
      <MinNumAssignments on="0" weight="1">3</MinNumAssignments>
      <MaxConsecutiveFreeDays on="1" weight="0">5</MaxConsecutiveFreeDays>
      <WeekendDefinition>FridaySaturdaySunday</WeekendDefinition>
      <CompleteWeekends weight="5">true</CompleteWeekends>
      <IdenticalShiftTypesDuringWeekend weight="5">false</IdenticalShiftTypesDuringWeekend>
      <UnwantedPatterns><Pattern>1</Pattern><Pattern>0</Pattern></UnwantedPatterns>
    </Contract>
    <Contract ID="1"><UnwantedPatterns/></Contract>
  </Contracts>
  <Employees>
    <Employee ID="7"><ContractID>0</ContractID><Skills><Skill>Nurse</Skill><Skill>Head</Skill></Skills></Employee>
    <Employee ID="3"><ContractID>1</ContractID></Employee>
  </Employees>
  <CoverRequirements>
    <DateSpecificCover>
      <Date>2010-01-08</Date><Cover><Shift>E</Shift><Preferred>0</Preferred></Cover>
    </DateSpecificCover>
    <DayOfWeekCover>
      <Day>Friday</Day>
      <Cover><Shift>E</Shift><Preferred>1</Preferred></Cover><Cover><Shift>N</Shift><Preferred>2</Preferred></Cover>
    </DayOfWeekCover>
  </CoverRequirements>
  <DayOffRequests>
    <DayOff weight="0"><EmployeeID>7</EmployeeID><Date>2010-01-02</Date></DayOff>
    <DayOff weight="4"><EmployeeID>7</EmployeeID><Date>2010-01-02</Date></DayOff>
    <DayOff weight="1"><EmployeeID>7</EmployeeID><Date>2010-01-02</Date></DayOff>
    <DayOff weight="1"><EmployeeID>7</EmployeeID><Date>2010-02-01</Date></DayOff>
  </DayOffRequests>
  <ShiftOnRequests>
    <ShiftOn weight="1"><ShiftTypeID>N</ShiftTypeID><EmployeeID>3</EmployeeID><Date>2010-01-08</Date></ShiftOn>
  </ShiftOnRequests>
</SchedulingPeriod>
"""
INSTANCE = Instance(
    first_day=date(2010, 1, 1),
    days=8,
    types={
        "E": ShiftType(id="E", start=time(6, 30), end=time(14, 30), skills=frozenset({"Nurse"})),
        "N": ShiftType(id="N", start=time(22, 30), end=time(6, 30)),
    },
    contracts={
        "0": Contract(
            id="0",
            weights={"MaxNumAssignments": 2, "CompleteWeekends": 5},
            limits={"MaxNumAssignments": 4},
            weekend=(4, 5, 6),
            patterns=(Pattern(steps=("None", "Any"), weekday=4), Pattern(steps=("N", "E"), weight=3)),
        ),
        "1": Contract(id="1"),
    },
    nurses=(
        Nurse(id="7", contract="0", skills=frozenset({"Nurse", "Head"})),
        Nurse(id="3", contract="1"),
    ),
    cover={(0, "E"): 1, (0, "N"): 2, (7, "N"): 2},
    requests={("DayOff", "7", 1, ""): 4, ("ShiftOn", "3", 7, "N"): 1},
)


class TestReading:
    def test_reads_every_section(self):
        assert parse(TEXT) == INSTANCE

    def test_reads_a_file(self, tmp_path):
        path = tmp_path / "small.xml"
        path.write_text(TEXT, encoding="utf-8-sig")
        assert read(path) == INSTANCE

    @pytest.mark.parametrize(
        ("right", "wrong", "message"),
        [
            ("</SchedulingPeriod>", "", "is not XML: no element found"),
            ('<?xml version="1.0" encoding="utf-8"?>', "a", "is not XML: syntax error"),
            ("SchedulingPeriod", "Roster", "is no instance of INRC-I: it is a <Roster>"),
            ("2010-01-08", "2009-12-31", "ends on 2009-12-31, before it begins, on 2010-01-01"),
            ("2010-01-08", "soon", "<EndDate> must be a date like 2010-01-31, not 'soon'"),
            ("<StartDate>2010-01-01</StartDate>", "", "a <SchedulingPeriod> has no <StartDate>"),
            ("22:30:00", "25:00", "<StartTime> must be a time like 22:30:00, not '25:00'"),
            ('<Shift ID="N">', '<Shift ID="E">', "there are two of the shift type 'E'"),
            ('<Shift ID="N">', "<Shift>", "a <Shift> has no ID"),
            ('<Contract ID="1">', '<Contract ID="0">', "there are two of the contract '0'"),
            ('<Employee ID="3">', '<Employee ID="7">', "there are two of the nurse '7'"),
            ("<ContractID>1<", "<ContractID>2<", "there is no contract '2'"),
            ("<ShiftType>N<", "<ShiftType>D<", "there is no shift type 'D'"),
            ("<Day>Saturday<", "<Day>Sunday<", "the weekdays of pattern '1' do not follow one another"),
            ("<Day>Saturday<", "<Day>Caturday<", "there is no weekday 'Caturday'"),
            ('index="1"', 'index="-1"', "the index of an entry of pattern '0' must be a whole number from 0, not '-1'"),
            ("<Pattern>1<", "<Pattern>2<", "there is no pattern '2'"),
            ('weight="3"', 'weight="heavy"', "the weight of a <Pattern> must be a whole number from 0, not 'heavy'"),
            (">4</Max", ">four</Max", "MaxNumAssignments must be a whole number from 0, not 'four'"),
            ('on="1" weight="2"', 'on="2" weight="2"', "there is no answer '2'"),
            (">true</Complete", ">yes</Complete", "there is no answer 'yes'"),
            ("FridaySaturdaySunday", "Sunday", "there is no weekend 'Sunday'"),
            ("<Shift>N</Shift>", "<Shift>D</Shift>", "there is no shift type 'D'"),
            ("<Preferred>2<", "<Preferred>2.5<", "Preferred must be a whole number from 0, not '2.5'"),
            ("<EmployeeID>3<", "<EmployeeID>4<", "there is no nurse '4'"),
            ("<ShiftTypeID>N</ShiftTypeID>", "", "a <ShiftOn> has no <ShiftTypeID>"),
        ],
    )
    def test_says_what_is_wrong(self, right, wrong, message):
        assert right in TEXT
        text = TEXT.replace(right, wrong) if wrong == "Roster" else TEXT.replace(right, wrong, 1)
        with pytest.raises(ValueError, match="^" + message.replace("?", r"\?")):
            parse(text)

    def test_refuses_a_pattern_of_one_day(self):
        entry = '<PatternEntry index="1"><ShiftType>Any</ShiftType><Day>Saturday</Day></PatternEntry>'
        with pytest.raises(ValueError, match=r"^pattern '1' must have two entries or more$"):
            parse(TEXT.replace(entry, ""))

    @pytest.mark.parametrize(
        ("first_day", "weekend", "found"),
        [
            (date(2010, 1, 1), "SaturdaySunday", [[1, 2], [8, 9]]),
            (date(2010, 1, 1), "FridaySaturdaySunday", [[0, 1, 2], [7, 8, 9]]),
            (date(2010, 1, 1), "FridaySaturdaySundayMonday", [[0, 1, 2, 3], [7, 8, 9]]),
            (date(2010, 1, 3), "SaturdaySundayMonday", [[0, 1], [6, 7, 8]]),
            (date(2010, 1, 4), "SaturdaySundayMonday", [[0], [5, 6, 7]]),
        ],
    )
    def test_finds_weekends_whole_or_cut(self, first_day, weekend, found):
        instance = attrs.evolve(INSTANCE, first_day=first_day, days=10)
        assert instance.weekends(Contract(id="c", weekend=WEEKENDS[weekend])) == found


class TestCommandLine:
    def test_solves_a_file(self, tmp_path, capsys):
        path = tmp_path / "small.xml"
        path.write_text(TEXT.replace("<Preferred>2<", "<Preferred>1<"), encoding="utf-8")
        assert run("INRC-I.", read, inrc1.build, [str(path), "--json", "--out", str(tmp_path)]) == 0
        (found,) = json.loads(capsys.readouterr().out)
        assert {name: found[name] for name in ("instance", "status", "objective", "hard_violations")} == {
            "instance": "small",
            "status": "optimal",
            # The first Friday asks for both nurses: nurse 7 works on a day of the weekend, and lacks two, at 5 each.
            "objective": 10.0,
            "hard_violations": 0,
        }
        with (tmp_path / "small.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert [row[0] for row in rows] in (["E", "N"], ["N", "E"])
        assert [row[7] for row in rows] == ["", "N"]
        assert {cell for row in rows for cell in row[1:7]} == {""}

    def test_says_what_is_wrong_with_a_file(self, tmp_path, capsys):
        path = tmp_path / "small.xml"
        path.write_text("<Instance/>", encoding="utf-8")
        assert run("INRC-I.", read, inrc1.build, [str(path)]) == 2
        assert capsys.readouterr().err.startswith(f"{path}: is no instance of INRC-I: it is a <Instance>")
