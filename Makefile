# Every command that anyone needs. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3) python3.11)
BIN := .venv/bin
READY := .venv/.ready
export OMP_NUM_THREADS ?= 1

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(READY) ## Make .venv with everything pinned, and .venv/bin/dateline in it

$(READY): requirements.txt requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not on the PATH; any of Python 3.11 to 3.13 will do: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  -r requirements.txt -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

.PHONY: run
run: setup ## The main job through Airflow: sample newsroom and archive to published days
	@$(BIN)/python scripts/demo.py

.PHONY: test
test: setup ## All tests, Airflow's among them
	$(BIN)/python -m pytest

.PHONY: test-fast
test-fast: setup ## The tests that need neither Airflow nor much time
	$(BIN)/python -m pytest -m "not airflow and not slow"

.PHONY: check
check: setup ## Format, lint, imports, types, spelling, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/repository/test_imports.py
	$(BIN)/mypy
	$(BIN)/codespell README.md CHANGELOG.md docs dags include plugins scripts
	$(BIN)/python scripts/generate.py --check

.PHONY: docs
docs: setup ## Write docs/datasets and the lock of the contracts anew
	$(BIN)/python scripts/generate.py

.PHONY: format
format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: setup ## CPU per article and step, beside bare trafilatura and spaCy (PAGES=folder of pages)
	$(BIN)/python scripts/bench.py $(PAGES)

.PHONY: faults
faults: setup ## Trials: batches in any order, kills, full disks (small; the scripts take larger numbers)
	$(BIN)/python scripts/faults/order.py --documents 200 --batches 12 --model none
	$(BIN)/python scripts/faults/order.py --documents 400 --days 30 --model none
	$(BIN)/python scripts/faults/kill.py --kills 20 --with-models 2
	$(BIN)/python scripts/faults/full_disk.py --levels 6

.PHONY: dedup-bench
dedup-bench: setup ## CPU of the whole `dateline dedup` beside datasketch doing the same (DOCS=file of JSON lines)
	$(BIN)/python scripts/dedup_bench.py $(DOCS)

.PHONY: cost
cost: setup ## CPU of runner, lake and contracts as a share of the whole (PAGES=folder of pages)
	$(BIN)/python scripts/cost.py $(PAGES)

.PHONY: memory
memory: setup ## Peak memory of each process of a large import, without and with the models (long)
	$(BIN)/python scripts/memory.py 20000 100000 --model none
	$(BIN)/python scripts/memory.py 2000 8000

.PHONY: crawl-bench
crawl-bench: setup ## CPU of the fetch per request beside bare aiohttp, its memory, a kill and a rerun (20,000 pages)
	$(BIN)/python scripts/crawl_bench.py

.PHONY: fuzz
fuzz: setup ## Feed parsers with made-up bytes for ten minutes: feeds, sitemaps, robots, headers, URLs, bodies, pages
	$(BIN)/python scripts/fuzz.py --minutes 10 $(if $(PAGES),--corpus $(PAGES))

# What is measured on a corpus: docs/extraction.md tells what that is.
.PHONY: extraction
extraction: corpus ## How right and how sure the facts of pages are, what each kind of evidence adds (PAGES=corpus)
	$(BIN)/python scripts/extraction_ablation.py $(PAGES)
	$(BIN)/python scripts/extraction_calibration.py $(PAGES)

.PHONY: extract-cost
extract-cost: corpus ## CPU of reading a page beside trafilatura, and of each stage (PAGES=corpus)
	$(BIN)/python scripts/extraction_cost.py $(PAGES) --pages 400
	$(BIN)/python scripts/extraction_cost.py $(PAGES) --pages 400 --rounds 1 --profile

.PHONY: dedup-scale
dedup-scale: setup ## CPU and memory of the search for links: a day against 100,000 and 1,000,000 texts (long)
	$(BIN)/python scripts/dedup_scale.py

.PHONY: dedup-recall
dedup-recall: setup ## Which edited copies are joined, beside MinHash LSH and SimHash (DOCS=JSON lines of texts)
	$(BIN)/python scripts/dedup_recall.py $(DOCS)

.PHONY: hostile
hostile: corpus ## Every page whole and cut off at 20 places: exceptions, slow pages (PAGES=corpus; long)
	$(BIN)/python scripts/hostile_pages.py $(PAGES)

.PHONY: corpus
corpus: setup
	@test -f "$(PAGES)/truth.jsonl" || { echo "PAGES=FOLDER with truth.jsonl is wanted: see docs/extraction.md"; exit 1; }

.PHONY: ui
ui: setup ## Airflow's pages on loopback, no login, with sample news to poll (Ctrl-C ends it)
	@$(BIN)/python scripts/ui.py

.PHONY: newsroom
newsroom: setup ## Serve the sample newsroom on loopback (Ctrl-C ends it)
	$(BIN)/python seeds/newsroom/serve.py --port 8731 --now 2026-03-25T06:00:00Z

.PHONY: init
init: ## Write .env for Docker Compose: secrets, and the sample newsroom switched on
	@scripts/init_env.sh

.PHONY: up
up: engine init ## Airflow and Postgres in Docker, on loopback, with sample news to begin with
	docker compose up --build --detach --wait --wait-timeout 600
	@docker compose port api-server 8080 | sed 's|.*|Airflow: http://&/ (user admin, password: ADMIN_PASSWORD in .env)|'

.PHONY: down
down: engine ## Stop what `make up` started; the volumes stay
	docker compose --profile sample down

.PHONY: engine
engine:
	@docker compose version >/dev/null 2>&1 || { echo "docker compose is wanted (Compose 2.17 or newer): https://docs.docker.com/engine/install/"; exit 1; }
	@docker info >/dev/null 2>&1 || { echo "no Docker engine answers: is it started, and may you use it (group docker)?"; exit 1; }

.PHONY: lock
lock: ## Pin the requirements anew (needs uv)
	scripts/lock.sh
	@echo "commit requirements*.txt"

.PHONY: clean
clean: ## Remove the environment, the sample lake and caches
	rm -rf .venv var data .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
