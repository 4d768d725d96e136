# make test    everything a change must pass; installs what it lacks on Debian as root
# make check   the quick part: formatting, vet, static checks
# make bench   the figures of the README's performance table
# make soak    the program killed a hundred times at each kind of work, asked for
#              twenty minutes while its memory is watched, races on a database, the
#              pages of the work in all six views, and long fuzzing, apart from the
#              tests

GO ?= go
FUZZTIME ?= 10m
KILLS ?= 100
QUESTIONS ?= 10000
SOAK ?= 20m

.PHONY: test check unit race bench soak install build

test: install
	@$(MAKE) --no-print-directory -j3 check unit race

check:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "run gofmt on:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# A collector that waits longer: memory is less scarce than processors.
# The two longest begin first.
unit:
	GOGC=400 .ci/with-postgres $(GO) test -p 3 -timeout 30m ./web ./cmd/gcm ./...

# SQLite's C, turned into Go, is not watched: it would take twice the time.
WATCHED = -race -gcflags='modernc.org/...=-race=false -d=checkptr=0'

# What runs at once without a database; what does with one is in soak.
race:
	$(GO) test $(WATCHED) ./internal/chart ./internal/i18n
	$(GO) test $(WATCHED) -run 'SameBytes|SameTime' ./reports/pdf

install:
	@.ci/install

build:
	$(GO) build -trimpath -o bin/gcm ./cmd/gcm

bench:
	@.ci/install
	$(GO) run ./internal/bench
	.ci/with-postgres $(GO) run ./internal/bench imports
	.ci/with-postgres $(GO) run ./internal/bench requests
	$(GO) test ./indicators/quality -count=1 -run LabelledFaults -v
	$(GO) test ./indicators/exchange -run '^$$' -bench Million -benchtime 1x
	# the collector as gcm serve has it
	GOGC=250 GOMEMLIMIT=400MiB .ci/with-postgres $(GO) test ./web -run '^$$' -bench FullHouse -benchtime 100x

soak: install
	GCM_KILLS=$(KILLS) .ci/with-postgres $(GO) test -count=1 -timeout 2h -run Killed -v ./cmd/gcm
	GCM_VIEWS=all .ci/with-postgres $(GO) test -count=1 -timeout 1h -run Accessible ./web
	GCM_QUESTIONS=$(QUESTIONS) .ci/with-postgres $(GO) test -count=1 -timeout 1h -run TestNoQuestionGetsAnAnswer ./web
	.ci/with-postgres $(GO) test $(WATCHED) -count=1 -timeout 1h -run 'Build|AtOnce|EveryReplica|Cached|Kept|Fifty|SameTime' ./web ./progress ./reports/desk ./internal/...
	$(GO) run ./internal/bench soak $(SOAK)
	.ci/fuzz $(FUZZTIME)
