# Everything a person or CI types. `make run` and `make test` need nothing but make, git and Debian or Ubuntu.
.PHONY: help run test screens bench prove lock clean
.DEFAULT_GOAL := help
bin := .venv/bin
step = @printf '\n== %s\n' '$(1)'; $(bin)/$(1)

help:   ## list these commands
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run:    ## set up, then run the station; ARGS="--headless --source demo" are its own options
	@tools/setup.sh requirements.txt
	@$(bin)/station run $(ARGS)

# One process more than cores: a test waits a tenth of its time, for a disk, a child or a clock.
test:   ## set up, then style, types, floors and tests; ARGS go to pytest
	@tools/setup.sh requirements-dev.txt
	$(call step,ruff check)
	$(call step,ruff format --check)
	$(call step,mypy --num-workers auto)
	$(call step,lint-imports)
	$(call step,pytest --numprocesses $(shell expr $$(nproc) + 1) --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(ARGS))

screens: ## a picture of every screen, into build/screens; ARGS="--all" every dress, ARGS="--docs" those in docs/images
	@tools/setup.sh requirements-dev.txt
	@$(bin)/python -m tests.screens $(ARGS)

bench:  ## measure beside the peers, into benchmarks/results.md; ARGS="reader" measures one and writes nothing
	@tools/setup.sh requirements-dev.txt
	@$(bin)/python -m benchmarks $(ARGS)

prove:  ## the long rounds of the proofs, going on where they stopped; PART=path or word, FRESH=1, SEED=7
	@tools/setup.sh requirements-dev.txt
	$(call step,pytest --prove --timeout 0 $(if $(FRESH),--fresh) $(if $(SEED),--seed $(SEED)) $(if $(PART),$(if $(wildcard $(PART)),$(PART),-k "$(PART)")))

# No address, path or date goes into a lock. Nothing depends on pyobjc here (it is pyttsx3's, for macOS, 170 packages).
compile = @echo 'setuptools>=77' | env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_FIND_LINKS $(bin)/uv pip compile --no-config --quiet \
	--universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command 'make lock' --excludes .cache/excludes.txt $(ARGS) pyproject.toml -
lock:   ## resolve the dependencies again into both locks; ARGS=--upgrade takes newer versions
	@tools/setup.sh requirements-dev.txt
	@$(bin)/python -m pip install --quiet --disable-pip-version-check uv
	@echo 'resolving the dependencies'; mkdir -p .cache; echo pyobjc >.cache/excludes.txt
	$(compile) --output-file requirements.txt
	$(compile) --output-file requirements-dev.txt --extra dev --constraint requirements.txt

clean:  ## remove what these commands made, except the station's data
	@rm -rf .venv .cache build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +
