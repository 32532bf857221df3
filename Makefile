# Two commands: `make deck` builds out/ch4.apkg from source/, `make test` passes the checks. Both make .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: deck test clean

deck: .venv/installed
	$(BIN)/deckbuild source/ -o out/ch4.apkg

test: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[cards,verify,test]'
	touch $@

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
