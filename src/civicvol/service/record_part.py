"""The parts of a service record, which can be shown one without the other."""

from typing import Any

from civicvol import _fields
from civicvol.labels import Choice


class RecordPart(Choice):
    """A part of a service record."""

    NAME = "name", "姓名"
    SEX = "sex", "性别"
    BIRTH = "birth", "出生日期", "date of birth"
    IDENTITY = "identity document", "身份证件"
    NUMBER = "volunteer number", "志愿者编号"
    SKILLS = "skills", "服务技能"
    CONTACT = "contact", "联系方式"
    FURTHER = "further details", "其他信息"
    SERVICE = "service", "志愿服务情况"
    TRAINING = "training", "培训情况"
    COMMENDATION = "commendation", "表彰奖励情况"
    APPRAISAL = "appraisal", "评价情况"
    COMPLAINTS = "complaints", "被投诉情况"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a person's details that the part consists of; none for what is not personal details."""
        return _FIELDS.get(self, ())


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
