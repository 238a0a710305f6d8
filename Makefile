# Everything a developer runs. `make help` lists it.
# Another Python: make PYTHON=python3.13 test. More examples in property tests: make CIVICVOL_PROFILE=nightly test.
# Only some tests: make test PYTEST_ARGS='-k cadence'.

PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

export CIVICVOL_PROFILE ?= ci

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: demo test venv docs lint types layers bench format clean help

demo: $(VENV)/core ## Roster the sample neighbourhood's month into out/
	$(BIN)/python examples/demo.py --out out

test: lint types layers ## Run every check: lint, types, import layers and all tests with coverage
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist loadfile --cov --cov-report=term $(PYTEST_ARGS)

venv: $(VENV)/all ## Make .venv with every extra

docs: $(VENV)/dev ## Build the documentation into docs/_build/html; a warning is an error
	$(BIN)/python -m sphinx -b html -n -W --keep-going -q docs docs/_build/html
	@echo "docs/_build/html/index.html"

lint: $(VENV)/dev ## Check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/dev ## Check types
	$(BIN)/mypy

layers: $(VENV)/dev ## Check which package imports which
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/dev ## Run the benchmarks in tests/benchmarks that need no data from elsewhere
	$(BIN)/python tests/benchmarks/neighbourhood.py
	$(BIN)/python tests/benchmarks/compare.py

format: $(VENV)/dev ## Mend style and formatting
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## Remove everything these commands made
	rm -rf $(VENV) out docs/_build .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1	/' | expand -t 10

# One stamp for each set of packages; a larger set brings the smaller ones.
$(VENV)/core: EXTRAS :=
$(VENV)/dev: EXTRAS := [dev]
$(VENV)/all: EXTRAS := [all,dev]
$(VENV)/dev: SMALLER := $(VENV)/core
$(VENV)/all: SMALLER := $(VENV)/core $(VENV)/dev

$(VENV)/core $(VENV)/dev $(VENV)/all: $(VENV)/made pyproject.toml
	$(PIP) install --quiet --editable '.$(EXTRAS)'
	@touch $(SMALLER) $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "civicvol needs Python 3.11 or later: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@
