# Clientele: build, run, test. `make` alone lists what there is.
#
# `make run` and `make test` set up what they need first: on Debian and its relatives with apt-get, elsewhere
# nothing is installed (docs/install.md names what the build needs).

# One set of flags for each kind of build. Another flag, tag or compiler makes the next build start from nothing,
# so change them here and nowhere else.
#
# What the tags leave out: Fyne's check of each call's goroutine, which the race lane makes; its reading of a file beside the program; its emoji of 2016,
# 4 MB, as every desktop has a font of newer ones; pgx' names of types for statements that were not prepared; and HTTP/2, which pages of
# one style sheet and no script gain nothing from.
TAGS      = migrated_fynedo,no_metadata,no_emoji,no_animations,nopgxregisterdefaulttypes,nethttpomithttp2
LDFLAGS   = -s -w -X main.version=$(shell packaging/scripts/version)
# Calls within these are not unfolded, which makes the program smaller: they wait for people.
WAITING   = clientele/views/... github.com/yuin/... google.golang.org/protobuf/... github.com/spf13/...
GCFLAGS   = $(foreach p,$(WAITING),-gcflags=$(p)=-l)
FLAGS     = -buildvcs=false -trimpath -tags $(TAGS) $(GCFLAGS) -ldflags '$(LDFLAGS)'

# Tests need no window: the ci tag puts Fyne's drawing in memory, without C.
# A slow test must not find widgets thrown away that the toolkit takes for forgotten (FYNE_CACHE; see views/viewtest/looks.go).
TEST      = env CGO_ENABLED=0 FYNE_CACHE=24h go test -json -tags ci,migrated_fynedo,nopgxregisterdefaulttypes
# Without migrated_fynedo Fyne tells of each widget that is touched from a wrong goroutine.
RACE      = env CGO_ENABLED=1 FYNE_CACHE=24h go test -json -race -tags ci -timeout 40m
WRONG_THREAD = Error in Fyne call thread
COUNT     = env CGO_ENABLED=0 go run ./packaging/testcount
RESULTS   = build/results

GOFUMPT   = mvdan.cc/gofumpt@v0.12.0
GOLANGCI  = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
ACTIONLINT = github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
CYCLONEDX = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

# clang takes a fourth of gcc's time for the OpenGL bindings. Asked each time, as the set-up may have just installed it.
ifeq ($(origin CC),default)
CC = $(shell command -v clang || echo cc)
endif
export CC

.DEFAULT_GOAL = help

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## Run

.PHONY: run
run: ## set up, build and open the window (ARGS="--data DIR" and others are passed on)
	@packaging/scripts/need-display
	@$(MAKE) --no-print-directory build
	@build/clientele $(ARGS)

.PHONY: build
build: setup-run ## set up and build the program: build/clientele
	CGO_ENABLED=1 go build $(FLAGS) -o build/ .
	@packaging/scripts/guide-pictures build/guide

.PHONY: setup-run setup-test setup-bench setup-packages
setup-run setup-test setup-bench setup-packages: setup-%:
	@packaging/scripts/setup $*

## Test

.PHONY: test
test: setup-test ## set up, then every test: rules, both databases, the build, the program in a real window
	@rm -rf $(RESULTS)
	@$(MAKE) --no-print-directory unit build
	@$(MAKE) --no-print-directory e2e
	@$(MAKE) --no-print-directory total

.PHONY: unit
unit: ## tests that need no window, on SQLite and a private PostgreSQL
	@mkdir -p $(RESULTS)
	@packaging/scripts/with-postgres $(COUNT) -record $(RESULTS)/unit $(TEST) ./...

.PHONY: vault
vault: ## the long counts: 10,000 cards, 200 wrong tries, 500 kills each while the hash changes, while data is migrated, between backups
	env CGO_ENABLED=0 CLIENTELE_CARDS=10000 CLIENTELE_KILLS=500 CLIENTELE_CARD_TRIES=200 go test -count 1 -timeout 3h -v \
		-tags ci,migrated_fynedo,nopgxregisterdefaulttypes \
		-run 'TestChangeHash$$/SQLite|TestClearedCards|TestKillWhileChanging|TestWrongHash/SQLite|TestKillWhileMigrating|TestKillBetweenBackups' ./app ./data

.PHONY: e2e
e2e: build ## the built program, driven by mouse and keyboard in a window of its own
ifneq ($(wildcard e2e/*.go),)
	@mkdir -p $(RESULTS)
	@packaging/scripts/with-screen env CLIENTELE_PROGRAM=$(CURDIR)/build/clientele \
		$(COUNT) -record $(RESULTS)/e2e go test -json -count 1 -tags e2e ./e2e/...
endif

.PHONY: race
race: setup-test ## the tests again, looking for data races and for widgets touched from a wrong goroutine
	@mkdir -p $(RESULTS)
	@packaging/scripts/with-postgres $(COUNT) -record $(RESULTS)/race -forbid '$(WRONG_THREAD)' \
		$(RACE) ./app/... ./data/... ./mail/... ./views/...

.PHONY: total
total: # each test counted once, over all lanes that have run
	@$(COUNT) -total $(RESULTS)/*

ifneq ($(wildcard bench/*.go),)
.PHONY: bench
bench: setup-bench ## the figures of docs/performance.md, as ratios in one run
	bench/run $(ARGS)

.PHONY: bench-window
bench-window: setup-bench setup-test ## the figures that only a window on a screen can show
	bench/window/run $(ARGS)

# The program with a view from inside, and the toolkit's window alone, which it is measured against.
.PHONY: bench-window-programs
bench-window-programs:
	CGO_ENABLED=1 go build $(FLAGS:$(TAGS)=$(TAGS),measured) -o build/clientele-measured .
	CGO_ENABLED=1 go build -trimpath -tags migrated_fynedo,no_metadata -ldflags '-s -w' -o build/probe ./bench/window/probe
endif

ifneq ($(wildcard views/screens/*.go),)
.PHONY: screens
screens: ## docs/screens: pictures of the windows
	go run $(FLAGS) ./views/screens $(ARGS)
endif

.PHONY: fuzz
fuzz: ## each fuzz target for FUZZTIME (30s)
	@packaging/scripts/fuzz

.PHONY: lint
lint: format vet ## formatting, vet, golangci-lint, workflow files, the list of licences
	CGO_ENABLED=0 go run $(GOLANGCI) run
	CGO_ENABLED=0 go run $(ACTIONLINT)
	CGO_ENABLED=0 go run ./packaging/thirdparty -check

.PHONY: format
format: # names the files that gofumpt would change
	@files=$$(CGO_ENABLED=0 go run $(GOFUMPT) -l .) && \
		if [ -n "$$files" ]; then echo "not formatted; run: go run $(GOFUMPT) -w" $$files; exit 1; fi

# Windows and macOS have files of their own, which only vet for these systems reads. What needs C is left out.
.PHONY: vet
vet: # go vet for each system
	CGO_ENABLED=0 go vet -tags ci,migrated_fynedo ./...
	GOOS=windows CGO_ENABLED=0 go vet -tags ci,migrated_fynedo ./...
	GOOS=darwin CGO_ENABLED=0 go vet -tags ci,migrated_fynedo ./app/... ./data/... ./mail/...

## Package

.PHONY: packages
packages: setup-packages ## dist/: .deb, .rpm, portable archives, the Windows installer, the lists of what is in them, SHA256SUMS
	@rm -rf dist
	@$(MAKE) --no-print-directory packages-linux packages-windows sbom
	@packaging/scripts/checksums

.PHONY: packages-linux packages-windows packages-macos
packages-linux: # what Linux installs; position independent, as Debian wants its programs
	CGO_ENABLED=1 go build -buildmode=pie $(FLAGS) -o build/packages/ .
	packaging/scripts/package-linux

packages-windows: # the installer, cross-compiled
	TAGS=$(TAGS) GCFLAGS='$(GCFLAGS)' packaging/scripts/package-windows

packages-macos: # the app and its disk image; on a Mac only
	CGO_ENABLED=1 go build $(FLAGS) -o build/packages/macos/ .
	packaging/scripts/package-macos

.PHONY: test-packages
test-packages: ## checks what is in dist: lints it, installs it, starts it, removes it (needs root; Windows' under wine)
	packaging/scripts/test-packages

# The tool needs no C, but what it lists are the packages of a program that has some.
.PHONY: sbom
sbom: ## dist/…-sbom.cdx.json: what the program is built from, for each system (CycloneDX)
	@mkdir -p dist
	for system in linux windows darwin; do \
		CGO_ENABLED=0 go run -exec "env CGO_ENABLED=1 GOOS=$$system GOFLAGS=-tags=$(TAGS)" $(CYCLONEDX) app -json -licenses -std -main . \
			-output dist/clientele-$(shell packaging/scripts/version)-$$system-sbom.cdx.json || exit 1; done

## Make

.PHONY: licenses
licenses: ## THIRD_PARTY.md and assets/licenses.txt, from the modules that are built in
	CGO_ENABLED=0 go run ./packaging/thirdparty

.PHONY: icons
icons: ## the icon's PNG from its SVG (needs rsvg-convert)
	rsvg-convert -w 512 -h 512 -o assets/icon/clientele-512.png assets/icon/clientele.svg

.PHONY: clean
clean: ## remove what was built (Go's own cache stays)
	rm -rf build dist
