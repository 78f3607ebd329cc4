# Everything goes through SwiftPM; these are the commands worth remembering. Start with `make`.

# The bot that `make run` starts, and its arguments: make run BOT=grid-bot ARGS=configs/grid.yaml
BOT ?= market-maker-bot
ARGS ?=
# Narrows `make test` and `make fuzz` to the tests whose name matches: make test ONLY=QuantitiesTests
ONLY ?=
# Cases per fuzz suite in `make fuzz`; `make test` takes the small number that each suite has by default.
CASES ?= 200000
# How often bots are killed in `make kills`.
KILLS ?= 1000
# How many cores `make sim` uses.
JOBS ?= $(shell nproc)
# Seconds that libFuzzer gets for each reader of bytes from outside in `make fuzz`.
FUZZ_SECONDS ?= 30

# One seed of the simulation, or how many of them; kinds of faults that are left out; seconds of faults.
SEED ?=
SEEDS ?= 200
FROM ?= 1
WITHOUT ?=
SECONDS ?=
# The generation of the interface that is simulated: v1 or v2.
API ?= v1
# Seconds after which no more faults strike, and seeds whose bots are killed at every write of their tapes.
CUT ?=
POINTS ?= 5
# Minutes of `make soak`.
MINUTES ?= 60

# Builds with other flags have their own folders, so that they do not undo the everyday incremental build.
STRICT := --scratch-path .build/strict
RELEASE := --scratch-path .build/release-tests -c release -Xswiftc -enable-testing
THREADS := --scratch-path .build/thread-sanitizer --sanitize=thread
FLOOR := .build/floor
# At most so many tests at a time: those that wait for sockets and processes have their machine's share of the cores.
WIDTH_FLAG := --experimental-maximum-parallelization-width
WIDTH = $(if $(shell swift test --help-hidden 2>/dev/null | grep -e $(WIDTH_FLAG)),$(WIDTH_FLAG) 12)
FORMATTED := $(wildcard Package.swift Sources Strategies Tests Benchmarks)

.DEFAULT_GOAL := help
.PHONY: help run test sim check bench floor fuzz kills soak format docs system-packages

help: ## Show this list
	@echo "Martlet: trading bots in Swift. What you can make:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'

run: system-packages ## Run a bot: make run, or make run BOT=grid-bot ARGS=configs/grid.yaml
	swift run -c release $(BOT) $(ARGS)

test: system-packages ## Run the tests (debug); one part of them: make test ONLY=QuantitiesTests
	swift test --disable-xctest $(WIDTH) $(if $(ONLY),--filter $(ONLY))

sim: system-packages ## Simulate bots through seeded faults: make sim SEEDS=1000, or make sim SEED=17 with what happened
	swift build -c release --product martlet-sim
	.build/release/martlet-sim $(if $(SEED),$(SEED),--seeds $(SEEDS) --from $(FROM) --jobs $(JOBS)) \
		--api $(API) $(if $(WITHOUT),--without $(WITHOUT)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(CUT),--cut $(CUT))
	$(if $(SEED),,.build/release/martlet-sim --kill-points $(POINTS) --api $(API) --jobs $(JOBS))

check: system-packages ## Everything before a merge: format, warnings as errors, tests in release and under TSan
	swift format lint --recursive --strict $(FORMATTED)
	swift build $(STRICT) --build-tests -Xswiftc -warnings-as-errors
	swift test $(RELEASE) --disable-xctest $(WIDTH)
	swift test $(THREADS) --disable-xctest $(WIDTH)

bench: system-packages floor ## Measure against the committed thresholds: make bench ARGS=...
	swift run -c release martlet-bench $(if $(wildcard $(FLOOR)/floor-client),--floor $(FLOOR)) \
		$$(.ci/decode-peer .build/decode-peer) $(ARGS)

# Programs in C that the wire is measured against; without a compiler for C that part is left out.
floor: $(if $(shell command -v $(CC)),$(FLOOR)/floor-peer $(FLOOR)/floor-client)

$(FLOOR)/floor-peer: $(addprefix Benchmarks/floor/,venue.c peer.h)
$(FLOOR)/floor-client: $(addprefix Benchmarks/floor/,books.c dial.c client.h)

$(FLOOR)/floor-%: Benchmarks/floor/%.c Benchmarks/floor/floor.c Benchmarks/floor/floor.h
	@mkdir -p $(FLOOR)
	$(CC) -O2 -Wall -Wextra -o $@ $(filter %.c,$^) -lssl -lcrypto -lz

fuzz: system-packages ## Run the fuzz suites for longer, then libFuzzer: make fuzz CASES=1000000 FUZZ_SECONDS=600
	MARTLET_FUZZ_CASES=$(CASES) swift test $(RELEASE) --disable-xctest --filter $(or $(ONLY),'[Ff]uzz')
	.ci/fuzz $(FUZZ_SECONDS)

kills: system-packages ## Kill bots at random moments beside the local exchange, and compare the books: make kills KILLS=1000
	swift build -c release --product martlet
	.ci/kills --programs .build/release --kills $(KILLS) $(ARGS)

soak: system-packages ## Trade for an hour through faults, and compare memory and books: make soak MINUTES=60
	swift build -c release --product martlet
	.ci/soak --programs .build/release --minutes $(MINUTES) $(ARGS)

format: ## Format the sources in place
	swift format --recursive --in-place $(FORMATTED)

docs: system-packages ## Write the tables of parameters in docs/strategies and draw its pictures anew
	swift build -c release --product martlet
	.build/release/martlet describe --update-docs docs/strategies/*.md
	.ci/draw-strategies .build/release/martlet

system-packages: ## Check for Swift and the system libraries; install the missing ones where that is possible
	@.ci/system-packages
