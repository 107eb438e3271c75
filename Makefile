# Two commands matter: `make lab` opens the course, `make test` proves that it works.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
BIN := .venv/bin
ARGS ?=

.PHONY: lab test env build bench pictures clean

lab: env
	$(BIN)/python -m kit lab $(ARGS)

test: env
	$(BIN)/python tests/run.py

build: env
	$(BIN)/python -m kit build
	$(BIN)/python -m kit card

bench: env
	$(BIN)/python tests/benchmarks/bench.py $(ARGS)

pictures: env
	$(BIN)/python tests/contact_sheet.py $(ARGS)

env: .venv/ready

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed')"
	@echo "Making the environment: a minute or two, once. 正在建环境，一两分钟，只此一次。"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv build dist
