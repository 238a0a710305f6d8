from datetime import date, time
from html.parser import HTMLParser

import attrs
import pytest

import civicvol
from civicvol import Assignment, InputError, Override, Result, Roster, Status, Unit, UnitTree, solve
from civicvol._markup import Html, el, joined
from civicvol.io import roster_to_html
from civicvol.io._page_words import WORDS, days_name, duration

VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page, and insists that every element is closed where it should be."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.ids, self.links, self.tags = [], [], [], [], set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def read(problem, found, **more):
    return Reader(roster_to_html(problem, found, **more))


class TestPage:
    def test_says_whose_roster_it_is_and_for_when(self, problem, result):
        assert "Duty roster Sanhua · 27 February – 3 March 2026" in read(problem, result).text
        assert "值班表 三华社区 · 2026年2月27日至3月3日" in read(problem, result, language="zh").text

    def test_needs_nothing_else(self, problem, result):
        page = roster_to_html(problem, result)
        assert page.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
        assert not {"script", "link", "img", "iframe"} & Reader(page).tags
        assert "http" not in page
        assert "@import" not in page
        assert "url(" not in page

    def test_says_which_language_it_is_in(self, problem, result):
        assert '<html lang="zh-Hans">' in roster_to_html(problem, result, language="zh")

    def test_escapes_what_people_are_called(self, problem):
        page = roster_to_html(problem, Roster([Assignment(volunteer="wang", shift="watch-1")]))
        assert "<王" not in page
        assert "&lt;王 &amp; 强&gt;" in page

    def test_links_only_to_its_own_places(self, problem, result):
        page = read(problem, result)
        assert len(set(page.ids)) == len(page.ids)
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
        assert page.links == ["#open", "#week-2026-02-27", "#people", "#proof"]

    def test_counts_places_people_and_hours(self, problem):
        roster = Roster(
            [Assignment(volunteer="wang", shift="watch-1"), Assignment(volunteer="li", shift="gate-1", role="sampler")]
        )
        text = read(problem, roster).text
        for figure in (
            "minimum places filled 1 of 3 shifts under their minimum: 1",
            "desired places filled 2 of 5 in 2 shifts",
            "people on duty 2 of 2 0 with no duty",
            "median per person 3 h 15 min the most is 4 h",
            "this roster is as given",
        ):
            assert figure in text

    def test_shows_every_day_with_its_posts_and_people(self, problem):
        roster = Roster([Assignment(volunteer="li", shift="gate-1", role="sampler")])
        text = read(problem, roster).text
        assert "Sunday 1 March Time Post People Filled 18:30–21:00 Gate Grid 2 sampler 李梅 1 of 1 helper" in text
        assert "22:00–02:00 (+1) =Night watch helper" in text

    def test_shows_each_persons_duties(self, problem):
        roster = Roster(
            [
                Assignment(volunteer="li", shift=shift, role=role)
                for shift, role in (("watch-1", "helper"), ("gate-1", "sampler"))
            ]
        )
        assert (
            "李梅 2 duties, 6 h 30 min Sun 1 Mar 18:30–21:00 Gate, Grid 2 Sun 1 Mar 22:00–02:00 (+1) =Night watch"
            in read(problem, roster).text
        )
        assert "李梅 2次，6小时30分钟" in read(problem, roster, language="zh").text
        assert "李梅 1 duty, 2 h 30 min" in read(problem, roster.without(roster.of_shift("watch-1")[0])).text

    def test_lists_open_places_with_their_reasons_the_worst_first(self, problem):
        text = read(problem, Roster([Assignment(volunteer="wang", shift="watch-1")])).text
        opened = text[
            text.index("Open places 3 short of the minimum and 4 of the desired number") : text.index("Day by day")
        ]
        assert "1 short" in opened
        assert "2 short" in opened
        assert "1 not qualified" in opened

    def test_tells_what_is_merely_wanted_from_what_is_short(self, problem):
        shifts = [problem.shift("watch-1")]
        quiet = attrs.evolve(problem, shifts=shifts, pinned=())
        assert "Open places 0 short of the minimum and 1 of the desired number" in read(quiet, Roster()).text
        assert "1 more wanted" in read(quiet, Roster()).text
        assert "every shift has its minimum" in read(quiet, Roster()).text

    def test_is_glad_when_nothing_is_open(self, problem):
        full = attrs.evolve(problem, shifts=[problem.shift("watch-1")])
        assert "Every place is filled." in read(full, Roster([Assignment(volunteer="wang", shift="watch-1")])).text

    def test_shows_an_empty_problem(self, problem):
        empty = attrs.evolve(problem, volunteers=(), shifts=(), pinned=(), previous=(), units=UnitTree())
        text = read(empty, solve(empty)).text
        assert "Nobody is on duty." in text
        assert "Duty roster 27 February – 3 March 2026" in text


class TestCommunity:
    def units(self, problem, *more):
        return attrs.evolve(problem, units=UnitTree([*problem.units.units, *more]))

    def test_is_the_lowest_unit_with_all_places_of_work(self, problem):
        town = UnitTree(
            [
                Unit(id="street", kind="street", label="Long Street"),
                attrs.evolve(problem.units.unit("sanhua"), parent="street"),
                problem.units.unit("grid-2"),
                Unit(id="north", kind="community", label="North", parent="street"),
            ]
        )
        spread = attrs.evolve(
            problem, units=town, shifts=[problem.shift("gate-1"), attrs.evolve(problem.shift("watch-1"), unit="north")]
        )
        assert "Long Street · 27 February" in read(spread, Roster()).text
        assert "Sanhua · 27 February" in read(attrs.evolve(problem, units=town), Roster()).text

    def test_is_not_named_where_the_places_share_none(self, problem):
        apart = self.units(problem, Unit(id="far", kind="community", label="Far"))
        apart = attrs.evolve(
            apart, shifts=[problem.shift("gate-1"), attrs.evolve(problem.shift("watch-1"), unit="far")]
        )
        assert "Duty roster 27 February" in read(apart, Roster()).text


class TestQuality:
    def test_tells_a_proof(self, problem, result):
        text = read(problem, result).text
        assert result.status is Status.OPTIMAL
        assert "this roster is proven best" in text
        assert "no other roster costs less than" in text
        assert "finds every hard rule kept" in text
        assert "已证明最优" in read(problem, result, language="zh").text

    def test_tells_a_gap(self, problem, result):
        halfway = attrs.evolve(result, status=Status.FEASIBLE, bound=result.objective / 2, stopped="time limit")
        text = read(problem, halfway).text
        assert "this roster is good another is at most 50.00% better" in text
        assert "better by 50.00% at the most. The search was stopped: time was up." in text

    def test_tells_that_no_bound_is_known(self, problem, result):
        halfway = attrs.evolve(result, status=Status.FEASIBLE, bound=None, stopped="interrupted")
        text = read(problem, halfway).text
        assert "how much better another could be is not known. The search was stopped: somebody stopped it." in text

    @pytest.mark.parametrize("stopped", ["time limit", "interrupted", "areas failed", "too large"])
    def test_tells_why_it_is_left_at_a_gap_in_both_languages(self, problem, result, stopped):
        left = attrs.evolve(result, status=Status.FEASIBLE, bound=None, stopped=stopped)
        assert stopped not in read(problem, left).text
        assert stopped not in read(problem, left, language="zh").text

    def test_repeats_a_reason_of_an_apps_own(self, problem):
        for stopped, said in (("power cut", "power cut"), ("", "not known")):
            assert f"found a roster: {said}." in read(problem, Result(status=Status.UNKNOWN, stopped=stopped)).text

    def test_tells_which_rules_are_in_conflict(self, problem):
        impossible = attrs.evolve(problem, pinned=[Assignment(volunteer="wang", shift="gate-1", role="sampler")])
        result = solve(impossible)
        page = read(impossible, result)
        assert "There is no roster No roster keeps all hard rules." in page.text
        assert "is not qualified for Gate" in page.text
        assert "Day by day" not in page.text
        assert page.links == []
        assert "没有排班能满足所有硬性规则" in read(impossible, result, language="zh").text

    def test_tells_that_nothing_was_found(self, problem):
        text = read(problem, Result(status=Status.UNKNOWN, stopped="time limit")).text
        assert "stopped before it found a roster: time was up." in text

    def test_tells_what_a_given_roster_breaks(self, problem):
        wrong = Roster([Assignment(volunteer="wang", shift="gate-1", role="sampler")])
        text = read(problem, wrong).text
        assert "This roster was not searched for" in text
        assert "The check finds hard rules broken: <王 & 强> is not qualified for Gate" in text

    def test_tells_what_was_agreed_and_why(self, problem):
        reason = "shows how it is done"
        agreed = attrs.evolve(problem, overrides=[Override(volunteer="wang", shift="gate-1", reason=reason)])
        text = read(agreed, Roster([Assignment(volunteer="wang", shift="gate-1", role="sampler")])).text
        assert "Agreed, although a rule stands against it: <王 & 强> is not qualified for Gate" in text
        assert f"({reason})" in text
        assert "Agreed" not in read(problem, Roster()).text


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "field"),
        [
            ({"problem": "p"}, "problem"),
            ({"found": None}, "found"),
            ({"found": [Assignment(volunteer="wang", shift="watch-1")]}, "found"),
            ({"found": Roster([Assignment(volunteer="ghost", shift="watch-1")])}, "roster.volunteer"),
            ({"language": "zh-CN"}, "language"),
        ],
    )
    def test_are_checked(self, problem, arguments, field):
        with pytest.raises(InputError) as caught:
            roster_to_html(**{"problem": problem, "found": Roster(), **arguments})
        assert [fault.field for fault in caught.value.faults] == [field]


class TestWords:
    @pytest.mark.parametrize("key", WORDS)
    def test_have_the_same_gaps_in_both_languages(self, key):
        holes = [
            sorted(text.count(hole) for hole in ("{}", "{objective}", "{bound}", "{gap}", "{stopped}"))
            for text in (WORDS[key].en, WORDS[key].zh)
        ]
        assert holes[0] == holes[1]
        assert WORDS[key].zh

    @pytest.mark.parametrize("status", Status)
    def test_know_every_status(self, status):
        assert {status, f"{status}_long"} <= WORDS.keys()

    @pytest.mark.parametrize(
        ("first", "last", "english", "chinese"),
        [
            ((2026, 3, 1), (2026, 3, 1), "1 March 2026", "2026年3月1日"),
            ((2026, 3, 1), (2026, 3, 31), "1–31 March 2026", "2026年3月1日至31日"),
            ((2026, 3, 31), (2026, 4, 1), "31 March – 1 April 2026", "2026年3月31日至4月1日"),
            ((2026, 12, 31), (2027, 1, 1), "31 December 2026 – 1 January 2027", "2026年12月31日至2027年1月1日"),
            ((2026, 3, 1), (2027, 3, 1), "1 March 2026 – 1 March 2027", "2026年3月1日至2027年3月1日"),
        ],
    )
    def test_name_days_as_people_do(self, first, last, english, chinese):
        assert days_name(date(*first), date(*last), "en") == english
        assert days_name(date(*first), date(*last), "zh") == chinese

    @pytest.mark.parametrize(
        ("minutes", "english", "chinese"),
        [(0, "0 min", "0分钟"), (59, "59 min", "59分钟"), (60, "1 h", "1小时"), (61.5, "1 h 2 min", "1小时2分钟")],
    )
    def test_name_durations_as_people_do(self, minutes, english, chinese):
        assert (duration(minutes, "en"), duration(minutes, "zh")) == (english, chinese)


class TestMarkup:
    def test_escapes_text_and_keeps_elements(self):
        assert el("p", "<a>", el("b", "&"), class_='"') == '<p class="&quot;">&lt;a&gt;<b>&amp;</b></p>'

    def test_is_not_fooled_by_text_that_looks_like_an_element(self):
        assert joined(str(el("b")), Html("<i>")) == "&lt;b&gt;&lt;/b&gt;<i>"


def test_a_day_that_begins_at_five_holds_the_small_hours(problem):
    late = attrs.evolve(
        problem.shift("watch-1"), span=civicvol.TimeSpan.on(date(2026, 3, 2), time(2), time(4), "Asia/Shanghai")
    )
    text = read(attrs.evolve(problem, shifts=[late], pinned=()), Roster()).text
    assert "Sunday 1 March Time Post People Filled 02:00 (+1)–04:00 (+1)" in text
    assert "a day begins at 05:00" in text
