"""The tables of a service record: who somebody is, their service, and what is said of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from civicvol.labels import Label, Language
from civicvol.service.fact import Appraisal, Commendation, Complaint, Fact, Training
from civicvol.service.person import PersonalDetails
from civicvol.service.quantity import Quantity
from civicvol.service.record_line import ServiceLine
from civicvol.service.record_part import RecordPart
from civicvol.table import Table

_DETAIL, _VALUE = Label("detail", "项目"), Label("as given", "内容")
_PERSON = Label("Basic information", "个人基本信息")
_VOLUNTEER = Label("volunteer", "志愿者")
_DATE = Label("date", "日期")
_SERVICE_COLUMNS = (
    _DATE,
    Label("activity", "活动名称"),
    Label("place", "地点"),
    Label("recipient", "服务对象"),
    Label("content", "服务内容"),
    Label("minutes there", "在场分钟"),
    Label("minutes credited", "计入分钟"),
    Label("known how", "来源"),
    Label("verified", "核实"),
    Label("appraisal", "服务质量评价"),
    Label("leader", "负责人"),
    Label("recorder", "记录人"),
)
_YES, _NO = Label("yes", "是"), Label("no", "否")
_WHAT = Label("what", "内容")
_FACTS: dict[type[Fact], tuple[RecordPart, tuple[tuple[Label, str], ...]]] = {
    Training: (RecordPart.TRAINING, ((Label("minutes", "分钟"), "minutes"), (Label("by", "培训方"), "provider"))),
    Commendation: (RecordPart.COMMENDATION, ((Label("by", "授予方"), "giver"),)),
    Appraisal: (RecordPart.APPRAISAL, ((Label("by", "评价人"), "appraiser"),)),
    Complaint: (RecordPart.COMPLAINTS, ((Label("what came of it", "处理结果"), "outcome"),)),
}


def person_table(person: PersonalDetails, language: Language) -> Table:
    """Return a table of the details of a person that are known."""
    rows: list[tuple[str, Any]] = [(_VOLUNTEER.text(language), person.volunteer)]
    for part in RecordPart:
        values = [getattr(person, field) for field in part.fields if part is not RecordPart.FURTHER]
        value = ", ".join(", ".join(each) if isinstance(each, tuple) else str(each) for each in values if each)
        if value:
            rows.append((part.label.text(language), value))
    rows += [(each.name.text(language), each.value) for each in person.further]
    return _table(_PERSON, (_DETAIL, _VALUE), rows, language)


def service_table(lines: Iterable[ServiceLine], hours: Quantity, language: Language) -> Table:
    """Return a table of services, with what they come to in its note."""
    rows = [
        (
            str(line.day),
            line.activity.name.text(language),
            line.activity.place.text(language),
            line.activity.recipient,
            line.activity.content,
            line.raw_minutes,
            line.minutes,
            line.provenance.label.text(language),
            (_YES if line.verified else _NO).text(language),
            "; ".join(each.text for each in line.appraisals),
            line.leader,
            line.recorder,
        )
        for line in lines
    ]
    return _table(RecordPart.SERVICE.label, _SERVICE_COLUMNS, rows, language, hours.text(language))


def fact_tables(facts: Iterable[Fact], language: Language) -> tuple[Table, ...]:
    """Return a table for every kind of fact that there is."""
    given = tuple(facts)
    tables = []
    for kind, (part, further) in _FACTS.items():
        rows = [
            (str(fact.day), fact.text, *(getattr(fact, name) for _, name in further))
            for fact in given
            if isinstance(fact, kind)
        ]
        if rows:
            tables.append(_table(part.label, (_DATE, _WHAT, *(label for label, _ in further)), rows, language))
    return tuple(tables)


def _table(
    title: Label, columns: Iterable[Label], rows: Sequence[tuple[Any, ...]], language: Language, note: str = ""
) -> Table:
    names = tuple(column.text(language) for column in columns)
    return Table(title=title.text(language), columns=names, rows=rows, note=note)
