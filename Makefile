# Two commands matter: `make lab` opens the course, `make test` proves that it works.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
BIN := .venv/bin
ARGS ?=

.PHONY: lab test check build bench pictures locks clean

lab: .venv/lab
	$(BIN)/python -m kit lab $(ARGS)

test: .venv/dev
	$(BIN)/python tests/run.py $(ARGS)

# Lint, architecture, types and the fast tests: under a minute.
check: .venv/dev
	$(BIN)/python tests/run.py --check

build: .venv/dev
	$(BIN)/python tools/kernel/build.py
	$(BIN)/python tools/charts/build.py
	$(BIN)/python -m kit build
	$(BIN)/python -m kit card

bench: .venv/dev
	$(BIN)/python tests/benchmarks/bench.py $(ARGS)

pictures: .venv/dev
	$(BIN)/python tests/fixtures/contact_sheet.py $(ARGS)

# What a learner installs.
.venv/lab: locks/lab.txt
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed')"
	@echo "Making the environment: a minute or two, once. 正在建环境，一两分钟，只此一次。"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r locks/lab.txt
	touch $@

# What the tests need besides.
.venv/dev: .venv/lab locks/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r locks/dev.txt
	$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
	touch $@

# Pins everything again, with uv. The versions that are pinned stay where they still fit.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --extra lab
locks:
	$(COMPILE) -o locks/lab.txt
	$(COMPILE) --extra dev -c locks/lab.txt -o locks/dev.txt \
	  $$(sed -nE 's/^([A-Za-z0-9._-]+)==.*/--no-emit-package \1/p' locks/lab.txt)

clean:
	rm -rf .venv build dist
