# Two words to remember: `make demo` shows what it does, `make test` shows that it works. Each makes its own environment.
VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
GRAPH ?= demo/graph
# Tests that start a browser, servers or Spark share them, in one process for the browsers and one for the rest, side by side;
# the others run in one for each core.
SHARING = browser or servers or spark
PARALLEL ?= -n auto --maxprocesses 4 --dist loadfile

.PHONY: demo test check fast bench bench-spark browser machines picture servers spark wheel train quality clean

$(BIN)/kg: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(BIN)/kg  ## Build the example graph, answer a question, write the page.
	mkdir -p demo
	$(BIN)/kg build examples/posts -o $(GRAPH)
	$(BIN)/kg ask leaderboard --benchmark MMLU -g $(GRAPH)
	$(BIN)/kg draw -g $(GRAPH) -o demo/page.html
	@echo "Open demo/page.html in a browser."

test: $(BIN)/kg  ## All tests; those that need a browser, Java or Maven say so when there is none.
	$(BIN)/python -m pytest -m "not ($(SHARING))" $(PARALLEL)
	$(MAKE) --jobs 2 --output-sync=target browser machines

fast: $(BIN)/kg  ## The tests of an ordinary working day.
	$(BIN)/python -m pytest -m "not slow and not ($(SHARING))" $(PARALLEL)

browser: $(BIN)/kg  ## The page in Chromium and Firefox, as far as they are installed.
	$(BIN)/python -m pytest -m browser

picture: demo  ## The pictures in README.
	$(BIN)/python examples/screenshot.py demo/page.html examples/page.png
	$(BIN)/kg draw -g $(GRAPH) --ask leaderboard --benchmark MMLU -o examples/leaderboard.png

machines: $(BIN)/kg  ## The tests that start servers or Spark.
	$(BIN)/python -m pytest -m "servers or spark"

servers: $(BIN)/kg  ## The tests that start Neo4j, Fuseki, Oxigraph and ArcadeDB.
	$(BIN)/python -m pytest -m servers

$(BIN)/spark-submit: $(BIN)/kg
	$(BIN)/python -m pip install --quiet --editable '.[spark]'

spark: $(BIN)/spark-submit  ## The tests on a real Spark of several processes (Java 17; PySpark is half a gigabyte).
	$(BIN)/python -m pytest -m spark

check: $(BIN)/kg  ## Style and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

POSTS ?= examples/posts

bench: $(BIN)/kg  ## Measure: the scripts of benchmarks/, on graphs of 20,000 and 200,000 claims, into docs/performance.md: make bench POSTS="my-posts.jsonl ...".
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks.extraction $(POSTS) -o docs/performance.md
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.push_neo4j
	$(BIN)/python -m benchmarks.push_sparql
	$(BIN)/python -m benchmarks.building $(POSTS) --unchanged 100000 --write
	$(BIN)/python -m benchmarks.streaming --write
	$(BIN)/python -m benchmarks.growth --plot docs/growth.svg --write
	$(BIN)/python -m benchmarks.kills --kills 50 --write
	$(BIN)/python -m benchmarks.fuzz --seconds 60 --write
	$(BIN)/python -m benchmarks.page pages -o docs/performance.md
	$(BIN)/python -m benchmarks.page painters -o docs/performance.md

bench-spark: $(BIN)/spark-submit  ## One core beside Spark: make bench-spark POSTS=posts.jsonl
	$(BIN)/python -m benchmarks.spark $(POSTS) -o docs/performance.md

wheel: $(BIN)/kg  ## The distribution, built and tried in an empty environment.
	sh tests/wheel.sh $(BIN)/python

WRITTEN = $(foreach file,$(wildcard examples/annotated/*.jsonl) examples/gold.jsonl,--written $(file))
SOURCES = tg=telegram pw=papers an=ainews x=projects s=dumps

train: $(BIN)/kg  ## New weights: make train GOLD="my-gold.jsonl ..." UNANNOTATED="posts.jsonl ..."
	$(BIN)/kg train $(GOLD) $(WRITTEN) $(foreach posts,$(UNANNOTATED),--unannotated $(posts)) -o extract

quality: $(BIN)/kg  ## How good on sources left out, into docs/quality.md (a quarter of an hour): make quality GOLD="my-gold.jsonl ...".
	$(BIN)/python benchmarks/left_out_sources.py $(GOLD) $(WRITTEN) $(foreach source,$(SOURCES),--group $(source)) \
		--quick --cache build/quality $(ALSO) -o docs/quality.md

clean:
	rm -rf $(VENV) demo build dist *.egg-info
