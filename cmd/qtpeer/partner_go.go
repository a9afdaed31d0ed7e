package main

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// goPartner carries out the line protocol with package bridge.
type goPartner struct {
	naming
	flags options
}

func (*goPartner) hello() (implementation, software string) { return "go", version }

func (p *goPartner) setNaming(n naming) error {
	if !isHere(n.family) {
		return errors.ErrUnsupported
	}
	p.naming = n
	return nil
}

func (p *goPartner) setRules(version string) error {
	if version == "" {
		p.flags.rules = ipckey.Rules{}
		return nil
	}
	rules, err := ipckey.RulesOf(version)
	if err != nil {
		return refusal{"Range", err.Error()}
	}
	p.flags.rules = rules
	return nil
}

// derive lets an empty name pass: as with Qt, only its use fails.
func (p *goPartner) derive(kind ipckey.Kind, name string) (ipckey.Key, error) {
	rule := ipckey.Legacy
	if p.safe {
		rule = ipckey.PlatformSafe
	}
	key, err := rule(bridge.Environment(p.flags.bridge()...), kind, name, p.family)
	switch {
	case errors.Is(err, ipckey.ErrEmptyKey):
		return ipckey.Key{Type: p.family}, nil
	case err != nil:
		return key, refusal{"KeyError", err.Error()}
	}
	return key, nil
}

func (p *goPartner) key(kind ipckey.Kind, name string) (native, text string, err error) {
	key, err := p.derive(kind, name)
	return key.Native, key.String(), err
}

func (*goPartner) parse(text string) (key ipckey.Key, canonical string, err error) {
	key, _ = ipckey.Parse(text) // as with Qt, the invalid key is an answer
	return key, key.String(), nil
}

func (p *goPartner) segment(name string) (segment, error) {
	key, err := p.derive(ipckey.Segment, name)
	return &goSegment{key: key, options: p.flags.bridge()}, err
}

func (p *goPartner) nativeSegment(key string) (segment, error) {
	return p.segmentOf(ipckey.Key{Type: p.family, Native: key})
}

func (p *goPartner) textSegment(text string) (segment, error) {
	key, err := ipckey.Parse(text)
	if err != nil {
		return nil, refusal{"KeyError", err.Error()}
	}
	return p.segmentOf(key)
}

// segmentOf refuses the key of another system, as Qt does, and one that no object can have.
func (p *goPartner) segmentOf(key ipckey.Key) (segment, error) {
	switch _, err := bridge.Inspect(key, p.flags.bridge()...); {
	case strings.Contains(key.Native, "\x00"):
		return nil, refusal{"KeyError", key.String() + ": " + ipckey.ErrNUL.Error()}
	case errors.Is(err, errors.ErrUnsupported):
		return nil, refusal{"KeyError", err.Error()}
	}
	return &goSegment{key: key, options: p.flags.bridge()}, nil
}

func (p *goPartner) semaphore(name string, initial int, create bool) (semaphore, error) {
	key, err := p.derive(ipckey.Semaphore, name)
	if err != nil {
		return nil, err
	}
	mode := bridge.OpenExisting
	if create {
		mode = bridge.CreateNew
	}
	s, err := bridge.OpenSemaphore(context.Background(), key, initial, mode, p.flags.bridge()...)
	return goSemaphore{s}, err
}

// format knows what the protocol knows.
func (*goPartner) format(name string) (format, bool) {
	if f, ok := variantFormat(name, int(datastream.Latest), recodeQVariant); ok {
		return f, true
	}
	f, ok := formatNamed(name)
	return f, ok && name != "raw" && name != "hex"
}

func (p *goPartner) probe(kind ipckey.Kind, name string) (bridge.SemaphoreInfo, error) {
	key, err := p.derive(kind, name)
	if err == nil && kind == ipckey.Segment {
		key, err = key.Semaphore(bridge.Environment(p.flags.bridge()...))
	}
	if err != nil {
		return bridge.SemaphoreInfo{}, err
	}
	return bridge.InspectSemaphore(key, p.flags.bridge()...)
}

func (p *goPartner) remove(name string) error {
	key, err := p.derive(ipckey.Segment, name)
	if err != nil {
		return err
	}
	return bridge.Remove(context.Background(), key, p.flags.bridge()...)
}

// names is for systems whose objects are no files that the driver of the conversation could look at itself.
func (*goPartner) names() (names []string, err error) {
	if runtime.GOOS != "windows" {
		return nil, errors.ErrUnsupported
	}
	all, err := bridge.List()
	for _, info := range all {
		if info.Exists {
			names = append(names, info.Key.Native)
		}
		if info.Semaphore.Exists {
			names = append(names, info.Semaphore.Native)
		}
	}
	return names, err
}

// goSegment is a bridge.Segment that can be attached again, and whose lock, like Qt's, is taken once.
type goSegment struct {
	key      ipckey.Key
	options  []bridge.Option
	attached *bridge.Segment // nil when detached
	readOnly bool
	held     bool
}

func (g *goSegment) native() string   { return g.key.Native }
func (g *goSegment) isAttached() bool { return g.attached != nil }
func (g *goSegment) isReadOnly() bool { return g.readOnly }

func (g *goSegment) memory() []byte {
	if g.attached == nil {
		return nil
	}
	return g.attached.Bytes()
}

func access(readOnly bool) bridge.Access {
	if readOnly {
		return bridge.ReadOnly
	}
	return bridge.ReadWrite
}

func (g *goSegment) create(size int64, readOnly bool) error {
	if int64(int(size)) != size {
		return refusal{"InvalidSize", "larger than the address space"}
	}
	options := append([]bridge.Option{bridge.WithAccess(access(readOnly))}, g.options...)
	s, err := bridge.Create(context.Background(), g.key, int(size), options...)
	if err == nil {
		g.attached, g.readOnly = s, readOnly
	}
	return err
}

func (g *goSegment) attach(readOnly bool) error {
	if g.attached != nil {
		return refusal{"AlreadyExists", "already attached"}
	}
	s, err := bridge.Attach(context.Background(), g.key, access(readOnly), g.options...)
	if err == nil {
		g.attached, g.readOnly = s, readOnly
	}
	return err
}

func (g *goSegment) detach() error {
	if g.attached == nil {
		return errNotAttached
	}
	err := g.attached.Detach(context.Background())
	g.attached, g.held = nil, false
	return err
}

func (g *goSegment) lock(ms int64) error {
	if g.attached == nil {
		return refusal{"LockError", "not attached"}
	}
	if g.held {
		return nil
	}
	ctx, cancel := limited(ms)
	defer cancel()
	err := g.attached.Lock(ctx)
	g.held = err == nil
	return err
}

func (g *goSegment) tryLock() (bool, error) {
	if g.attached == nil {
		return false, refusal{"LockError", "not attached"}
	}
	ok, err := g.attached.TryLock()
	g.held = g.held || ok
	return ok, err
}

func (g *goSegment) unlock() error {
	if g.attached == nil {
		return refusal{"NotLocked", "not attached"}
	}
	g.held = false
	return g.attached.Unlock()
}

func (g *goSegment) close() error {
	if g.attached == nil {
		return nil
	}
	return g.detach()
}

type goSemaphore struct{ *bridge.Semaphore }

func (s goSemaphore) acquire(ms int64) error {
	ctx, cancel := limited(ms)
	defer cancel()
	return s.Acquire(ctx)
}

func (s goSemaphore) tryAcquire() (bool, error) { return s.TryAcquire() }
func (s goSemaphore) release(n int) error       { return s.Release(n) }
func (s goSemaphore) close() error              { return s.Close() }

func limited(ms int64) (context.Context, context.CancelFunc) {
	if ms < 0 {
		return context.WithCancel(context.Background())
	}
	return context.WithTimeout(context.Background(), time.Duration(ms)*time.Millisecond)
}
