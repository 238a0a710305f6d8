"""The reference page of all rules says of each what there is to say."""

import importlib.util
from pathlib import Path

import attrs
import pytest

from civicvol.rostering import Family
from civicvol.rostering.rules import RULES, MinimumRest

FILE = Path(__file__).parents[1] / "docs" / "rule_reference.py"
EACH_RULE = pytest.mark.parametrize("rule_class", RULES, ids=lambda rule_class: rule_class.__name__)


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("rule_reference", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@EACH_RULE
class TestEachRule:
    def test_says_what_it_is_and_where_it_comes_from(self, reference, rule_class):
        said = reference.described(rule_class)
        assert said.text
        assert said.source
        assert "Source" not in said.text + "".join(said.arguments.values())

    def test_shows_an_example_that_is_run(self, reference, rule_class):
        example = reference.described(rule_class).example
        assert "try_rule(" in example
        assert rule_class.__name__ in example

    def test_says_what_each_parameter_means(self, reference, rule_class):
        assert [
            field.name for field in attrs.fields(rule_class) if not reference._meaning(rule_class, field.name)
        ] == []


def test_a_docstring_is_taken_apart(reference):
    class Some(MinimumRest):
        """It asks for much. And more.

        Further words on it. Source: somebody,
        somewhere.

        Last words.

        Args:
            minutes: how
                many.
            same_day: whether.

        >>> 1 + 1
        2
        """

    said = reference.described(Some)
    assert said.text == "It asks for much. And more.\n\nFurther words on it. \n\nLast words."
    assert said.source == "somebody, somewhere."
    assert said.arguments == {"minutes": "how many.", "same_day": "whether."}
    assert said.example == ">>> 1 + 1\n2"


def test_the_page_has_every_rule_in_its_family(reference):
    lines = "\n".join(reference.page()).splitlines()
    places = [lines.index(f"{family.label.en.capitalize()} · {family.label.zh}") for family in Family]
    assert places == sorted(places)
    for rule in RULES:
        first = places[list(Family).index(rule.family)]
        last = next((place for place in places if place > first), len(lines))
        assert first < lines.index(f".. _rule-{rule.__name__}:") < last
