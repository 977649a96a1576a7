PYTHON ?= python3
BIN := .venv/bin
TESTS ?=

.PHONY: setup crawl test check

setup: .venv/.setup

.venv/.setup: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Broadsheet needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

crawl: setup  ## crawl the built-in newsroom, or a live site: make crawl SITE=https://example.org
	$(BIN)/scrapy $(if $(SITE),crawl news -a site=$(SITE),demo)

test: setup  ## the whole suite, or a part: make test TESTS=tests/parsers
	$(BIN)/python -m pytest $(TESTS)

check: setup  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
