# Everything sets itself up. `make demo` and `make test` are all a newcomer needs.
# DATABASE=sqlite|postgres chooses the tests' database; a server for it: TAJUK_TEST_POSTGRES=postgres://user@host:5432

SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
DATABASE ?= sqlite
JOBS ?= 2
TAJUK_TEST_POSTGRES ?= postgres://127.0.0.1:5432
export TAJUK_TEST_POSTGRES
# The folder whose settings lint and types are checked with.
PAPER := TAJUK_DIR=$(CURDIR)/tests/paper

.PHONY: help demo test prove lint format bench lock template messages clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

build/run.done: requirements/run.txt pyproject.toml scripts/set_up
	@scripts/set_up run

build/dev.done: requirements/dev.txt pyproject.toml scripts/set_up
	@scripts/set_up dev

demo: build/run.done ## the sample newspaper at http://localhost:8000/ (ARGS="--lan --port 8080 --reset")
	@exec $(BIN)/tajuk demo $(ARGS)

test: build/dev.done ## the tests, on SQLite or with DATABASE=postgres on PostgreSQL (ARGS="-k paywall")
	@scripts/set_up browser || echo "Browser tests are skipped until then."
	@TAJUK_TEST_DATABASE=$(DATABASE) $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not prove" $(ARGS)

prove: build/dev.done ## long drills, fuzz runs and full counts
	@scripts/set_up fuzz || echo "The fuzz runs are skipped until then."
	@TAJUK_TEST_DATABASE=$(DATABASE) $(BIN)/python -m pytest -m prove $(ARGS)

lint: build/dev.done ## lint, format, types, directions of import, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PAPER) $(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet src/tajuk
	npm exec --no --offline -- biome --version >/dev/null 2>&1 || npm install --silent --no-save --no-audit --no-fund
	npm exec --no --offline -- biome lint --error-on-warnings src/tajuk

format: build/dev.done ## format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: build/dev.done ## benchmarks, ratios first (ONLY=newsstand for one family, ROUNDS=3 for a quick look)
	@scripts/set_up bench || echo "What they would measure is skipped until then."
	@$(if $(ROUNDS),ROUNDS=$(ROUNDS)) $(BIN)/python -m benchmarks $(ONLY) $(ARGS)

lock: ## lock requirements/*.in with hashes (needs uv)
	uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/run.in -o requirements/run.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/fuzz.in -o requirements/fuzz.txt

template: build/dev.done ## make the template databases again, after a change of migrations
	$(BIN)/python scripts/make_template.py

messages: build/dev.done ## compile translations, after a change of a .po file
	$(BIN)/python scripts/compile_messages.py

clean: ## take away what was built
	rm -rf .venv build demo node_modules .mypy_cache .ruff_cache .pytest_cache
