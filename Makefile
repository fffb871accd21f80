# make demo   rehearse the guide: no account, no Pulumi CLI
# make check  what a change usually breaks: style, types, and the tests that are quick; under two minutes
# make test   every check: some ten minutes on two cores
# make soak   every fault at every request of every operation: a part of them, or all with SOAK=full
# make bench  what it costs in requests, round trips and time, beside an empty provider; more with BENCH=--full
# make plugin   the plugin as an archive for `pulumi plugin install --file`, in dist/
# make docs   the site of the documents, in site/: its links checked, its commands tried
# make generate   write the classes, the schema and the reference pages from the declarations
# make lock   renew the locked dependencies (needs uv)

PYTHON ?= python3
BIN := .venv/bin

#: The declarations, their checks, what is generated from them, and the guide on the built-in engine; without what is slow.
SLOW := tests/resources/test_right_inputs.py tests/sdk/test_distribution.py tests/sdk/test_types.py
QUICK := tests/resources tests/settings tests/clients tests/sdk tests/test_layers.py tests/test_problem_sites.py \
	tests/test_spelling.py tests/programs/test_guide.py $(SLOW:%=--ignore=%)

.PHONY: demo check test style plugin generate soak bench docs lock clean

demo: .venv/.ready
	$(BIN)/asgardeo-bijira rehearse .

test: style
	$(BIN)/pytest --numprocesses auto --dist worksteal

check: style
	$(BIN)/pytest --quiet --numprocesses auto --dist worksteal $(QUICK)

style: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

plugin: .venv/.ready
	$(BIN)/python -m tools.plugin_archive

generate: .venv/.ready
	$(BIN)/python -m tools.generate

docs: .venv/.ready
	$(BIN)/mkdocs build --strict
	$(BIN)/pytest --numprocesses auto --dist worksteal tests/documents

soak: .venv/.ready
	$(BIN)/python -m tests.soak $(SOAK)

bench: .venv/.ready
	$(BIN)/python -m benchmarks $(BENCH)

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	@echo "once: making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@echo "once: installing the locked packages into it, a minute or so ($$(grep -c == requirements.lock) of them)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@echo "once: installing this package beside them"
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--all-extras --group dev --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--output-file policy/requirements.lock policy/requirements.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis site
