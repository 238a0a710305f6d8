import pytest

from civicvol import InputError, Label, Position, SkillNeed


def faults(**fields):
    with pytest.raises(InputError) as caught:
        Position(**fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


def test_asks_for_nothing_unless_it_says_so():
    post = Position(id="gate")
    assert (post.steps, post.needs, post.minimum_age, post.longest_stretch) == ((), (), 0, None)
    assert str(post) == "gate"


def test_is_called_by_its_label():
    post = Position(id="gate", label=Label("Gate", "门岗"))
    assert str(post) == "Gate"
    assert post.label.text("zh") == "门岗"


def test_takes_skills_by_id():
    needs = ["nurse", SkillNeed(skill="cook", level=2)]
    assert Position(id="gate", needs=needs).needs == (SkillNeed(skill="nurse"), SkillNeed(skill="cook", level=2))


@pytest.mark.parametrize(("field", "limit"), [("minimum_age", 0), ("minimum_age", 120), ("longest_stretch", 1)])
def test_takes_numbers_at_their_limits(field, limit):
    assert getattr(Position(id="gate", **{field: limit}), field) == limit


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("id", None),
        ("label", None),
        ("steps", "stand"),
        ("steps", ("stand", "")),
        ("needs", "nurse"),
        ("needs", (None,)),
        ("minimum_age", -1),
        ("minimum_age", 121),
        ("minimum_age", 18.0),
        ("longest_stretch", 0),
        ("longest_stretch", "90"),
    ],
)
def test_names_the_field_and_the_value(field, wrong):
    ((named, id, value),) = faults(**{"id": "gate", "label": "Gate"} | {field: wrong})
    assert (named, value) == (f"Position.{field}", wrong)
    assert id == (None if field == "id" else "gate")


def test_asks_for_a_skill_once():
    with pytest.raises(InputError, match=r"Position\.needs of 'gate' has 'nurse' twice"):
        Position(id="gate", needs=["nurse", SkillNeed(skill="nurse", level=2)])


def test_names_all_faults_at_once():
    assert len(faults(id="gate", steps=1, needs=2, minimum_age=None, longest_stretch=-5)) == 4
