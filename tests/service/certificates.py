"""A certificate to look at, and strategies for others."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from civicvol.labels import Label
from civicvol.service.certificate import Certificate, CertificateLine, Holder, IdDocument, Issuer
from civicvol.service.keys import SigningKey

ZONE = ZoneInfo("Asia/Shanghai")
KEY = SigningKey("nWGxne_9WmC6hEr0kuwsxERJxXN7MmkZcDusAxyuf2A")
OTHER_KEY = SigningKey("A" * 43)
GATE, VISIT = Label("gate duty", "卡口值守"), Label("visits", "上门探访")
ISSUER = Issuer(
    name=Label("Sanhua Volunteer Station", "三华志愿服务站"),
    responsible="李国强",
    handler="王芳",
    contact="0574-8765 4321",
    check_at="https://verify.example.org/c",
)


def line(entry="e1", activity=GATE, day=date(2026, 3, 1), minutes=90):
    return CertificateLine(entry=entry, activity=activity, day=day, minutes=minutes)


def a_certificate(**more):
    fields = {
        "serial": "SH-2026-0042",
        "holder": Holder(
            volunteer="v17",
            name="张伟",
            number="330203001777",
            document=IdDocument(kind=Label("identity card", "居民身份证"), number="**************8515"),
        ),
        "lines": [line(), line("e2", VISIT, date(2026, 3, 14), 60), line("e3", GATE, date(2026, 3, 31), 120)],
        "first_day": date(2026, 3, 1),
        "last_day": date(2026, 3, 31),
        "definition": Label("in minutes; travel does not count", "以分钟计；路途时间不计"),
        "issuer": ISSUER,
        "issued": datetime(2026, 4, 5, 10, 30, tzinfo=ZONE),
        "remarks": "For a study place.",
    }
    return Certificate(**{**fields, **more})


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
labels = st.builds(Label, names, st.just("") | names)


@st.composite
def certificates(draw):
    first = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
    days = draw(st.lists(st.integers(0, 60), min_size=1, max_size=4))
    lines = [
        line(f"e{number}", draw(labels), first + timedelta(days=day), draw(st.integers(1, 1440)))
        for number, day in enumerate(days)
    ]
    zone = ZoneInfo(draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "UTC"])))
    return Certificate(
        serial=draw(names),
        holder=Holder(
            volunteer=draw(names),
            name=draw(names),
            number=draw(names),
            document=draw(st.none() | st.builds(IdDocument, kind=labels, number=names)),
        ),
        lines=lines,
        first_day=first,
        last_day=first + timedelta(days=60),
        definition=draw(labels),
        issuer=Issuer(name=draw(labels), responsible=draw(names), handler=draw(names), contact=draw(names)),
        issued=datetime(2031, 3, 30, 9, draw(st.integers(0, 59)), tzinfo=zone),
        remarks=draw(st.text(st.characters(codec="utf-8"), max_size=20)),
    )
