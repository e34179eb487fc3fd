# Punte: every habit of the project is a target here.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
BUILD := punte/www/static/build/.built
CATALOGUES := $(shell find punte -path "*/locale/*/LC_MESSAGES/django.po")
PORT ?= 8000
# Python, the front end and the machine's packages are set up side by side.
MAKEFLAGS += --jobs=3
# Python keeps what it has read of its modules, whatever the machine says: the suite starts it some hundred times.
unexport PYTHONDONTWRITEBYTECODE
export PUNTE_BEGUN := $(shell date +%s)

.PHONY: run test test-all check bench faults docs lock messages clean machine

run: var/.ready ## Set up what is missing, fill the demonstration once, and serve it
	@PUNTE_DEMONSTRATION=1 $(BIN)/punte demo ready
	@PUNTE_DEMONSTRATION=1 exec $(BIN)/punte serve --port $(PORT)

test: var/.ready-to-test ## The suite: on SQLite, and on PostgreSQL what a database decides
	@scripts/test

test-all: var/.ready-to-test ## Everything on both databases and the large proofs whole, before something is called done
	@scripts/test-all

check: var/.ready-to-test ## Style, types, floors, texts, migrations
	@scripts/check

bench: var/.ready-to-test ## Speed, as ratios beside absolute figures
	@scripts/bench

faults: var/.ready-to-test ## A thousand days in the field over bad lines; PUNTE_FAULTS_SEED begins at another seed
	@PUNTE_FAULTS=$${PUNTE_FAULTS:-1000} $(BIN)/pytest tests/field_faults -n 0

docs: ## Make the pictures of the manual anew
	@PUNTE_PICTURES=1 $(BIN)/pytest tests/journeys -q

messages: var/.ready-to-test ## Bring new texts into the Romanian catalogues
	@$(BIN)/python scripts/messages.py collect

lock: ## Resolve the dependencies anew, without the address of any registry
	$(BIN)/uv pip compile -q --upgrade --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	echo 'pyspark>=4.1' | $(BIN)/uv pip compile -q --upgrade --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header - -o requirements-spark.lock

clean: ## Forget what was made, but not the data
	rm -rf $(VENV) frontend/node_modules punte/www/static/build var/static var/.ready var/.ready-to-test

# The lock of the suite holds that of the product too, so a new machine installs once.
$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "Installing Python packages…"
	@scripts/install $(if $(filter test%,$(MAKECMDGOALS)),requirements-dev.lock,$<)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the tools of the test suite…"
	@scripts/install $<
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	@echo "Installing front-end packages…"
	@cd frontend && npm ci --silent --no-fund --no-audit
	@touch $@

$(BUILD): frontend/node_modules/.installed $(shell find frontend/src frontend/*.ts frontend/*.json -type f 2>/dev/null)
	@echo "Building the front end…"
	@cd frontend && npm run --silent build
	@touch $@

var/.ready: $(VENV)/.installed $(BUILD) $(CATALOGUES) $(shell find punte/www/static -path punte/www/static/build -prune -o -type f -print)
	@mkdir -p var
	@$(BIN)/python scripts/messages.py compile
	@$(BIN)/punte collectstatic --noinput --verbosity 0
	@touch $@

machine: # The packages of Debian that the suite needs
	@source scripts/machine

var/.ready-to-test: $(VENV)/.installed-dev var/.ready | machine
	@touch $@
