"""The parts of a service record, which can be shown one without the other."""

from enum import StrEnum
from typing import Any

from civicvol import _fields
from civicvol.labels import Label


class RecordPart(StrEnum):
    """A part of a service record."""

    NAME = "name"
    SEX = "sex"
    BIRTH = "birth"
    IDENTITY = "identity document"
    NUMBER = "volunteer number"
    SKILLS = "skills"
    CONTACT = "contact"
    FURTHER = "further details"
    SERVICE = "service"
    TRAINING = "training"
    COMMENDATION = "commendation"
    APPRAISAL = "appraisal"
    COMPLAINTS = "complaints"

    @property
    def label(self) -> Label:
        """The part as a person calls it."""
        return _LABELS[self]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a person's details that the part consists of; none for what is not personal details."""
        return _FIELDS.get(self, ())


_LABELS = {
    RecordPart.NAME: Label("name", "姓名"),
    RecordPart.SEX: Label("sex", "性别"),
    RecordPart.BIRTH: Label("date of birth", "出生日期"),
    RecordPart.IDENTITY: Label("identity document", "身份证件"),
    RecordPart.NUMBER: Label("volunteer number", "志愿者编号"),
    RecordPart.SKILLS: Label("skills", "服务技能"),
    RecordPart.CONTACT: Label("contact", "联系方式"),
    RecordPart.FURTHER: Label("further details", "其他信息"),
    RecordPart.SERVICE: Label("service", "志愿服务情况"),
    RecordPart.TRAINING: Label("training", "培训情况"),
    RecordPart.COMMENDATION: Label("commendation", "表彰奖励情况"),
    RecordPart.APPRAISAL: Label("appraisal", "评价情况"),
    RecordPart.COMPLAINTS: Label("complaints", "被投诉情况"),
}

_FIELDS = {
    RecordPart.NAME: ("name",),
    RecordPart.SEX: ("sex",),
    RecordPart.BIRTH: ("birth_date",),
    RecordPart.IDENTITY: ("id_type", "id_number"),
    RecordPart.NUMBER: ("volunteer_number",),
    RecordPart.SKILLS: ("skills",),
    RecordPart.CONTACT: ("contact",),
    RecordPart.FURTHER: ("further",),
}


def as_parts(value: Any) -> Any:
    """Turn a collection of parts, or their names, into a frozenset of parts; leave anything else as it is."""
    members = _fields.as_frozenset(value)
    if not isinstance(members, frozenset):
        return members
    return frozenset(next((part for part in RecordPart if part == member), member) for member in members)


parts_check = _fields.set_of(_fields.is_a(RecordPart, "a part of a record, like 'service'"))
