PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
VENDOR := admin/static/vendor
GOVUK := node_modules/govuk-frontend/dist/govuk
FIGURES := storm killed doubled orders dark-start hostile forged fraud tampered drill defects silence steady alerts
PICKER := node_modules/accessible-autocomplete/dist/accessible-autocomplete

.DEFAULT_GOAL := help
.PHONY: help run setup traces test check lint minutes lock clean assets browser screens site contract fuzz desk scale reports prove bill bench surge volume lasting $(FIGURES)

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

run: .venv/ready  ## from clone to a working service on http://127.0.0.1:$(PORT)
	@$(BIN)/dutyline serve --port $(PORT)

setup: .venv/ready .venv/ready-to-check  ## what run and test need, without starting anything

traces: .venv/ready  ## the packages for traces (DUTYLINE_TRACES_TO), hash-checked
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/traces.lock

test: .venv/ready-to-check  ## one row of each test, a quarter of the long ones: SQLite always, PostgreSQL where it answers; DUTYLINE_TEST_ROWS=all for all
	@DUTYLINE_TEST_ROWS=$${DUTYLINE_TEST_ROWS:-few} $(BIN)/pytest

check: lint test  ## before each commit: lint, types, import contracts, dependencies, tests

lint: .venv/ready-to-check
	@$(BIN)/ruff check --quiet && echo "ruff: no finding"
	@$(BIN)/ruff format --check --quiet && echo "format: as ruff writes it"
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .

minutes: .venv/ready-to-check  ## slow: every minute of 2026-2028 against an independent reading of the hours
	@$(BIN)/pytest -m minutes -o addopts= tests

desk: .venv/ready-to-check  ## slow: 10,000 transfers and as many meetings by the dice, with faults of the telephone company; 300 call-backs by telephone
	@DUTYLINE_STORIES=10000 $(BIN)/pytest -m stories -o addopts= -n 2 -k sqlite tests/desk/test_callbacks_by_phone.py tests/desk/test_transfer_chance.py tests/desk/test_meetings_chance.py

prove: .venv/ready-to-check  ## slow: 100,000 spoilt plans, 1,000 routes against the telephone, 1,000 calls replayed byte for byte
	@DUTYLINE_MUTANTS=100000 DUTYLINE_ROUTES=1000 DUTYLINE_REPLAYS=1000 $(BIN)/pytest -o addopts= -o log_level=WARNING -o timeout=7200 -n 2 \
	  tests/ivr/proof/test_mutants.py tests/ivr/test_route_rings.py tests/rehearsal/test_replay.py

bench: .venv/ready-to-check  ## how fast, beside what: a bare Flask, the documentation's way, a naive design, and ours, in turn in one run
	@$(BIN)/python -m bench

volume: .venv/ready-to-check  ## slow: 153 plans, 100,000 people and ten million events beside a deployment as it is shipped
	@$(BIN)/python -m bench.volume

lasting: .venv/ready-to-check  ## slow: a worker over 100,000 calls, and whether it grows
	@$(BIN)/python -m bench.lasting

surge: .venv/ready-to-check  ## how large it must be for so many calls a second, and what breaks first: simulated from what was measured
	@$(BIN)/python -m bench.surge

storm:  ## slow: 3,000 calls at 5 a second, doubled, shuffled and late, while the database is frozen, killed and locked
killed:  ## slow: 10,000 calls while a worker is killed every 5 seconds
doubled:  ## slow: 5,000 calls, each clean against doubled and concurrent
orders:  ## slow: every order of the status callbacks of twelve shapes of call
dark-start:  ## 500 calls to a service that was started without its database
hostile:  ## slow: a million strings for numbers; webhooks, plans, sheets and names by the hundred thousand
forged:  ## slow: 100,000 forged webhooks, 50,000 replayed ones, 24 honest proxies
fraud:  ## slow: 2,000 destinations that must not be rung, through every door; every extension of a block
tampered:  ## an audit chain altered in 1,000 ways
drill:  ## back up, wipe, restore and drain, by the operator's page
silence:  ## how often the alarm of a silent line cries wolf in a year, and when it notices
steady:  ## slow: ten minutes of long calls (15 to 45 webhooks each), 5 a second on SQLite and 20 on PostgreSQL, and how soon each webhook is answered
alerts:  ## slow: every alert that is shipped fires once for real, in a real Prometheus: a quarter of an hour
defects:  ## slow: 28 defects put into a copy, each of which the suite must find
$(FIGURES): .venv/ready-to-check
	@$(BIN)/python -m tests.reliability $@

fuzz: .venv/ready-to-check  ## slow: 100,000 spoilt directory files through the API, 100,000 hostile names on the pages
	@$(BIN)/pytest -m fuzz -o addopts= -o log_level=WARNING -rP -n 2 tests/fuzz

browser: .venv/ready-to-check  ## every page in a real Chromium: keyboard, axe, 320 pixels, no script
	@command -v chromium >/dev/null || { echo "Installing Chromium ..."; apt-get install -y -qq chromium >/dev/null; }
	@$(BIN)/pytest -m 'not screens' -o addopts= -n 2 --dist loadfile tests/browser

screens: .venv/ready-to-check  ## draw the pictures of docs/screens anew
	@$(BIN)/pytest -m screens -o addopts= tests/browser/test_screens.py

site: .venv/ready-to-check  ## the documentation as a site in site/, its tables asked of the code; a warning is an error
	@rm -rf site && $(BIN)/python docs/ext/terminals.py
	@$(BIN)/python -m sphinx -W --keep-going -q -E -d .venv/doctrees docs site && echo "Built: site/index.html"

assets:  ## the console's style sheet and scripts, by npm (hash-checked); without npm the console works unstyled
	@if ! command -v npm >/dev/null; then echo "npm is not here: the console works, but unstyled."; \
	elif npm ci --ignore-scripts --no-audit --no-fund --silent; then mkdir -p $(VENDOR); \
	  sed -E 's/@font-face\{[^}]*\}//g; s/GDS Transport,//g; s/[a-z-]+:url\([^)]*govuk-crest[^)]*\);?//g; s,/[*/]# sourceMappingURL.*,,' \
	    $(GOVUK)/govuk-frontend.min.css > $(VENDOR)/govuk-frontend.min.css; \
	  sed 's,//# sourceMappingURL.*,,' $(GOVUK)/govuk-frontend.min.js > $(VENDOR)/govuk-frontend.min.js; \
	  cp node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/; \
	  for kind in css js; do sed 's,/[*/]# sourceMappingURL.*,,' $(PICKER).min.$$kind > $(VENDOR)/accessible-autocomplete.min.$$kind; done; \
	else echo "npm could not fetch the console's files: the console works, but unstyled."; fi

contract: .venv/ready-to-check  ## slow: schemathesis over the whole OpenAPI document, all checks, stateful
	@$(BIN)/pytest -m contract -o addopts= -o log_level=WARNING -rP -n 2 tests/contract

reports: .venv/ready-to-check  ## slow: every figure of the reports of 100,000 calls against plain Python over the raw events
	@DUTYLINE_REPORT_CALLS=100000 $(BIN)/pytest -o addopts= -o timeout=3600 -n 2 tests/admin/test_reports.py -k plain_python

scale: .venv/ready-to-check  ## slow: 100,000 people in 2,000 teams, the time of every page, list, search and change
	@$(BIN)/pytest -m scale -o addopts= -s tests/scale

bill: .venv/ready-to-check  ## the bill of materials of what runs (CycloneDX, JSON)
	@$(BIN)/cyclonedx-py requirements --output-format JSON requirements/run.lock

lock: .venv/ready-to-check  ## renew the lock files after a change of pyproject.toml
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra dev --extra postgres --extra traces --extra build -o requirements/dev.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra postgres --extra build -c requirements/dev.lock -o requirements/run.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra postgres --extra traces --extra build -c requirements/dev.lock -o requirements/traces.lock

clean:  ## forget the environment and the caches; var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: requirements/run.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Dutyline runs on (hash-checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(MAKE) --no-print-directory assets
	@touch $@

.venv/ready-to-check: requirements/dev.lock .venv/ready
	@echo "Installing what its tests need (hash-checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
