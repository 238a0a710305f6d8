"""Hours policies of real schemes, each with its source; what a source does not say is left as generous as it can be."""

from datetime import date

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.service.hours import Acceptance, HoursPolicy
from civicvol.service.provenance import Provenance
from civicvol.service.purpose import Purpose


@attrs.frozen(kw_only=True)
class HoursPreset:
    """A policy that a scheme is known to follow.

    Args:
        id: a short name.
        policy: the policy.
        source: where it is written, and what is this library's own choice.
        valid_from: the first day it held on, where that is known.
    """

    id: str = attrs.field(validator=_fields.identifier)
    policy: HoursPolicy = attrs.field(validator=_fields.is_a(HoursPolicy, "an HoursPolicy"))
    source: str = attrs.field(validator=_fields.text)
    valid_from: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))


CN_NATIONAL = HoursPreset(
    id="cn-national",
    policy=HoursPolicy(
        name=Label("Measures for the Recording of Volunteer Service, 2012", "志愿服务记录办法（2012）"),
        zone="Asia/Shanghai",
        unit=60,
    ),
    source="Ministry of Civil Affairs, announcement of 27 September 2012 (gov.cn): the time really served, in hours, "
    "without travel. It does not say how to round; part of an hour is not credited here.",
    valid_from=date(2012, 10, 23),
)
"""China's national measures of 2012: hours really served, without travel."""

CN_HAILIN = HoursPreset(
    id="cn-hailin",
    policy=HoursPolicy(
        name=Label("Hailin community points", "海林市社区志愿者积分奖励制度"),
        zone="Asia/Shanghai",
        most_per_activity=120,
    ),
    source="Hailin, points scheme of community volunteers (360docs.net): at most two hours for an activity. It also "
    "gives no hours where there is a complaint; whoever follows it reverses the entry.",
)
"""Points of Hailin's community volunteers: at most two hours for an activity."""

CN_HUANGSHI = HoursPreset(
    id="cn-huangshi",
    policy=HoursPolicy(
        name=Label("Volunteer Huangshi", "志愿黄石"),
        zone="Asia/Shanghai",
        acceptances=[Acceptance(purpose=Purpose.POINTS, provenances=[Provenance.CLOCKED])],
    ),
    source="Volunteer Huangshi: hours that the system clocked earn points, those that were made up later do not.",
)
"""Volunteer Huangshi: clocked hours earn points, hours made up later do not."""

KR = HoursPreset(
    id="kr",
    policy=HoursPolicy(name=Label("Korea", "韩国"), zone="Asia/Seoul", most_per_day=480),
    source="Hankook Ilbo of 31 March 2010 and Korean volunteer centres (djvc.or.kr, ysvc.or.kr): at most eight hours a "
    "day, without travel. Up to two hours of travel count for disaster zones: `attrs.evolve(policy, most_travel=120)`.",
)
"""Korea: at most eight hours a day, without travel."""

US_FERNDALE = HoursPreset(
    id="us-ferndale",
    policy=HoursPolicy(
        name=Label("TimeBank Ferndale", "Ferndale时间银行"),
        zone="America/Detroit",
        unit=15,
        rounding="up",
        most_travel=1440,
    ),
    source="TimeBank Ferndale (ferndaletimebank.org): rounded up to a quarter of an hour, and travel counts.",
)
"""TimeBank Ferndale: rounded up to a quarter of an hour, and travel counts."""

HOURS_PRESETS = (CN_NATIONAL, CN_HAILIN, CN_HUANGSHI, KR, US_FERNDALE)
"""Every preset."""
