VENV ?= .venv
BIN := $(VENV)/bin
TESTS ?=

# the first Python of this machine that is new enough; another one: make PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: setup crawl test check

setup: $(VENV)/.setup  ## make the virtual environment; the targets below do it on first use

$(VENV)/.setup: pyproject.toml
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Broadsheet needs Python 3.11 or newer; found: $$('$(or $(PYTHON),python3)' --version 2>&1)." \
			"Name one with: make PYTHON=/path/to/python" >&2; exit 1; }
	'$(PYTHON)' -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# exit code 3 of a crawl: complete, with rejected pages or the like
crawl: setup  ## crawl the built-in newsroom, or a live site: make crawl SITE=https://example.org
	$(BIN)/scrapy $(if $(SITE),crawl news -a 'site=$(SITE)' || [ $$? = 3 ],demo)

test: setup  ## run the whole suite, or a part of it: make test TESTS=tests/parsers
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadscope --no-loadscope-reorder $(TESTS)

check: setup  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
