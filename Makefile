# Everything that Kutip needs goes into .venv; nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help chat bot test check bench lint types translations lock audit clean

help:
	@echo "make chat    set up, index the documents and chat with them in this terminal"
	@echo "make bot     run the Telegram bot (KUTIP_TELEGRAM_TOKEN in .env)"
	@echo "make test    set up and run all tests"
	@echo "make check   formatting, lint, types and tests: what a change must pass"
	@echo "make bench   measure how fast Kutip is beside sentence-transformers, faiss and others: a few minutes"
	@echo "make lock    write requirements-run.txt again: the exact versions that a server installs"
	@echo "make audit   look for known vulnerabilities in those versions"
	@echo "make clean   remove .venv and build files; the data folder stays"

chat: .venv/installed
	@$(BIN)/kutip chat

bot: .venv/installed
	@$(BIN)/kutip bot

# Four processes at once: with several threads each, these would wait for one another, and spin meanwhile. Hundreds are
# started besides: what Python compiles is kept for them, also where images are built with PYTHONDONTWRITEBYTECODE=1.
test: .venv/installed-dev
	@echo "Running all tests: a few minutes."
	@PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

check: lint types test

bench: .venv/installed-dev
	@$(BIN)/python -m pip install --disable-pip-version-check -q -e '.[dev,bench]' </dev/null >&2
	@$(BIN)/python -m benchmarks.speed --sizes 1000 10000 --questions 30 --askers 1 8 64 --seconds 5

lint: .venv/installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: .venv/installed-dev
	@$(BIN)/mypy

# After a change of what the bot says: fill in what is empty in the .po file, and run it again.
translations: .venv/installed-dev
	@$(BIN)/pybabel -q extract -k _n:1,2 --no-location --omit-header -o build-kutip.pot bot/catalogue.py bot/reasons.py bot/admin_texts.py bot/texts.py
	@$(BIN)/pybabel -q update -i build-kutip.pot -d bot/locales -D kutip --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete --width 110
	@$(BIN)/pybabel -q compile -d bot/locales -D kutip
	@rm build-kutip.pot

# The versions of today, for all platforms and Pythons, with their hashes.
lock: .venv/bin/python
	@$(BIN)/python -m pip install --disable-pip-version-check -q 'uv>=0.9.8' </dev/null >&2
	@{ echo '# The exact versions that a server installs to answer, without what only prepares the model. `make lock` writes this file.'; \
	  $(BIN)/uv -q pip compile pyproject.toml --excludes deploy/only-to-prepare.txt --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links; } >requirements-run.new
	@mv requirements-run.new requirements-run.txt

# It asks a public database, so it needs the network; nothing else does.
audit: .venv/bin/python
	@$(BIN)/python -m pip install --disable-pip-version-check -q pip-audit </dev/null >&2
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements-run.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Kutip needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)." >&2
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python could not make .venv. On Debian: apt install python3-venv" >&2; exit 1; }

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing Kutip and what it needs into .venv: a few minutes the first time." >&2
	@$(BIN)/python -m pip install --disable-pip-version-check -e . </dev/null >&2
	@touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	@echo "Installing Kutip and its test tools into .venv: a few minutes the first time." >&2
	@$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev]' </dev/null >&2
	@touch $@ .venv/installed

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
