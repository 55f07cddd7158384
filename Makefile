# Two commands do everything on a fresh machine: `make site` and `make test`. See README.md.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help site serve check test lint format lock vendor bench bench-builds relevance clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /: /' | awk -F': ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh $(VENV)
	@touch $@

site: $(READY) ## Build the site into site/; OFFLINE=yes for a copy to read without a network
	@$(BIN)/kb build $(if $(OFFLINE),--offline)

serve: $(READY) ## Preview at http://127.0.0.1:8000/, renewed as you save
	@$(BIN)/kb serve

check: $(READY) ## Check every record; FORMAT=github for annotations on the lines
	@$(BIN)/kb check $(if $(FORMAT),--format $(FORMAT))

lint: $(READY) ## Style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: lint ## Everything that must hold: style, types, units, the real library, a real browser
	@sh scripts/chromium.sh $(VENV)
	@REWIRE_CHROMIUM="$$(cat $(VENV)/chromium)" $(BIN)/pytest -n auto --reruns 1

relevance: $(READY) ## Measure whether a search finds the right page, beside two other searches
	@sh scripts/chromium.sh $(VENV)
	@REWIRE_CHROMIUM="$$(cat $(VENV)/chromium)" $(BIN)/python -m tests.benchmarks.relevance

bench: $(READY) ## Measure what one more record costs, beside one more MkDocs page
	@$(BIN)/python -m tests.benchmarks.growth

bench-builds: $(READY) ## Measure whole builds beside Hugo, Zensical and MkDocs; RECORDS="100 1000" for a short run
	@$(BIN)/python -m tests.benchmarks.builds $(if $(RECORDS),--records $(RECORDS) --ours-only) \
	  --write tests/benchmarks/results.md

format: $(READY) ## Put the code into the project's format, and renew what is derived
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/kb schema --write

lock: $(READY) ## Renew requirements.lock from pyproject.toml
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --group dev --extra zensical --output-file requirements.lock pyproject.toml

vendor: $(READY) ## Renew the vendored browser files from npm
	@$(BIN)/python scripts/vendor.py

clean: ## Remove what was built and installed
	rm -rf $(VENV) .venv-bench site .site.* .cache *.egg-info .pytest_cache .mypy_cache .ruff_cache
