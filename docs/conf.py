"""How Sphinx builds the documentation: Markdown pages, and a reference drawn from the docstrings."""

import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import civicvol

sys.path.insert(0, str(Path(__file__).parent))
from rule_reference import page

project = "civicvol"
author = "The civicvol authors"
copyright = author
version = release = civicvol.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
default_role = "code"
nitpick_ignore_regex = [
    ("py:.*", r"(?!civicvol\.).*"),
    ("py:class", r"civicvol\..*\.[A-Z]"),
    ("py:class", r"civicvol\..*\._\w+\..*"),
]  # others' names, type variables, what is in modules that the reference leaves out

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
napoleon_numpy_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = f"civicvol {version}"


class PackageReference(SphinxDirective):
    """Everything public in a package, module by module: `.. package:: civicvol.calendar`."""

    required_arguments = 1

    def run(self) -> list[Node]:
        return self.parse_text_to_nodes("\n".join(_sections(self.arguments[0])), allow_section_headings=True)


class RuleReference(SphinxDirective):
    """Every rule, family by family: `.. rules::`."""

    def run(self) -> list[Node]:
        self.env.note_reread()
        return self.parse_text_to_nodes("\n".join(page()), allow_section_headings=True)


def _sections(name: str) -> Iterator[str]:
    module = import_module(name)
    yield from (name, "-" * len(name), "", f".. automodule:: {name}")
    if hasattr(module, "__path__"):
        yield from ("   :no-members:", "")
        for found in pkgutil.iter_modules(module.__path__):
            if not found.name.startswith("_"):
                yield from _sections(f"{name}.{found.name}")
    yield ""


def setup(app: Sphinx) -> None:
    app.add_directive("package", PackageReference)
    app.add_directive("rules", RuleReference)
