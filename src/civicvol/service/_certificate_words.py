"""How a certificate writes days and hours, and what it calls its particulars."""

from collections.abc import Iterable
from datetime import date, datetime

from civicvol.labels import Label

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PARTICULARS = {
    "serial": Label("serial number", "证明编号"),
    "name": Label("name", "姓名"),
    "number": Label("volunteer number", "志愿者编号"),
    "minutes": Label("service time", "服务时长"),
    "first_day": Label("first day", "起始日期"),
    "last_day": Label("last day", "截止日期"),
    "issued": Label("date of issue", "出具日期"),
    "issuer": Label("issuer", "出具单位"),
    "digest": Label("another particular", "其他内容"),
}

WORDS = {
    "title": Label("Certificate of volunteer service", "志愿服务记录证明"),
    "certify": Label(
        "This is to certify that {} gave {} of volunteer service {}.",
        "兹证明{}参加志愿服务共计{}，服务期间为{}。",
    ),
    "within": Label("from {} to {}", "{}至{}"),
    "on": Label("on {}", "{}"),
    "days": Label("{} to {}", "{}至{}"),
    "period": Label("period of service", "服务期间"),
    "content": Label("content of service", "服务内容"),
    "times": Label("times", "次数"),
    "hours": Label("time", "时长"),
    "total": Label("total", "合计"),
    "others": Label("{} other activities", "其他{}项活动"),
    "responsible": Label("responsible person", "负责人"),
    "handler": Label("handler", "经办人"),
    "contact": Label("contact", "联系方式"),
    "remarks": Label("remarks", "备注"),
    "definition": Label("what is counted", "统计口径"),
    "counted": Label(
        "Only service that was verified, as recorded by {1}; {0}.", "仅计入经核实的服务记录，数据截至{1}；{0}。"
    ),
    "row": Label("{}: {}", "{}：{}"),
    "activity": Label("- {0}: {2} ({1}×)", "- {0}：{2}（{1}次）"),
    "signature": Label("{} (signature)", "{}（签字）"),
    "seal": Label("seal", "盖章"),
    "code": Label("verification code", "验证码"),
    "check": Label(
        "Anybody can check this code offline with the public key of {}; one changed character, and it no longer holds.",
        "任何人均可使用{}公布的公钥离线核验此码；改动任何一个字符，核验即不能通过。",
    ),
    "check_at": Label("Check it here", "在线核验"),
}


def period_label(first_day: date, last_day: date) -> Label:
    """Return a period as a sentence says it; one of a single day is that day."""
    days = [day_label(each) for each in dict.fromkeys((first_day, last_day))]
    return WORDS["within" if len(days) > 1 else "on"].filled(*days)


def day_label(day: date) -> Label:
    """Return a day as a document writes it.

    >>> day_label(date(2026, 3, 1))
    Label(en='1 March 2026', zh='2026年3月1日')
    """
    return Label(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


def moment_label(moment: datetime) -> Label:
    """Return a moment as a document writes it, with its zone.

    >>> from zoneinfo import ZoneInfo
    >>> moment_label(datetime(2026, 4, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))).en
    '5 April 2026 09:00 (Asia/Shanghai)'
    """
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return Label("{} {} ({})", "{} {}（{}）").filled(day_label(moment.date()), clock, str(moment.tzinfo))


def hours_label(minutes: int) -> Label:
    """Return minutes as hours, and minutes where some are left over.

    >>> str(hours_label(1860)), str(hours_label(90)), hours_label(45).zh
    ('31 hours', '1 hour 30 minutes', '45分钟')
    """
    hours, rest = divmod(minutes, 60)
    english, chinese = [], []
    if hours:
        english.append(f"{hours:,} hour{'s' if hours > 1 else ''}")
        chinese.append(f"{hours}小时")
    if rest or not hours:
        english.append(f"{rest} minute{'' if rest == 1 else 's'}")
        chinese.append(f"{rest}分钟")
    return Label(" ".join(english), "".join(chinese))


def listed(labels: Iterable[Label], between: Label) -> Label:
    """Return labels one after the other, with something between them."""
    given = tuple(labels)
    return Label(between.en.join(each.en for each in given), between.zh.join(each.text("zh") for each in given))
