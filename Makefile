# Everything a person types: `make run` and `make test`; the rest is for those who build it.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= $(firstword $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
VENDOR := src/shuzhi/web/assets/vendor
MESSAGES := $(patsubst %.po,%.mo,$(wildcard src/shuzhi/locale/*/LC_MESSAGES/*.po))
ADDRESS ?= 127.0.0.1:8000

export PYTHONPATH := src
export DJANGO_SETTINGS_MODULE := shuzhi.web.settings

.PHONY: help build setup run test test-unit lint format bench locks messages clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

build: .venv/.base $(VENDOR)/.stamp $(MESSAGES) ## build what serving needs, and no more

setup: build .venv/.dev ## build all that the other commands need (minutes; again: seconds)

run: build ## serve on http://127.0.0.1:8000, with a demo county if there is no database yet
	@$(BIN)/shuzhi demo --if-empty
	@exec $(BIN)/shuzhi serve --address $(ADDRESS)

test: setup ## run all tests, on SQLite and on PostgreSQL, journeys in a browser included
	@$(BIN)/python -m tests $(ARGS)

test-unit: setup ## run what needs no database, server or browser: ARGS="tests/engine -k merkle"
	@$(BIN)/python -m pytest -n 2 -m unit $(ARGS)

lint: setup ## check style, types, layers and structure
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m django makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/structure

format: .venv/.dev ## bring the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## measure against plain baselines: var/bench.json and docs/performance.md
	@$(BIN)/python -m benchmarks $(ARGS)

locks: .venv/.dev ## pin what requirements/*.in and package.json ask for
	for name in base dev spark; do $(BIN)/uv pip compile --no-config --quiet --universal \
	  --python-version 3.11 --generate-hashes --custom-compile-command "make locks" $(ARGS) \
	  --output-file requirements/$$name.txt requirements/$$name.in || exit 1; done
	$(BIN)/python scripts/assets.py lock

messages: .venv/.dev ## collect the sentences on screen for translation (needs GNU gettext)
	cd src/shuzhi && ../../$(BIN)/python -m django makemessages --locale en --no-obsolete --no-location

clean: ## remove what was built; var/ (data and keys) stays
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis \
	  build dist $(VENDOR) $(MESSAGES)
	find src tests benchmarks scripts -name __pycache__ -prune -exec rm -rf {} +

.venv/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (python3 with venv)"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.base: requirements/base.txt | .venv/.python
	@echo "Installing what the product needs (about a minute)"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@echo "Installing what tests and checks need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENDOR)/.stamp: package-lock.json scripts/assets.py | .venv/.base
	@echo "Fetching styles, scripts and fonts"
	@$(BIN)/python scripts/assets.py
	@touch $@

%.mo: %.po | .venv/.base
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
