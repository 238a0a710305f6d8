from datetime import date

from civicvol.rostering.rules import GuardianConsent

TURNS_18_ON_THE_25TH = date(2008, 3, 25)


def minor(make, birth_date=TURNS_18_ON_THE_25TH, **fields):
    return make.person("li", birth_date=birth_date, **fields)


def test_a_minor_needs_it_until_the_day_before_the_birthday(make):
    assert make.amounts(GuardianConsent(), minor(make), make.shift("s", "24 09:00-11:00"), on="li:s") == [1]


def test_nobody_needs_it_from_the_birthday_on(make):
    assert make.amounts(GuardianConsent(), minor(make), make.shift("s", "25 00:00-02:00"), on="li:s") == []


def test_the_day_a_night_begins_on_decides(make):
    assert make.amounts(GuardianConsent(), minor(make), make.shift("s", "24 23:00-06:00"), on="li:s") == [1]


def test_the_calendar_day_decides_whenever_the_roster_day_begins(make):
    early = make.shift("s", "25 02:00-04:00")
    assert make.amounts(GuardianConsent(), minor(make), early, on="li:s", day_start="05:00") == []


def test_consent_is_enough(make):
    person = minor(make, guardian_consent=True)
    assert make.amounts(GuardianConsent(), person, make.shift("s", "24 09:00-11:00"), on="li:s") == []


def test_who_states_no_birth_date_is_taken_to_be_of_age(make):
    assert make.amounts(GuardianConsent(), make.shift("s", "24 09:00-11:00"), on="li:s") == []


def test_the_age_can_be_set(make):
    shift = make.shift("s", "24 09:00-11:00")
    assert make.amounts(GuardianConsent(under=17), minor(make), shift, on="li:s") == []
    assert make.amounts(GuardianConsent(under=19), minor(make), make.shift("s", "25 09:00-11:00"), on="li:s") == [1]


def test_the_shift_goes_to_somebody_else(make):
    shift = make.shift("s", "24 09:00-11:00")
    assert make.solved(GuardianConsent(), minor(make), make.person("wu"), shift) == {"wu:s"}


def test_says_how_old(make):
    (violation,) = make.found(GuardianConsent(), minor(make), make.shift("s", "24 09:00-11:00"), on="li:s")
    assert violation.message.en == "li is 17 at post, Tue 24 Mar 2026 09:00–11:00 and has no guardian's consent"
    assert violation.message.zh == "li在post，2026年3月24日周二 09:00–11:00时17岁，尚无监护人同意"
