PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run setup test check lint minutes lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

run: .venv/ready  ## from clone to a working service on http://127.0.0.1:$(PORT)
	@$(BIN)/dutyline serve --port $(PORT)

setup: .venv/ready .venv/ready-to-check  ## what run and test need, without starting anything

test: .venv/ready-to-check  ## the whole suite: SQLite always, PostgreSQL where it answers
	@$(BIN)/pytest

check: lint test  ## what CI runs: lint, types, import contracts, dependencies, tests

lint: .venv/ready-to-check
	@$(BIN)/ruff check --quiet && echo "ruff: no finding"
	@$(BIN)/ruff format --check --quiet && echo "format: as ruff writes it"
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .

minutes: .venv/ready-to-check  ## slow: every minute of 2026-2028 against an independent reading of the hours
	@$(BIN)/pytest -m minutes -o addopts= tests

lock: .venv/ready-to-check  ## renew the lock files after a change of pyproject.toml
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra dev --extra postgres --extra build -o requirements/dev.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra postgres --extra build -c requirements/dev.lock -o requirements/run.lock

clean:  ## forget the environment and the caches; var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: requirements/run.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Dutyline runs on (hash-checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/ready-to-check: requirements/dev.lock .venv/ready
	@echo "Installing what its tests need (hash-checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
