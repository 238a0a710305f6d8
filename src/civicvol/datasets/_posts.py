"""The posts of a generated neighbourhood: the skills, the positions and the work that recurs."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from civicvol.calendar.cadence import Cadence
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, ShiftTemplate
from civicvol.labels import Label
from civicvol.people.skill import SkillTag

_LONGEST_IN_SUIT = 120

SKILLS = (
    SkillTag(id="sampling", label=Label("sampling", "采样"), implies={"protection"}),
    SkillTag(id="protection", label=Label("donning and doffing a suit", "防护服穿脱")),
    SkillTag(id="registration", label=Label("registration", "信息登记")),
    SkillTag(id="order-keeping", label=Label("keeping order", "秩序维护")),
    SkillTag(id="persuasion", label=Label("persuasion", "劝导")),
    SkillTag(id="publicity", label=Label("publicity", "宣传")),
    SkillTag(id="first-aid", label=Label("first aid", "急救")),
    SkillTag(id="nursing", label=Label("nursing", "护理"), implies={"first-aid", "protection"}),
)

POSITIONS = (
    Position(
        id="sampling",
        label=Label("sampling", "采样"),
        steps=("put on the suit", "scan the code", "take the sample", "check the data", "pack the waste"),
        needs=["sampling"],
        minimum_age=18,
        longest_stretch=_LONGEST_IN_SUIT,
    ),
    Position(
        id="door-to-door",
        label=Label("door-to-door sampling", "上门采样"),
        steps=("ring up first", "scan the code", "take the sample", "check the data", "pack the waste"),
        needs=["protection"],
        minimum_age=18,
        longest_stretch=_LONGEST_IN_SUIT,
    ),
    Position(
        id="registration",
        label=Label("registration", "信息登记"),
        steps=("ask for the code", "help those without a phone", "enter the name"),
        needs=["registration"],
        minimum_age=16,
    ),
    Position(
        id="order-keeping",
        label=Label("order-keeping", "秩序维护"),
        steps=("call entrance after entrance", "keep people a metre apart", "look after the old and the young"),
    ),
    Position(id="publicity", label=Label("publicity", "宣传"), steps=("put up the stand", "hand out", "explain")),
    Position(id="persuasion", label=Label("persuasion", "劝导"), steps=("walk the grid", "talk", "note complaints")),
    Position(
        id="waste-sorting",
        label=Label("waste-sorting supervision", "垃圾分类督导"),
        steps=("open the bags", "show what goes where", "note what keeps going wrong"),
    ),
)


def recurring_work(community: str, grids: tuple[str, ...], first_day: date) -> Iterator[ShiftTemplate]:
    """Yield what recurs from a day on; the first screening evening is two days after it.

    Args:
        community: id of the unit for what all share.
        grids: ids of the units that have a screening line each; of every two, one has a collection point for waste and
            the other a first-aider.
        first_day: the day.
    """
    screening = Cadence.daily(first_day + timedelta(days=2), every=3)
    daily = Cadence.daily(first_day)
    evening, late = (time(18, 30), time(20, 30)), (time(20), time(22))
    clerk = CoverRequirement(role="clerk", label=Label("clerk", "登记员"))
    sampler = CoverRequirement(role="sampler", label=Label("sampler", "采样员"), desired=2)
    steward = CoverRequirement(
        role="steward", label=Label("steward", "秩序员"), any_of=["order-keeping", "persuasion"], desired=2
    )
    first_aider = CoverRequirement(role="first-aider", label=Label("first-aider", "急救员"), all_of=["first-aid"])
    for number, grid in enumerate(grids):
        yield template("sampling", screening, evening, grid, sampler)
        yield template("registration", screening, evening, grid, clerk)
        yield template("order-keeping", screening, evening, grid, steward, *([first_aider] if number % 2 else []))
    visitors = (
        CoverRequirement(role="sampler", label=Label("sampler", "采样员"), all_of=["sampling"]),
        CoverRequirement(role="companion", label=Label("companion", "陪同员"), any_of=["registration", "first-aid"]),
    )
    yield template("door-to-door", screening, evening, community, *visitors)
    yield template(
        "sampling", screening, late, community, CoverRequirement(role="sampler", label=Label("sampler", "采样员"))
    )
    supervisor = CoverRequirement(role="supervisor", label=Label("supervisor", "督导员"))
    for grid in grids[::2]:
        yield template("waste-sorting", daily, (time(7), time(9)), grid, supervisor)
        yield template("waste-sorting", daily, (time(18), time(20)), grid, supervisor)
    speaker = CoverRequirement(
        role="speaker", label=Label("speaker", "宣传员"), all_of=["publicity"], minimum=2, desired=3
    )
    yield template("publicity", Cadence.weekly(first_day, "SA"), (time(10), time(12)), community, speaker)
    mediator = CoverRequirement(role="mediator", label=Label("mediator", "劝导员"), all_of=["persuasion"], minimum=2)
    yield template("persuasion", Cadence.weekly(first_day, "SU"), (time(15), time(17)), community, mediator)


def template(
    position: str, cadence: Cadence, hours: tuple[time, time], unit: str, *cover: CoverRequirement
) -> ShiftTemplate:
    """Return a template that is named after its position, its unit and when it begins."""
    start, end = hours
    id = f"{position}-{unit}-{start:%H%M}"
    return ShiftTemplate(id=id, position=position, cadence=cadence, start=start, end=end, unit=unit, cover=cover)
