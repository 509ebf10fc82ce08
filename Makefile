# One word per job. Each target sets up what it needs in .venv and says so once.

PYTHON  ?= python3
SECONDS ?= 3600
VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check
RUN     := $(VENV)/.run
DEV     := $(VENV)/.dev
FACES   := $(VENV)/.faces
SETUP   := pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test lint bench docs load fuzz fonts lock browser clean conformance
.SUFFIXES:

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "mingtang needs Python 3.11 or later; '$(PYTHON)' is not. Try: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

# The tools' lock holds everything that the run-time lock holds, at the same
# versions, so a tools' environment is a run-time environment too.
$(RUN): requirements/run.lock $(SETUP) | $(BIN)/python
	@{ test $(DEV) -nt requirements/run.lock && test $(DEV) -nt $(SETUP); } || { \
	  echo "Installing what mingtang needs to run"; \
	  $(PIP) --require-hashes -r requirements/run.lock && $(PIP) --no-deps --no-build-isolation -e .; }
	@touch $@

$(DEV): requirements/dev.lock $(SETUP) | $(BIN)/python
	@echo "Installing mingtang with the tools for working on it"
	@$(PIP) --require-hashes -r requirements/dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# Tried once: where the faces cannot be had, the system's fonts serve, and the
# command says so.
$(FACES): tools/fonts | $(BIN)/python
	@sh tools/fonts $(VENV)
	@touch $@

browser:
	@sh tools/apt-needs

run: $(RUN) $(FACES) ## check the sample reports, then start the site with a demonstration
	@mkdir -p out
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/first-check
	@$(BIN)/python manage.py demonstrate

test: $(DEV) $(FACES) browser ## run every test
	@$(BIN)/python -m pytest -n auto

lint: $(DEV) ## check style, types, floors, documents and what must not be tracked
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=tests.web.settings PYTHONPATH=. $(BIN)/python -m django makemigrations --check --dry-run
	@$(BIN)/python -m tools.docs --check
	@$(BIN)/python -m tools.tracked

docs: $(DEV) ## write the generated reference pages anew
	@$(BIN)/python -m tools.docs

conformance: $(DEV) ## pack the sample reports and what must be read of them, for other programs
	@mkdir -p out
	@$(BIN)/python -m tools.conformance out/conformance.zip && echo out/conformance.zip

bench: $(DEV) $(FACES) ## compare speed and memory with other readers, in one run
	@$(BIN)/python -m bench.run

load: $(DEV) ## read many generated reports, open every page on very many, try every right on both databases
	@$(BIN)/python -m bench.load
	@$(BIN)/python -m tests.trials.desk --cases 20000 --database sqlite
	@$(BIN)/python -m tests.trials.annual --cases 20000
	@$(BIN)/python -m tests.trials.portal --database postgresql
	@$(BIN)/python -m tests.trials.documents --documents 100000 --database sqlite
	@$(BIN)/python -m tests.trials.documents --documents 100000 --database postgresql
	@$(BIN)/python -m tests.trials.bringing --documents 100000 --database sqlite
	@$(BIN)/python -m tests.trials.bringing --documents 100000 --database postgresql
	@$(BIN)/python -m tests.trials.searching --entries 100000 --engine embedded
	@$(BIN)/python -m tests.trials.searching --entries 1000000 --engine scaled
	@EVERY_CELL=1 EVERY_DATABASE=1 $(BIN)/python -m pytest -q -n auto tests/web

fuzz: $(DEV) ## look for crashes for SECONDS=3600
	@$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS)

fonts: | $(BIN)/python ## fetch the faces that PDFs are set in, where they are missing
	@sh tools/fonts $(VENV)

lock: $(DEV) ## choose the newest allowed version of every dependency
	@BIN=$(BIN) sh tools/lock

clean: ## remove everything that make made
	rm -rf $(VENV) out build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/*.egg-info
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
