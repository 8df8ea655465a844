# Only Python >= 3.10 with venv, make and git are assumed; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test external exhaustive lint docs clean

help: ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: .venv/installed ## Run credlint on examples/incidents and show what it finds
	@$(BIN)/credlint check examples/incidents; status=$$?; echo "exit status $$status"; test $$status -eq 1

test: .venv/test ## Run the tests, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/python -m pytest --numprocesses auto -m "not external and not exhaustive" --cov --cov-report=
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='credlint/model/*,credlint/checks/*,credlint/credentials/*'

external: .venv/test ## Run the tests that need a package of another registry (npm)
	$(BIN)/python -m pytest -m external

exhaustive: .venv/test ## Run the longest tests: every change of every example, a thousand generated documents
	CREDLINT_PROPERTY_EXAMPLES=1000 $(BIN)/python -m pytest --numprocesses auto -m "exhaustive or property" tests/metamorphic_test.py tests/properties/deployment_test.py

lint: .venv/lint ## Run ruff, mypy and credlint on this repository
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/credlint check . --extend-exclude examples/incidents

docs: .venv/installed ## Write what is generated from rules/: docs/rules.md, docs/schema, the README table, the trigger words and what is compiled
	$(BIN)/python docs/generate.py
	$(BIN)/python -m credlint.catalogue.compile

clean: ## Remove what the targets above made
	rm -rf .venv .coverage .coverage.* .pytest_cache .hypothesis .mypy_cache .ruff_cache

# pip reads dependency groups since 25.1.
.venv/pip:
	$(PYTHON) -c 'import sys; sys.exit("credlint needs Python 3.10 or later: make PYTHON=...") if sys.version_info < (3, 10) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	touch $@

.venv/installed: .venv/pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/test: .venv/installed
	$(BIN)/python -m pip install --quiet --group test
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --upgrade --target .venv/sources --group sources
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --upgrade --target .venv/chains --group chains
	touch $@

.venv/lint: .venv/installed
	$(BIN)/python -m pip install --quiet --group lint
	touch $@
