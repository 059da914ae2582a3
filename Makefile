# What people do here, a target each. `make` alone lists them.

PYTHON := .venv/bin/python
ISSUE  ?= issue-2020-02

.DEFAULT_GOAL := help

# What neither `make test` nor `make test-slow` runs.
OTHERS := long or conformance or hostile or batch

# A folder with packages that stand before those of .venv, such as .venv/canary: make render WITH=.venv/canary
WITH   ?=

.PHONY: help packages render pages test test-system canary test-slow test-long test-all lint hooks check conformance \
    hostile hostile-quick bare-debian debian-pages batch-test format bench lock messages guide pictures schema clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-13s %s\n", $$1, $$2 }'

.venv/.ready: requirements.lock pyproject.toml setup.sh
	./setup.sh

packages:  ## install what the tests need of the system (root, apt)
	tools/test-packages

render: .venv/.ready  ## render one issue to dist/: make render ISSUE=issue-2020-02
	$(if $(WITH),PYTHONPATH="$(WITH)") .venv/bin/cstprint render "$(ISSUE)"

pages: .venv/.ready  ## render every issue in three layouts to dist/LAYOUT; their sums stand in dist/pages.sha256
	for layout in newsletter brief bulletin; do \
	    .venv/bin/cstprint batch --all -j2 --layout $$layout -o dist/$$layout || exit; \
	done
	cd dist && sha256sum newsletter/*.pdf brief/*.pdf bulletin/*.pdf > pages.sha256

test: .venv/.ready  ## all tests but the slow ones
	$(PYTHON) -m pytest -q -n auto --dist loadfile -m "not (slow or $(OTHERS))"

test-system: .venv/.ready  ## the part of `make test` that another system may change, and what lays out no pages
	$(PYTHON) -m pytest -q -n auto --dist loadfile -m "(system or not render) and not (slow or $(OTHERS))"

test-slow: .venv/.ready  ## only the slow tests, and a tenth of each large generated set
	$(PYTHON) -m pytest -q -n auto --dist loadfile -m "slow and not ($(OTHERS))"

test-long: .venv/.conformance  ## all of each large generated set (an hour)
	$(PYTHON) -m pytest -q -n auto --dist loadfile -m "long"

test-all: test test-slow  ## all tests

lint: .venv/.ready  ## format, lint, types
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

hooks: .venv/.ready  ## run what .pre-commit-config.yaml runs before a commit, over all files
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .venv/pre-commit pre-commit
	PYTHONPATH=.venv/pre-commit $(PYTHON) -m pre_commit run --all-files --show-diff-on-failure

check: lint  ## format, lint, types, fast tests
	$(PYTHON) -m pytest -q -n auto --dist loadfile -m "not (slow or render or $(OTHERS))"

hostile: .venv/.ready  ## render what attackers would send (ten minutes)
	$(PYTHON) -m pytest -q -m hostile

hostile-quick: .venv/.ready  ## render those of them that end at once, three of four (three minutes)
	$(PYTHON) -m pytest -q -m "hostile and not slow"

bare-debian:  ## run the README's commands in a bare Debian 13 (root, debootstrap)
	tools/bare-debian trixie

debian-pages: pages  ## the same in a bare Debian 13, and the same bytes of every page there (root, debootstrap)
	tools/debian-pages

batch-test: .venv/.ready  ## render a thousand issues, some of them bad (half an hour)
	$(PYTHON) -m pytest -q -m batch

.venv/.conformance: .venv/.ready tests/conformance/requirements.lock
	$(PYTHON) -m venv --clear .venv/conformance
	.venv/conformance/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	    -r tests/conformance/requirements.lock
	touch $@

conformance: .venv/.conformance  ## let veraPDF and outloud judge the PDFs: PDF/A-2a, PDF/UA-1 (needs Java)
	$(PYTHON) -m pytest -q -n 2 --dist loadfile -m "conformance and not long"

format: .venv/.ready  ## format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: .venv/.ready  ## measure against the bare weasyprint command, in pairs
	$(PYTHON) -m tests.bench.cold_render
	$(PYTHON) -m tests.bench.lines
	$(PYTHON) -m tests.bench.line_peers
	$(PYTHON) -m tests.bench.isolation
	$(PYTHON) -m tests.bench.standards
	$(PYTHON) -m tests.bench.batch
	$(PYTHON) -m tests.bench.watch
	$(PYTHON) -m tests.bench.moves
	$(PYTHON) -m tests.bench.warm
	$(PYTHON) -m tests.bench.imports

# A version of WeasyPrint, or main: the branch on which it is developed.
UPSTREAM = https://github.com/Kozea/WeasyPrint/archive/refs/heads/main.zip

canary: .venv/.ready  ## compare a WeasyPrint with the catalogue of replacements: make canary WEASYPRINT=70.1, or =main
ifdef WEASYPRINT
	rm -rf .venv/canary
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-conflicts --target .venv/canary \
	    "weasyprint$(if $(filter main,$(WEASYPRINT)), @ $(UPSTREAM),==$(WEASYPRINT))"
	$(PYTHON) tools/canary.py .venv/canary
else
	$(PYTHON) tools/canary.py $(if $(ACCEPT),--accept)
endif

messages: .venv/.ready  ## collect messages, compile the catalogues, write the list of messages
	$(PYTHON) -m tests.support.catalogues
	$(PYTHON) -m tests.support.messages

pictures: .venv/.ready  ## make the pictures of the documents anew
	$(PYTHON) -m tests.support.layout_pictures

guide: .venv/.ready  ## write the tables of layouts/README.md and README.zh-CN.md anew
	$(PYTHON) -m tests.guide.tables

schema: .venv/.ready  ## write issues/issue.schema.json anew
	.venv/bin/cstprint schema > issues/issue.schema.json

lock: .venv/.ready  ## lock the newest versions that pyproject.toml allows (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --upgrade -q -o requirements.lock
	uv pip compile --group conformance --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --upgrade -q -o tests/conformance/requirements.lock

clean:  ## delete what can be made again
	rm -rf .venv dist .cstprint .mypy_cache .pytest_cache .ruff_cache
