import contextlib
import importlib.util
import io as streams
import re
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from civicvol import MissingExtraError, RefusedError, RosterBook, ServiceBook, check, credit, datasets, io, solve
from civicvol.desk import CalledIn, Changed, Claimed, Confirmed, Invited, Queued
from civicvol.service import Provenance, SigningKey, certificate_status

PATH = Path(__file__).resolve().parents[2] / "examples" / "duty_desk.py"
SAYS = {
    "en": {
        "duties": r"Duties of (\S+)",
        "reminder": r"Reminder for (\S+):",
        "version": r"version (\d+)\.",
        "code": r"key box is (\d+)",
        "changes": r"> Changes for (\S+)",
        "refused": r"- (\S+) claims it, and is refused:\n((?:  > .*\n)+)",
        "no-show": r"^(\S+): no-show",
        "walk-in": r"^(\S+): walk-in",
        "not checked out": r"- (\S+), .*: not checked out",
        "hours": r"- (\d+) h(?: (\d+) min)? \(verified; as of (\S+ \S+)",
        "chance": r"likely to come: (\d+) %",
        "genuine": r"Certificate 2026-0001 is genuine: (\S+) \(",
        "withdrawn": r"certificate 2026-0001 was withdrawn",
        "unsigned": r"It is not signed: cryptography is not installed",
        "same": r"read again: the same",
    },
    "zh": {
        "duties": r"(\w+)的值班",
        "reminder": r"提醒(\w+)：",
        "version": r"第(\d+)版",
        "code": r"钥匙盒密码：(\d+)",
        "changes": r"> (\w+)的变动",
        "refused": r"- (\w+)认领，未获准：\n((?:  > .*\n)+)",
        "no-show": r"^(\w+)：缺席",
        "walk-in": r"^(\w+)：临时到场",
        "not checked out": r"- (\w+)，.*：未签退",
        "hours": r"- (\d+)小时(?:(\d+)分钟)?（已核实；截至(\S+ \S+)",
        "chance": r"预计到场可能：(\d+)%",
        "genuine": r"证明2026-0001真实有效：(\w+)（",
        "withdrawn": r"证明2026-0001已被撤销",
        "unsigned": r"未签名：cryptography is not installed",
        "same": r"读回：一致",
    },
}


@pytest.fixture(scope="module")
def duty_desk():
    spec = importlib.util.spec_from_file_location("duty_desk", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Story:
    """What a run of the example prints and writes."""

    def __init__(self, module, out, language, seed=0):
        with contextlib.redirect_stdout(streams.StringIO()) as printed:
            module.main(["--language", language, "--seed", str(seed), "--out", str(out)])
        self.printed, self.language, self.module = printed.getvalue(), language, module
        self.book, self.service = (
            io.from_json((out / name).read_text(encoding="utf-8"), kind)
            for name, kind in (("roster-book.json", RosterBook), ("service-book.json", ServiceBook))
        )
        self.names = {each.id: str(each) for each in self.book.problem.volunteers}

    def found(self, what, text=None):
        return re.findall(SAYS[self.language][what], self.printed if text is None else text, flags=re.MULTILINE)

    def events(self, kind):
        return [event for event in self.book.events if isinstance(event, kind)]

    def sections(self):
        """Return what is printed under each heading."""
        return re.split(r"^== .* ==$", self.printed, flags=re.MULTILINE)[1:]


@pytest.fixture(scope="module", params=["en", "zh"])
def story(request, duty_desk, tmp_path_factory):
    """A day in each language, lived through once."""
    return Story(duty_desk, tmp_path_factory.mktemp("books") / "made", request.param)


def columns_of(line):
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_it_has_a_heading_for_each_time_and_fits_a_terminal(story):
    assert len(story.sections()) == 15
    assert max(map(columns_of, story.printed.partition("18:00 ·")[2].splitlines()[:-2])) <= 100


def test_everybody_on_duty_that_day_reads_their_notice(story):
    problem = datasets.sanhua(first_day=story.book.problem.horizon.first_day, days=14)
    roster = solve(problem).roster
    assert (story.book.problem, story.book.draft) == (problem, roster)
    on = {each.volunteer for each in roster if problem.shift(each.shift).span.start.date() == story.module.DAY}
    assert sorted(story.found("duties", story.sections()[0])) == sorted(str(problem.volunteer(id)) for id in on)


def test_nobody_reads_what_only_others_on_duty_may_know(story):
    ids = {name: id for id, name in story.names.items()}
    given = {code: each.shift for each in story.book.state.details for code in re.findall(r"\d+", each.private.en)}
    says = SAYS[story.language]
    reader, version, read = None, 1, 0
    for line in story.printed.splitlines():
        for what in ("duties", "reminder"):
            if re.search(says[what], line):
                [reader], version = re.findall(says[what], line), 1
        if re.search(says["version"], line):
            version = int(re.findall(says["version"], line)[0])
        for code in re.findall(says["code"], line):
            read += 1
            own = story.book.version(version).roster.of_volunteer(ids[reader])
            assert given[code] in {each.shift.partition("~")[0] for each in own}
    assert read > 30
    assert len(set(given.values())) == len(given) >= 18


def test_whoever_has_other_duties_than_before_is_told_and_nobody_else(story):
    told = []
    for before, after in zip(story.book.states, story.book.states[1:], strict=False):
        differ = {*before.roster} ^ {*after.roster}
        told += {story.names[each.volunteer] for each in differ}
    assert sorted(story.found("changes")) == sorted(told)


def test_the_roster_keeps_every_hard_rule_at_every_moment(story):
    assert all(check(state.problem, state.roster).feasible for state in story.book.states)
    assert story.book.state.version >= 8


def test_who_may_not_have_a_duty_is_told_the_rule(story):
    [(name, printed)] = story.found("refused")
    [claimed] = [event for event in story.events(Claimed) if event.offer == "B"]
    [id] = [id for id, known in story.names.items() if known == name]
    number = story.book.events.index(claimed)
    with pytest.raises(RefusedError) as refused:
        story.book.before(number).record(Claimed(at=claimed.at, by=id, offer="B", volunteer=id))
    letters = re.sub(r"[\s>]", "", printed)
    assert letters == re.sub(r"\s", "", refused.value.text(story.language))


def test_the_first_in_line_moves_up(story):
    first, second = story.events(Queued)
    [invited], [confirmed] = story.events(Invited), story.events(Confirmed)
    assert invited.volunteer == confirmed.volunteer == first.volunteer
    assert second.volunteer in {each.volunteer for each in story.book.state.waiting}


def test_who_did_not_come_has_nothing_and_who_came_unasked_has(story):
    [[missing], [walk_in]] = story.found("no-show"), story.found("walk-in")
    served = {story.names[kept.entry.volunteer]: kept.entry for kept in story.service.state.entries.values()}
    assert missing not in served
    assert served[walk_in].minutes == 92
    *_, changed = story.events(Changed)
    [called_in] = story.events(CalledIn)
    assert [story.names[each.volunteer] for each in changed.removed] == [missing]
    assert story.names[called_in.volunteer] in served
    assert story.found("chance") == ["72"]


def test_a_forgotten_check_out_is_settled_by_the_leader(story):
    [name] = story.found("not checked out")
    [entry] = [kept.entry for kept in story.service.state.entries.values() if story.names[kept.entry.volunteer] == name]
    assert entry.spans == (entry.activity.span,)
    assert entry.provenance is Provenance.LEADER


def test_the_hours_are_those_of_the_book_before_and_after_it_is_put_right(story, duty_desk):
    hours = duty_desk.Day(0, "en").hours
    first, second = story.found("hours")
    assert first[2] < second[2]
    minutes = [60 * int(each[0]) + int(each[1] or 0) for each in (first, second)]
    assert minutes[0] - minutes[1] == 30
    at = duty_desk.datetime.fromisoformat(second[2]).replace(tzinfo=hours.zone)
    kept = story.service.state_at(at).entries.values()
    assert minutes[1] == sum(each.minutes for each in credit([one.entry for one in kept if one.verified], hours))


def test_the_certificate_is_genuine_until_it_is_withdrawn(story):
    [called_in] = story.events(CalledIn)
    assert story.found("genuine") == [story.names[called_in.volunteer]]
    assert len(story.found("withdrawn")) == 1
    [(serial, kept)] = story.service.state.certificates.items()
    assert kept.certificate.minutes == 90
    assert not certificate_status(story.service, serial, story.service.events[-1].at).valid
    assert certificate_status(story.service, serial, kept.certificate.issued).valid


def test_the_books_are_the_same_when_they_are_read_again(story):
    assert len(story.found("same")) == 2


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "zh"), (3, "en"), (4, "zh")])
def test_other_neighbourhoods_have_other_stories(seed, language, duty_desk, tmp_path):
    other = Story(duty_desk, tmp_path, language, seed)
    assert len(other.sections()) == 15
    assert len(other.found("same")) == 2
    assert other.book.problem == datasets.sanhua(seed, other.book.problem.horizon.first_day, 14)


def test_without_cryptography_the_certificate_is_not_signed(duty_desk, monkeypatch, tmp_path):
    def missing():
        raise MissingExtraError("cryptography", "certificates")

    monkeypatch.setattr(SigningKey, "new", missing)
    plain = Story(duty_desk, tmp_path, "en")
    assert plain.found("unsigned")
    assert not plain.found("genuine")
    [kept] = plain.service.state.certificates.values()
    assert kept.certificate.code == ""
    assert kept.withdrawn is not None
