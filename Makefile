# Two commands on a bare machine with python3 (3.11 or later) and make: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv

# Where Python may keep nothing that it compiled, each process of the tests compiles all of them again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick laws check coverage lock picture golden wheel clean
.DEFAULT_GOAL := help

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: $(VENV)/.runtime  ## the whole path on the sample newsroom, offline; bulletins land in output/
	@$(BIN)/bulletin demo

test: $(VENV)/.dev $(VENV)/.browser $(VENV)/.office $(VENV)/.mailserver $(VENV)/.webserver  ## all tests, on SQLite and on PostgreSQL, and in a browser
	$(BIN)/python -m pytest -q -n auto --dist loadgroup

quick: $(VENV)/.dev  ## the tests that take no time
	$(BIN)/python -m pytest -q -n auto -m "not slow"

laws: $(VENV)/.dev  ## the tests that hold for any input, on twenty times as many inputs
	$(BIN)/python -m pytest -q -n auto --hypothesis-profile=many -m hypothesis

check: $(VENV)/.dev  ## style, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

coverage: $(VENV)/.dev $(VENV)/.browser $(VENV)/.office $(VENV)/.mailserver $(VENV)/.webserver  ## all tests, with the branches that none of them took
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --cov --cov-report=term-missing

golden: $(VENV)/.dev  ## write the golden emails anew; read the difference before you commit it
	$(BIN)/python -m pytest -q tests/render --golden

picture: $(VENV)/.dev  ## make the pictures in docs/ from the demo; needs chromium
	$(BIN)/python docs/make_pictures.py

lock: $(VENV)/.uv  ## make requirements/*.txt again from pyproject.toml
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links requirements/setup.in -o requirements/setup.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/runtime.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --all-extras --group dev -c requirements/runtime.txt -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --extra cluster --extra oidc --extra pdf -c requirements/dev.txt -o requirements/service.txt

wheel: $(VENV)/.uv  ## a wheel in dist/, the starter newsroom inside
	$(UV) build --wheel

clean:  ## remove what make made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# --- set-up: each stamp is made anew when what it came from has changed ---
$(VENV)/.uv: requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "bulletin needs Python 3.11 or later: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "no venv module: install python3-venv, then try again"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements/runtime.txt pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# The pages are tested in Debian's Chromium. Where it cannot be had, those tests are skipped, and say so.
CHROMIUM := { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1

$(VENV)/.browser: $(VENV)/.dev
	@$(CHROMIUM) || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || { \
		echo "Installing Chromium, in which the pages are tested"; \
		{ apt-get install -y -qq chromium || { apt-get update -qq && apt-get install -y -qq chromium; }; } >/dev/null 2>&1; } || true
	@if $(CHROMIUM); then touch $@; else \
		echo "No Chromium here, so the browser tests are skipped; as root: apt-get install chromium"; fi

# What is exported is opened by LibreOffice (without a window) and poppler, and PDF needs Pango; the same holds of them.
OFFICE := libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
HAS_OFFICE := { command -v soffice && command -v pdftotext; } >/dev/null 2>&1

$(VENV)/.office: $(VENV)/.dev
	@$(HAS_OFFICE) || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || { \
		echo "Installing LibreOffice and poppler, which open what is exported"; \
		{ apt-get install -y -qq --no-install-recommends $(OFFICE) \
			|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(OFFICE); }; } >/dev/null 2>&1; } || true
	@if $(HAS_OFFICE); then touch $@; else \
		echo "No LibreOffice here, so its tests are skipped; as root: apt-get install $(OFFICE)"; fi

# Mail is sent through OpenSMTPD, which the tests start for themselves; the same holds of it. Where this machine has a
# mail server of its own, that one stays, for Debian has one at a time.
$(VENV)/.mailserver: $(VENV)/.dev
	@test -x /usr/sbin/smtpd || test -e /usr/sbin/sendmail || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || { \
		echo "Installing OpenSMTPD, through which mail is sent"; \
		{ apt-get install -y -qq --no-install-recommends opensmtpd \
			|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends opensmtpd; }; } >/dev/null 2>&1; } || true
	@if test -x /usr/sbin/smtpd; then touch $@; else \
		echo "No OpenSMTPD here, so its tests are skipped; as root: apt-get install opensmtpd"; fi

# The pages are asked through nginx, which the tests start for themselves; RUNLEVEL=1 has Debian start none of its own.
$(VENV)/.webserver: $(VENV)/.dev
	@test -x /usr/sbin/nginx || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || { \
		echo "Installing nginx, through which the pages are asked"; \
		{ RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx-light \
			|| { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx-light; }; } \
			>/dev/null 2>&1; } || true
	@if test -x /usr/sbin/nginx; then touch $@; else \
		echo "No nginx here, so its tests are skipped; as root: apt-get install nginx-light"; fi
