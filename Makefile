# Needs Python 3.11 or newer and a package registry; everything else lands in .venv and var.
#
#   make demo           the real data, served on http://localhost:8000 (PORT=8001 make demo)
#   make setup          the same without serving: .venv/bin/python manage.py … works after it
#   make test           tests on SQLite                 (make test ARGS="-k retreat -x")
#   make test-postgres  the same and tests/postgres, on a throw-away PostgreSQL or DATABASE_URL
#   make test-browser   tests/browser, in the system's Chromium
#   make check          lint, formats, import floors, migrations, deployment, API schema
#   make format         write the formats that make check wants
#   make prove          the long proofs at full size, on SQLite and on PostgreSQL, in Chromium,
#                       and the mutants
#   make mutants        take out each access check in turn: a test fails each time
#                       (make mutants ARGS="--sample 20" tries twenty of them)
#   make bench          measure against the limits, on a throw-away PostgreSQL
#   make lock           write both locks anew           (make lock ARGS=--upgrade)

PORT ?= 8000
ARGS ?=

# The first Python that is new enough; `make PYTHON=…` names another.
PYTHON = $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done)
PIP_INSTALL = .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes

# Settings left in the shell are not for these targets; DATABASE_URL reaches PostgreSQL's only.
unexport DJANGO_SETTINGS_MODULE PROVE PYTHONPATH PYTHONHOME DEBUG DEMO TESTING SECRET_KEY ALLOWED_HOSTS
unexport PORT SITE_URL PROXY_COUNT CACHE_URL EMAIL_URL MEDIA_ROOT SECOND_STEP_REQUIRED WRITE_LIMIT
PLAIN = env -u DATABASE_URL
DEMONSTRATION = $(PLAIN) DEMO=1 PORT=$(PORT)
ON_SQLITE = $(PLAIN) TESTING=1 DEMO=0
ON_POSTGRES = env TESTING=1 DEMO=0 .venv/bin/python tests/postgres_server.py --
PRODUCTION = $(PLAIN) DEMO=0 DATABASE_URL=sqlite://:memory: \
	SITE_URL=https://review.example.org ALLOWED_HOSTS=review.example.org \
	SECRET_KEY="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')"
PYTEST = .venv/bin/python -m pytest $(ARGS)
# Of the long proofs these differ with the database; the others run on SQLite, on both in `prove`.
ON_BOTH = tests/proofs/test_killed.py tests/proofs/test_backups.py tests/proofs/test_canaries.py \
	tests/proofs/test_rounds.py
# These measure how soon a server is back, so nothing else runs beside them.
TIMED = tests/proofs/test_killed.py
UNTIMED = --ignore tests/proofs/test_killed.py --ignore tests/postgres/test_restarts.py
MUTANTS = .venv/bin/python -m tests.mutants

.PHONY: help demo setup test test-postgres test-browser check format prove mutants bench lock

help:
	@sed -n 's/^#   //p' Makefile

demo: .venv/.run
	@$(DEMONSTRATION) .venv/bin/python manage.py demo

setup: .venv/.run
	@$(DEMONSTRATION) .venv/bin/python manage.py demo --setup-only

test: .venv/.dev
	$(ON_SQLITE) $(PYTEST) -n auto tests

test-postgres: .venv/.dev
	$(ON_POSTGRES) $(PYTEST) -n auto tests --override-ini norecursedirs="browser bench" \
		$(addprefix --ignore ,$(filter-out $(ON_BOTH),$(wildcard tests/proofs/test_*.py)))

test-browser: .venv/.dev
	$(ON_SQLITE) DJANGO_ALLOW_ASYNC_UNSAFE=1 $(PYTEST) -n auto tests/browser

check: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/djlint templates --check --quiet
	.venv/bin/lint-imports
	@echo "Migrations, deployment and API schema, set up as in production"
	@$(PRODUCTION) .venv/bin/python manage.py makemigrations --check --dry-run
	@$(PRODUCTION) .venv/bin/python manage.py check --deploy --fail-level WARNING
	@$(PRODUCTION) .venv/bin/python manage.py spectacular --validate --fail-on-warn --file /dev/null

format: .venv/.dev
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .
	@.venv/bin/djlint templates --reformat --quiet || .venv/bin/djlint templates --check --quiet

prove: .venv/.dev
	$(ON_SQLITE) PROVE=1 $(PYTEST) -n auto tests/proofs $(UNTIMED)
	$(ON_SQLITE) PROVE=1 $(PYTEST) $(TIMED)
	$(ON_POSTGRES) env PROVE=1 $(PYTEST) -n auto tests/proofs tests/postgres $(UNTIMED)
	$(ON_POSTGRES) env PROVE=1 $(PYTEST) $(TIMED) tests/postgres/test_restarts.py
	$(ON_SQLITE) PROVE=1 DJANGO_ALLOW_ASYNC_UNSAFE=1 $(PYTEST) -n auto tests/browser/test_every_page.py
	$(ON_SQLITE) $(MUTANTS)

mutants: .venv/.dev
	$(ON_SQLITE) $(MUTANTS) $(ARGS)

bench: .venv/.dev
	$(ON_POSTGRES) .venv/bin/python -m tests.bench $(ARGS)

# uv only writes the locks, nothing else needs it: pip install uv
UV ?= uv
LOCK = $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(ARGS)
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

# The environment. The two files say which lock is installed: to run, and to test as well.
.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=…" >&2; exit 1; }
	@echo "Making the environment in .venv, about a minute …"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.lock | .venv/bin/pip
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock requirements.lock | .venv/bin/pip
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch .venv/.run $@
