# Everything a person needs to type. `make run` and `make test` need nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test check ui docs lock score clean

help: ## Show what can be typed
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "communique needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.12 run"; exit 1; }
	@echo "Setting up the environment in $(VENV) (once, a few minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

setup: $(READY) ## Make the environment (the other targets do it by themselves)

run: $(READY) ## Run the whole pipeline on raw/ and say what was found
	@$(BIN)/communique run

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY) ## Lint, types, layer rule, SQL style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@cd dbt_project && ../$(BIN)/sqlfluff lint --processes 1 models macros tests

ui: $(READY) ## Open the Dagster UI on http://localhost:3000
	@$(BIN)/communique ui

docs: $(READY) ## Make docs/tables.md and the dbt documentation site anew (after a run)
	@$(BIN)/python -m orchestration.tables_page
	@cd dbt_project && ../$(BIN)/dbt docs generate --quiet

lock: ## Resolve the dependencies of pyproject.toml into requirements.lock (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras --all-extras \
		pyproject.toml -o requirements.lock

score: $(READY) ## Measure the extraction and its parts on the gold files
	@$(BIN)/communique evaluate --write docs/accuracy.md

clean: ## Remove the environment and everything the pipeline wrote; raw/ stays
	@rm -rf $(VENV) warehouse .dagster dbt_project/target dbt_project/logs
