"""What the roster's page says, in English and Chinese, and how it writes days and durations."""

from datetime import date

from civicvol.labels import Label, Language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WORDS = {
    "title": Label("Duty roster", "值班表"),
    "open": Label("Open places", "空缺名额"),
    "open_lead": Label(
        "{} short of the minimum and {} of the desired number. Everybody not yet on a shift is counted once, under the "
        "first reason that keeps them from it.",
        "距最少人数缺{}人，距期望人数缺{}人。尚未排入该班次的每个人，计入使其不能来的第一个原因。",
    ),
    "none_open": Label("Every place is filled.", "所有名额均已补齐。"),
    "days": Label("Day by day", "按日值班"),
    "people": Label("Person by person", "按人值班"),
    "nobody": Label("Nobody is on duty.", "无人值班。"),
    "proof": Label("How good this roster is", "排班质量"),
    "no roster": Label("There is no roster", "没有排班"),
    "time": Label("Time", "时间"),
    "post": Label("Post", "岗位"),
    "who": Label("People", "人员"),
    "filled": Label("Filled", "到岗"),
    "of": Label("{} of {}", "{}/{}"),
    "short": Label("{} short", "缺{}人"),
    "wanted": Label("{} more wanted", "还想要{}人"),
    "duties": Label("{} duties, {}", "{}次，{}"),
    "duty": Label("{} duty, {}", "{}次，{}"),
    "minimum": Label("minimum places filled", "最少名额已补"),
    "desired": Label("desired places filled", "期望名额已补"),
    "on_duty": Label("people on duty", "值班人数"),
    "without": Label("{} with no duty", "{}人没有值班"),
    "median": Label("median per person", "人均时长中位数"),
    "most": Label("the most is {}", "最多{}"),
    "under": Label("shifts under their minimum: {}", "{}个班次未达最少人数"),
    "all_minimum": Label("every shift has its minimum", "每个班次都达到最少人数"),
    "shifts": Label("in {} shifts", "共{}个班次"),
    "optimal": Label("proven best", "已证明最优"),
    "optimal_long": Label(
        "Proven best: by the rules and weights given, no other roster costs less than {objective}.",
        "已证明最优：按给定的规则和权重，任何其他排班的代价都不低于{objective}。",
    ),
    "feasible": Label("good", "可行"),
    "feasible_long": Label(
        "It costs {objective}; no roster costs less than {bound}, so another could be better by {gap} at the most. The "
        "search was stopped: {stopped}.",
        "代价为{objective}；任何排班的代价都不低于{bound}，因此至多还能改进{gap}。搜索提前停止：{stopped}。",
    ),
    "unbounded_long": Label(
        "It costs {objective}; how much better another could be is not known. The search was stopped: {stopped}.",
        "代价为{objective}；其他排班能好多少未知。搜索提前停止：{stopped}。",
    ),
    "infeasible": Label("impossible", "无解"),
    "infeasible_long": Label(
        "No roster keeps all hard rules. These stand against each other:",
        "没有排班能满足所有硬性规则，以下各项相互冲突：",
    ),
    "unknown": Label("not found", "未找到"),
    "unknown_long": Label(
        "The search was stopped before it found a roster: {stopped}.", "搜索在找到排班之前停止：{stopped}。"
    ),
    "at_most": Label("another is at most {} better", "其他排班至多再好{}"),
    "not known": Label("not known", "未知"),
    "given": Label("as given", "按给定"),
    "given_long": Label(
        "This roster was not searched for, so nothing is known of a better one. It costs {objective}.",
        "此排班不是求解得出的，是否有更好的排班未知。代价为{objective}。",
    ),
    "kept": Label(
        "The check, which knows no solver, finds every hard rule kept.", "独立于求解器的检查确认：所有硬性规则均满足。"
    ),
    "broken": Label("The check finds hard rules broken:", "检查发现违反硬性规则："),
    "agreed": Label("Agreed, although a rule stands against it:", "虽有规则限制，但经同意："),
    "time limit": Label("time was up", "时间已到"),
    "interrupted": Label("somebody stopped it", "人工中止"),
    "areas failed": Label("some areas could not be solved", "部分片区求解失败"),
    "too large": Label("proving more would take too long", "规模过大，进一步证明耗时过长"),
    "quality": Label("this roster is", "本排班"),
    "zone": Label("Times are those of {}; a day begins at {}.", "时间按{}；每日自{}起算。"),
}


def day_name(day: date, language: Language) -> str:
    """Return a day as people say it, without the year.

    >>> day_name(date(2026, 3, 1), "en"), day_name(date(2026, 3, 1), "zh")
    ('Sunday 1 March', '3月1日 星期日')
    """
    if language == "zh":
        return f"{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def short_day(day: date, language: Language) -> str:
    """Return a day in few letters.

    >>> short_day(date(2026, 3, 1), "en"), short_day(date(2026, 3, 1), "zh")
    ('Sun 1 Mar', '3月1日周日')
    """
    if language == "zh":
        return f"{day.month}月{day.day}日周{'一二三四五六日'[day.weekday()]}"
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def days_name(first: date, last: date, language: Language) -> str:
    """Return a row of days as people say it, with the year.

    >>> days_name(date(2026, 3, 1), date(2026, 3, 31), "en"), days_name(date(2026, 3, 1), date(2026, 3, 31), "zh")
    ('1–31 March 2026', '2026年3月1日至31日')
    """
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if language == "zh":
        end = f"{last.day}日" if same_month else f"{last.month}月{last.day}日"
        start = f"{first.year}年{first.month}月{first.day}日"
        if first == last:
            return start
        return f"{start}至{end}" if same_year else f"{start}至{last.year}年{end}"
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if same_month:
        return f"{first.day}–{end}"
    return f"{first.day} {_MONTHS[first.month - 1]}{'' if same_year else f' {first.year}'} – {end}"


def duration(minutes: float, language: Language) -> str:
    """Return minutes as hours and minutes.

    >>> duration(150, "en"), duration(45, "en"), duration(120, "zh")
    ('2 h 30 min', '45 min', '2小时')
    """
    hours, rest = divmod(round(minutes), 60)
    units = ("小时", "分钟", "") if language == "zh" else (" h", " min", " ")
    parts = [f"{hours}{units[0]}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{units[1]}")
    return units[2].join(parts)
