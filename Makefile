# `make` lists the targets; each sets up what it needs. Python 3.11 or newer and make are enough to build and test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCE ?= source
DIST ?= dist
PORT ?= 8000
# What most changes break first: rules over their tables, one notice as a whole, the command line in one process.
QUICK := $(addprefix tests/test_,architecture.py schema.py findings.py golden.py clauses.py units.py text.py numerals.py validate.py)

.DEFAULT_GOAL := help
.PHONY: help build test quick check fuzz fuzz-files mutants format lint types smoke unchanged golden bench bench-build bench-growth scores diff examples serve lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One virtual environment; the second stamp adds what only tests and checks need to what building needs.
$(VENV)/ready-to-build: requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("gongwen needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: requirements/dev.txt package-lock.json $(VENV)/ready-to-build
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@if command -v npm >/dev/null; then npm ci --silent; else echo "no npm here: the tests that need the TypeScript compiler will be skipped"; fi
	@touch $@

build: $(VENV)/ready-to-build ## read source/ and write dist/ (SOURCE=… DIST=… for other folders)
	$(BIN)/gongwen build $(SOURCE) $(DIST)

test: $(VENV)/ready-to-test ## run the tests
	$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile --no-loadscope-reorder

quick: $(VENV)/ready-to-test ## a subset of the tests in some seconds, for everyday work (the rest: make test)
	$(BIN)/python -m pytest --quiet -x $(QUICK)

fuzz: $(VENV)/ready-to-test ## break texts by chance and look whether the promises hold (SECONDS=60, SEED=0, FOLDERS=of other texts)
	$(BIN)/python tools/fuzz.py --seconds $(or $(SECONDS),60) --seed $(or $(SEED),0) $(FOLDERS)

fuzz-files: $(VENV)/ready-to-test ## spoil files by chance and look whether each ends in a notice or one error (FOLDERS=…, COUNT=1000, SEED=0)
	$(BIN)/python tools/fuzz_files.py --count $(or $(COUNT),1000) --seed $(or $(SEED),0) $(FOLDERS)

mutants: $(VENV)/ready-to-test ## change the code by chance and list what no test notices (COUNT=200, SEED=0, ONLY=part of a path)
	$(BIN)/python tools/mutants.py --count $(or $(COUNT),200) --seed $(or $(SEED),0) $(if $(ONLY),--only "$(ONLY)")

check: test format lint types smoke unchanged ## everything that must be true before a change lands

format: $(VENV)/ready-to-test ## check the formatting (write it with: make format FIX=1)
	$(BIN)/ruff format $(if $(FIX),,--check) parser tests tools bench

lint: $(VENV)/ready-to-test ## check the code for slips
	$(BIN)/ruff check $(if $(FIX),--fix) parser tests tools bench

types: $(VENV)/ready-to-test ## check the types, strictly, over code and tests
	$(BIN)/mypy

smoke: $(VENV)/ready-to-test ## install the wheel elsewhere and use it there
	$(BIN)/python tools/smoke.py

unchanged: $(VENV)/ready-to-build ## build again and compare with the committed dist/
	@rm -rf build/dist && mkdir -p build
	$(BIN)/gongwen build source build/dist --no-cache
	diff -r --exclude='*.parquet' --exclude='*.xlsx' --exclude='*.db' dist build/dist

golden: $(VENV)/ready-to-test ## write the expected results of the golden notices anew: then read the diff
	$(BIN)/python -m pytest --quiet tests/test_golden.py tests/test_diff_docs.py --update-golden
	git status --short -- tests/golden docs/diff.md
	git diff --stat -- tests/golden docs/diff.md

bench: $(VENV)/ready-to-test ## measure the pipeline against its floor, and the repair (CORPUS=folder: the throughput over its files, too)
	$(BIN)/python bench/pipeline.py
	$(BIN)/python bench/repair.py
	$(if $(CORPUS),$(BIN)/python bench/corpus.py $(CORPUS))

bench-build: $(VENV)/ready-to-test ## measure builds of COUNT sources (1000) against an earlier revision, in turns
	$(BIN)/python bench/build.py $(or $(COUNT),1000)

bench-growth: $(VENV)/ready-to-test ## measure how time grows up to a megabyte, for each construct (ONLY=part of a name)
	$(BIN)/python bench/growth.py $(if $(ONLY),--only "$(ONLY)")

scores: $(VENV)/ready-to-test ## score the parser against annotated notices (CORPUS=folder; the coverage of a folder without any) and the diff against generated edits
	$(BIN)/python bench/scores.py $(CORPUS)
	$(BIN)/python bench/diff.py

diff: $(VENV)/ready-to-build ## compare two notices: make diff OLD=a.json NEW=b.json; OLD may be a git revision, as v1:dist/notices/x.json
	@test -n "$(OLD)" -a -n "$(NEW)" || { echo "usage: make diff OLD=file NEW=file; OLD may be REVISION:file"; exit 2; }
	@$(BIN)/gongwen diff "$(OLD)" "$(NEW)" || test $$? = 1

examples: $(VENV)/ready-to-build ## publish the invented notices of examples/ into build/examples
	$(BIN)/gongwen build examples/source build/examples

serve: ## show the site at http://localhost:8000/site/ (PORT=… for another port, DIST=build/examples for the examples)
	@echo "http://localhost:$(PORT)/site/ (PORT=… for another port, Ctrl-C to stop)"
	@$(PYTHON) -m http.server --bind localhost --directory $(DIST) $(PORT)

lock: $(VENV)/ready-to-test ## pin the newest versions of all dependencies
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --upgrade \
		pyproject.toml --extra publish --extra pdf --extra doc --group build --output-file requirements/build.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --upgrade \
		pyproject.toml --extra publish --extra pdf --extra doc --group build --group dev --output-file requirements/dev.txt

clean: ## remove what was made here, but never dist/
	rm -rf $(VENV) build node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
