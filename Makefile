# make help lists the targets.
GO      ?= go
BUILD   := build
BIN     := $(CURDIR)/$(BUILD)/bin
CACHE   := $(CURDIR)/.cache
LINT    := $(CACHE)/bin/golangci-lint
LINTVER := v2.15.0
ACTIONLINT    := $(CACHE)/bin/actionlint
ACTIONLINTVER := v1.7.12
# Builds of Qt in tests/qt/builds.txt with which the tests are done beside the system's: one of each age. None means all.
QTBUILDS ?= 4.8.7 5.6.0 5.8.0 5.12.10 6.2.4 6.5.3 6.6.0 6.6.3 6.8.3 6.10.3 6.12.0
QTLIBS  := $(BUILD)/qt-libraries
# The same of Windows, run by Wine.
WINDOWS_QTBUILDS ?= 5.15.2-windows 6.5.3-windows 6.6.0-windows 6.8.3-windows 6.12.0-windows
DLLS    := $(BUILD)/qt-dlls
WINE    := $(CACHE)/wine/wine
MATRIX  := $(BUILD)/matrix
# What of the matrix "make test" plays: every peer that is built, and beside Debian's Qt these.
SLICE_QTBUILDS := 6.8.3,6.12.0
# Flags of tests/interop/matrix for "make matrix", such as -all-pairs.
MATRIX_FLAGS ?=
# Other machines whose peers take part: 386 and arm64, and trixie (Debian 13's Qt) when asked for.
MACHINES ?= 386 arm64
STAGE   := $(CURDIR)/$(BUILD)/stage
WINDOWS := $(BUILD)/windows
TOOLCHAIN := $(CURDIR)/cmake/mingw-w64-x86_64.cmake
# Those of the demo where Debian's packages cannot be installed. They need less of the system than later ones.
DEMO_QTBUILDS := 5.15.2 6.6.1
# Those that POSIX objects are measured against, which Debian's are too old for.
BENCH_QTBUILDS := 6.8.3 6.12.0
# And those that ours is measured against in Wine.
BENCH_WINDOWS_QTBUILDS := 5.15.2-windows 6.8.3-windows 6.12.0-windows
# Those whose QDataStream qtcompat/datastream/testdata/vectors has recorded, beside Debian's; with Qt Gui, 400 MB in all.
VECTOR_QTBUILDS := 6.5.3-gui 6.6.3-gui 6.8.3-gui 6.10.3-gui 6.12.0-gui
FUZZTIME ?= 60s
FUZZED  := ./qtcompat/datastream
VETS    := linux/amd64 linux/arm64 linux/386 linux/arm linux/riscv64 windows/amd64 darwin/arm64 freebsd/amd64

export CGO_ENABLED := 0

SHELL       := bash
.SHELLFLAGS := -o pipefail -ec
.NOTPARALLEL:

.PHONY: help demo test bench build qtpeer peers machines capi vectors builds windows wine lint vet unit unit-short unit-windows race fuzz interop matrix dist screenshots deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: qtpeer ## Go and real Qt 5 and Qt 6 share memory, both ways, before your eyes
	@if tests/qt/packages.sh run; then libraries=; else \
		echo "make demo: plays with builds of real Qt instead, downloaded once: $(DEMO_QTBUILDS), 130 MB in all"; \
		libraries=$$($(GO) run ./tests/qt/builds $(DEMO_QTBUILDS)); \
	fi; \
	$(GO) run ./tests/interop/demo -qtpeer $(BIN)/qtpeer $$libraries

test: deps builds wine vet build lint race unit unit-windows interop ## everything; installs and downloads what it needs
	@echo "make test: all passed"

bench: deps build wine ## against real Qt, as ratios
	@cmake --build $(BUILD) --target qtbench
	@libraries=$$($(GO) run ./tests/qt/builds $(BENCH_QTBUILDS) $(BENCH_WINDOWS_QTBUILDS)); \
	$(GO) run ./tests/bench -bin $(BIN) -wine $(WINE) $$libraries

build: qtpeer peers capi windows ## qtpeer, the Qt peers, and libshmbridge with what uses it, into build/bin and build/stage

qtpeer:
	@mkdir -p $(BIN)
	$(GO) build -trimpath -o $(BIN)/qtpeer ./cmd/qtpeer

peers: deps
	@cmake -S . -B $(BUILD) -G Ninja -DSHMBRIDGE_QT_PEERS=ON -DCMAKE_BUILD_TYPE=Release >$(BUILD)/cmake.log || { cat $(BUILD)/cmake.log; exit 1; }
	cmake --build $(BUILD)
	@cmake --install $(BUILD) --prefix $(STAGE) >$(BUILD)/install.log || { cat $(BUILD)/install.log; exit 1; }
	GOARCH=386 $(GO) build -trimpath -o $(BIN)/qtpeer-386 ./cmd/qtpeer

machines: deps qtpeer ## Qt and peers of other machines, MACHINES (386 arm64), once downloaded, into build/bin
	@[ -z "$(MACHINES)" ] || tests/qt/packages.sh machines
	@for m in $(MACHINES); do tests/qt/machines/get.sh $$m; \
		cmake -S tests/qt/machines -B $(BUILD)/machines/$$m -G Ninja --toolchain $(CACHE)/machines/$$m/toolchain.cmake \
			-DCMAKE_BUILD_TYPE=Release -DBIN=$(BIN) >$(BUILD)/machines.log || { cat $(BUILD)/machines.log; exit 1; }; \
		cmake --build $(BUILD)/machines/$$m; done
	GOARCH=arm64 $(GO) build -trimpath -o $(BUILD)/machines/arm64/qtpeer-arm64 ./cmd/qtpeer

capi: peers
	@cmake -S tests/capi -B $(BUILD)/capi -G Ninja -DCMAKE_PREFIX_PATH=$(STAGE) -DCMAKE_RUNTIME_OUTPUT_DIRECTORY=$(BIN) \
		>$(BUILD)/capi.log || { cat $(BUILD)/capi.log; exit 1; }
	cmake --build $(BUILD)/capi

windows: peers ## qtpeer.exe, and shmbridge.dll with what uses it, into build/bin and build/windows/stage
	GOOS=windows GOARCH=amd64 $(GO) build -trimpath -o $(BIN)/qtpeer.exe ./cmd/qtpeer
	GOOS=windows GOARCH=amd64 $(GO) build -trimpath -o $(BIN)/bench.exe ./tests/bench
	@mkdir -p $(WINDOWS)
	@cmake -S . -B $(WINDOWS) -G Ninja --toolchain $(TOOLCHAIN) -DCMAKE_BUILD_TYPE=Release >$(BUILD)/windows.log || { cat $(BUILD)/windows.log; exit 1; }
	cmake --build $(WINDOWS)
	@cmake --install $(WINDOWS) --prefix $(CURDIR)/$(WINDOWS)/stage >$(BUILD)/windows.log || { cat $(BUILD)/windows.log; exit 1; }
	@cmake -S tests/capi -B $(WINDOWS)/capi -G Ninja --toolchain $(TOOLCHAIN) -DCMAKE_PREFIX_PATH=$(CURDIR)/$(WINDOWS)/stage \
		-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=$(BIN) >$(BUILD)/windows.log || { cat $(BUILD)/windows.log; exit 1; }
	cmake --build $(WINDOWS)/capi
	@cmake -S tests/qt/bench/windows -B $(WINDOWS)/qtbench -G Ninja --toolchain $(TOOLCHAIN) -DCMAKE_BUILD_TYPE=Release \
		-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=$(BIN) >$(BUILD)/windows.log || { cat $(BUILD)/windows.log; exit 1; }
	cmake --build $(WINDOWS)/qtbench

vectors: deps peers ## records what QDataStream of real Qt writes, in qtcompat/datastream/testdata/vectors
	cmake --build $(BUILD) --target qtvectors
	libraries=$$($(GO) run ./tests/qt/builds $(VECTOR_QTBUILDS)); \
	$(GO) run ./tests/qt/vectors -bin $(BIN) -w $$libraries

builds: deps ## downloads further builds of real Qt; all of tests/qt/builds.txt for Linux with QTBUILDS=
	@$(GO) run ./tests/qt/builds $(QTBUILDS) >$(QTLIBS)
	@$(GO) run ./tests/qt/builds $(WINDOWS_QTBUILDS) >$(DLLS)

wine: ## Wine, which runs what is built for Windows, into .cache/wine; needs no root
	@GO=$(GO) tests/qt/wine/get.sh

deps:
	@tests/qt/packages.sh test
	@mkdir -p $(BUILD)

vet:
	@for t in $(VETS); do echo "vet $$t"; GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) vet ./... || exit 1; done
	$(GO) vet -tags share ./cmd/qtpeer
	@echo "vet capi"; CGO_ENABLED=1 $(GO) vet ./capi
	@echo "vet capi for Windows"; CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc-posix $(GO) vet ./capi

lint: deps $(LINT) $(ACTIONLINT) ## golangci-lint, with the import rules; shellcheck; actionlint for the workflows
	$(LINT) run
	GOOS=windows $(LINT) run ./bridge/... ./cmd/... ./internal/... ./qtcompat/...
	CGO_ENABLED=1 $(LINT) run ./capi
	shellcheck tests/qt/*.sh tests/qt/*/*.sh tests/qt/wine/wine tests/qt/wine/wineserver packaging/*.sh .ci/run
	$(ACTIONLINT) .github/workflows/*.yml
	tests/qt/packages_test.sh
	tests/qt/machines/get_test.sh
	tests/qt/wine/get_test.sh

$(LINT):
	@echo "installs: golangci-lint $(LINTVER) into $(CACHE), a few minutes, once"
	GOBIN=$(CACHE)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTVER)

$(ACTIONLINT):
	GOBIN=$(CACHE)/bin $(GO) install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINTVER)

race: deps
	CGO_ENABLED=1 $(GO) test -race ./bridge ./internal/sysv ./internal/ipctest ./internal/posix
	CGO_ENABLED=1 $(GO) test -race -short ./qtcompat/...

fuzz: ## the codec's fuzz targets, FUZZTIME (60s) each
	@for f in $$($(GO) test -list '^Fuzz' $(FUZZED) | grep '^Fuzz'); do \
		echo "fuzz $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $(FUZZED) || exit 1; done

unit: deps build builds wine
	$(GO) test ./bridge ./internal/... ./qtcompat/... ./cmd/... ./examples/... ./tests/bench ./tests/qt/builds ./tests/ci ./packaging/...
	$(GO) test -count=1 ./tests/capi
	cmake --build $(BUILD) --target qtvectors qtvariants
	$(GO) test -count=1 ./tests/qt/vectors ./tests/stream
	for qt in 5 6; do tests/qt/platform/compare.sh $(BIN)/qtpeer $(BIN)/qtpeer-qt$$qt; done
	! tests/qt/platform/compare.sh $(BIN)/qtpeer true 2>$(BUILD)/compare.log
	GOARCH=386 $(MAKE) --no-print-directory unit-short
	@# The tests with two users need root: an ordinary user's run has skipped them.
	@[ "$$(id -u)" = 0 ] || $(GO) test -count=1 -exec 'sudo -n' ./bridge ./cmd/qtpeer ./internal/posix ./tests/living

# Whole, datastream takes a minute in Wine. The real Windows Qt of qtpeer's tests are the oldest and the newest; the matrix has all.
unit-windows: build builds wine ## the unit tests as Windows programs, in Wine, with real Windows Qt
	$(GO) test -count=1 ./tests/qt/wine ./tests/qt/wine/forwarder
	GOOS=windows $(GO) test -exec $(WINE) ./internal/win32 ./bridge ./qtcompat/ipckey
	GOOS=windows $(GO) test -short -exec $(WINE) ./qtcompat/datastream
	INTEROP_QT="$$(<$(DLLS))" GOOS=windows $(GO) test -count=1 -exec $(WINE) ./internal/realqt
	INTEROP_QT="$$(sed -n '1p;$$p' $(DLLS))" GOOS=windows $(GO) test -count=1 -exec $(WINE) ./cmd/qtpeer

unit-short: deps ## the unit tests that need no Qt, for GOARCH
	$(GO) test -short ./bridge ./internal/posix ./internal/sysv ./qtcompat/...

interop: build builds wine machines ## the driver, keys and texts with every Qt of QTBUILDS, and a slice of the matrix
	INTEROP_QT="$$(<$(QTLIBS))" $(GO) test -count=1 ./internal/realqt ./cmd/qtpeer
	INTEROP_QT="$$($(GO) run ./tests/qt/builds $$(tr , ' ' <<<$(SLICE_QTBUILDS)))" $(GO) test -count=1 ./tests/living
	INTEROP_QT="$$(<$(QTLIBS))" INTEROP_QT_WINDOWS="$$(<$(DLLS))" $(GO) test -count=1 -timeout 30m -v ./tests/interop/... | grep -vE '^ *(=== |--- PASS)'
	$(GO) build -o $(BIN)/matrix ./tests/interop/matrix
	$(BIN)/matrix -qt $(SLICE_QTBUILDS) -peer '*,!*-arm64,!*-windows'
	$(BIN)/matrix -qt $$(tr ' ' , <<<'$(WINDOWS_QTBUILDS)') -peer '*-windows' -with go-windows
	$(BIN)/matrix -peer 'go,*-arm64' -world systemv-legacy -case 'S1*,K*,L-lock*'

matrix: build wine machines ## every case, between every two peers, with every Qt: README.md's table, and a page, build/matrix/index.html
	@mkdir -p $(MATRIX)
	$(GO) build -o $(BIN)/matrix ./tests/interop/matrix
	status=0; $(BIN)/matrix -qt all $(MATRIX_FLAGS) -o $(MATRIX)/results.json || status=$$?; \
	$(GO) run ./tests/interop/report -readme README.md -html $(MATRIX)/index.html -png $(MATRIX)/matrix.png $(MATRIX)/results.json; \
	exit $$status

dist: deps ## the files of a release, into build/dist, and their test
	packaging/dist.sh $(BUILD)/dist
	packaging/dist_test.sh $(BUILD)/dist

screenshots: qtpeer ## pictures of qtpeer top, into build/screenshots
	@mkdir -p $(BUILD)/screenshots
	$(GO) test -count=1 ./cmd/qtpeer -run TestTop -screenshots $(CURDIR)/$(BUILD)/screenshots

clean: ## remove what was built
	rm -rf $(BUILD) $(CACHE)
