# A newcomer's two commands: `make run` and `make test`. Needs Python >= 3.11 and a package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLAIM ?= Is it true that Russia (Soviet Union) invaded 1,500,000 square kilometers of China's territory and is never going to return it?
OUT ?= out
GAZETTE := $(shell find gazette -name '*.toml') $(shell find src/metes -name '*.py') $(wildcard src/metes/claims/tables/*.toml) $(wildcard src/metes/base/data/*.parquet)

.PHONY: run test lint bench clean

run: src/metes/_atlas/atlas.json ## check a sentence: make run CLAIM="…"
	@mkdir -p $(OUT)
	@$(BIN)/metes check "$$CLAIM" --map $(OUT)/claim.svg --map $(OUT)/claim.png --report $(OUT)/claim.html

test: $(VENV)/.dev src/metes/_atlas/atlas.json ## lint, types, tests
	$(BIN)/metes lint
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(VENV)/.dev src/metes/_atlas/atlas.json ## ratios against peers, in one run
	$(BIN)/python -m bench

$(VENV)/.installed: pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

src/metes/_atlas/atlas.json: $(VENV)/.installed $(GAZETTE)
	@$(BIN)/metes build
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) src/metes/_atlas build dist

export CLAIM
