# Every command of the project. `make` alone lists them.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8501
# Two workers: browser and database fixtures are started once per worker.
WORKERS ?= 2
BIN := .venv/bin

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## prepare .venv (quick when nothing changed)
	@PYTHON="$(PYTHON)" tools/setup.sh

.PHONY: run
run: setup ## serve the dashboard with the demo portfolio (PORT=8501)
	@exec $(BIN)/holdpoint serve --port "$(PORT)"

.PHONY: test
test: setup ## run the whole test suite (ARGS= goes to pytest)
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

.PHONY: coverage
coverage: setup ## measure what the tests reach, and hold it to its marks
	@$(BIN)/pytest -n $(WORKERS) --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report --include='tracker/domain/*,tracker/scoring/*' --fail-under=100
	@$(BIN)/coverage report --fail-under=95

.PHONY: format
format: setup ## put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: check
check: setup ## everything that is checked without running the program
	@echo "ruff format" && $(BIN)/ruff format --check .
	@echo "ruff check" && $(BIN)/ruff check .
	@echo "pyright" && $(BIN)/pyright
	@echo "lint-imports" && $(BIN)/lint-imports --no-cache --no-logo
	@echo "typos" && $(BIN)/typos
	@echo "structure" && $(BIN)/pytest -q tests/structure

.PHONY: docs
docs: setup ## write the documents that say what the code says
	@$(BIN)/python -m tools.docs

.PHONY: screenshots
screenshots: setup ## photograph every page of the demo into docs/screenshots
	@$(BIN)/python -m tools.screenshots

.PHONY: bench
bench: setup ## measure speed on 10 000 risks (ARGS= such as --risks 1000)
	@$(BIN)/python -m bench $(ARGS)

.PHONY: audit
audit: setup ## known weaknesses of the locked dependencies (asks the network)
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--upgrade --quiet

.PHONY: lock
lock: setup ## renew both locks: newest versions, hashes, no addresses
	@$(BIN)/uv pip compile pyproject.toml $(LOCK_FLAGS) -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock $(LOCK_FLAGS) \
		-o requirements-dev.lock

.PHONY: clean
clean: ## remove what the commands made, .venv too; registers stay
	@rm -rf .venv .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* \
		htmlcov build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
