# Two commands: `make deck` builds out/ch4.apkg from source/, `make test` passes the checks. Both make .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: deck test static tests-of-running other-tests clean

deck: .venv/installed
	$(BIN)/deckbuild source/ -o out/ch4.apkg

# Side by side: the tests of running wait for programs that are stopped, half of their time.
test: .venv/installed
	$(MAKE) --jobs=3 --output-sync=target static tests-of-running other-tests

static: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

tests-of-running: .venv/installed
	$(BIN)/pytest tests/run

other-tests: .venv/installed
	$(BIN)/pytest --ignore=tests/run

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[cards,verify,test]'
	touch $@

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
