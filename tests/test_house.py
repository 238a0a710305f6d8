"""The rules of the house, tested on the code itself."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import civicvol
from civicvol.rostering.engines import ENGINES

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "civicvol"
MODULES = sorted(SOURCE.rglob("*.py"))
TEXTS = sorted(
    path
    for folder in ("src", "tests", "docs", "examples")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".rst"} and "_build" not in path.parts
)
LONGEST_FILE = 400
FAMILIES = {"rostering.rules": "RULES"}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "no" + " cover", "mark" + r"\.(?:skip\b|xfail)")))


def named(paths):
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def in_a_fresh_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", named(MODULES))
class TestEachModule:
    def test_is_short_enough_to_have_one_subject(self, path):
        assert len(path.read_text("utf-8").splitlines()) < LONGEST_FILE

    def test_says_what_everything_public_in_it_is(self, path):
        tree = ast.parse(path.read_text("utf-8"))
        kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        public = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
        silent = [node.name for node in public if not ast.get_docstring(node)]
        assert ast.get_docstring(tree)
        assert not silent


@pytest.mark.parametrize(("family", "registry"), FAMILIES.items())
class TestEachFamily:
    def test_registers_one_member_a_file(self, family, registry):
        members = getattr(import_module(f"civicvol.{family}"), registry)
        files = SOURCE.joinpath(*family.split(".")).glob("[!_]*.py")
        assert sorted(member.__module__ for member in members) == sorted(
            f"civicvol.{family}.{path.stem}" for path in files
        )

    def test_lists_every_member_for_import(self, family, registry):
        module = import_module(f"civicvol.{family}")
        assert {member.__name__ for member in getattr(module, registry)} <= set(module.__all__)


def test_registers_one_engine_a_file():
    files = {path.stem: path.read_text("utf-8") for path in (SOURCE / "rostering" / "engines").glob("[!_]*.py")}
    base = files.pop("engine")
    assert "class Engine" in base
    assert sorted(ENGINES) == sorted(files)
    assert all(f"class {ENGINES[name]}(" in text or f"class {ENGINES[name]}:" in text for name, text in files.items())


@pytest.mark.parametrize("path", named(TEXTS))
def test_nothing_is_left_unfinished(path):
    assert UNFINISHED.findall(path.read_text("utf-8")) == []


class TestTheFrontDoor:
    @pytest.mark.parametrize("name", civicvol.__all__)
    def test_opens_every_public_name(self, name):
        home = import_module(f"civicvol.{civicvol._HOME[name]}")
        thing = getattr(civicvol, name)
        assert thing is getattr(home, name)
        assert thing.__doc__

    def test_shows_type_checkers_the_same_names(self):
        guard = next(
            node for node in ast.parse((SOURCE / "__init__.py").read_text("utf-8")).body if isinstance(node, ast.If)
        )
        seen = {
            alias.asname: node.module.split(".")[1]
            for node in guard.body
            if isinstance(node, ast.ImportFrom) and node.module != "civicvol"
            for alias in node.names
            if alias.asname not in civicvol._MODULES
        }
        assert seen == civicvol._HOME

    @pytest.mark.parametrize("name", civicvol._MODULES)
    def test_opens_every_package(self, name):
        assert getattr(civicvol, name) is import_module(f"civicvol.{civicvol._MODULES[name]}")

    def test_has_only_names_their_packages_list(self):
        hidden = [
            name
            for name, home in civicvol._HOME.items()
            if name not in getattr(import_module(f"civicvol.{home}"), "__all__", civicvol.__all__)
        ]
        assert not hidden

    def test_lists_its_names_and_rooms(self):
        listed = in_a_fresh_python("import civicvol; print(*dir(civicvol))").split()
        assert {*civicvol.__all__, *civicvol._NAMES} <= set(listed)

    def test_opens_the_rooms_themselves(self):
        assert in_a_fresh_python("import civicvol; print(civicvol.calendar.__name__)") == "civicvol.calendar\n"

    def test_says_which_name_it_does_not_know(self):
        with pytest.raises(AttributeError, match="'civicvol' has no attribute 'Voluntear'"):
            _ = civicvol.Voluntear

    def test_loads_nothing_before_it_is_used(self):
        before = "import sys, importlib, typing; before = set(sys.modules); import civicvol; "
        assert in_a_fresh_python(before + "print(*sorted(set(sys.modules) - before))") == "civicvol\n"

    @pytest.mark.parametrize("room", ["calendar", "event", "places", "people", "duties", "service"])
    def test_needs_no_arrays_where_there_is_no_roster(self, room):
        heavy = "{'numpy', 'scipy', 'highspy', 'cattrs', 'pandas'}"
        assert in_a_fresh_python(f"import sys, civicvol.{room}; print({heavy} & set(sys.modules))") == "set()\n"


class TestTheProject:
    def test_changelog_knows_this_version(self):
        headings = re.findall(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
        assert {"Unreleased", civicvol.__version__} & set(headings)

    def test_every_extra_is_among_all(self):
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
        (everything,) = extras["all"]
        listed = re.fullmatch(r"civicvol\[(.*)\]", everything).group(1).split(",")
        assert sorted(listed) == sorted(set(extras) - {"all", "dev"})

    def test_reference_has_a_page_for_every_package(self):
        pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "reference").glob("*.rst"))
        rooms = {path.stem for path in SOURCE.glob("[!_]*.py")} | {
            path.parent.name for path in SOURCE.glob("*/__init__.py")
        }
        assert set(re.findall(r"^\.\. package:: civicvol\.(\w+)$", pages, re.MULTILINE)) == rooms
