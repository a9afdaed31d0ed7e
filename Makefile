# make help lists the targets.
GO      ?= go
BUILD   := build
BIN     := $(CURDIR)/$(BUILD)/bin
CACHE   := $(CURDIR)/.cache
LINT    := $(CACHE)/bin/golangci-lint
LINTVER := v2.15.0
VETS    := linux/amd64 linux/arm64 linux/386 linux/arm linux/riscv64 windows/amd64 darwin/arm64 freebsd/amd64

export CGO_ENABLED := 0

SHELL       := bash
.SHELLFLAGS := -o pipefail -ec
.NOTPARALLEL:

.PHONY: help demo test bench build qtpeer peers lint vet unit race interop deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## Go and real Qt 5 and Qt 6 share memory, both ways, before your eyes
	@tests/qt/packages.sh run
	@$(MAKE) --no-print-directory qtpeer
	@$(GO) run ./tests/interop/demo -qtpeer $(BIN)/qtpeer

test: deps vet build lint race unit interop ## everything; installs what it needs
	@echo "make test: all passed"

bench: deps build ## against real Qt, as ratios
	@cmake --build $(BUILD) --target qtbench
	@$(GO) run ./tests/bench -bin $(BIN)

build: qtpeer peers ## qtpeer and the Qt peers into build/bin

qtpeer:
	@mkdir -p $(BIN)
	$(GO) build -trimpath -o $(BIN)/qtpeer ./cmd/qtpeer

peers: deps
	@cmake -S . -B $(BUILD) -G Ninja -DSHMBRIDGE_QT_PEERS=ON -DCMAKE_BUILD_TYPE=Release >$(BUILD)/cmake.log || { cat $(BUILD)/cmake.log; exit 1; }
	cmake --build $(BUILD)

deps:
	@tests/qt/packages.sh test
	@mkdir -p $(BUILD)

vet:
	@for t in $(VETS); do echo "vet $$t"; GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) vet ./... || exit 1; done

lint: deps $(LINT) ## golangci-lint, with the import rules
	$(LINT) run
	shellcheck tests/qt/*.sh .ci/run
	tests/qt/packages_test.sh

$(LINT):
	@echo "installs: golangci-lint $(LINTVER) into $(CACHE), a few minutes, once"
	GOBIN=$(CACHE)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTVER)

race: deps
	CGO_ENABLED=1 $(GO) test -race ./bridge ./internal/sysv ./internal/ipctest ./qtcompat/...

unit:
	$(GO) test ./bridge ./internal/... ./qtcompat/... ./cmd/... ./examples/... ./tests/bench

interop: build ## every case, between every two peers
	$(GO) test -count=1 -v ./tests/interop/... | grep -vE '^ *(=== |--- PASS)'

clean: ## remove what was built
	rm -rf $(BUILD) $(CACHE)
