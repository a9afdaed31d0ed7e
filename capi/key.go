package main

// #include "capi.h"
import "C"

import (
	"cmp"
	"fmt"
	"runtime"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// key is a shmbridge_key: a key, and the rules by which its objects are named.
type key struct {
	ipckey.Key
	rules ipckey.Rules
}

func (k *key) options(more ...bridge.Option) []bridge.Option {
	return append(more, bridge.WithRules(k.rules))
}

// giveKey makes the key that derive returns for a text and the rules of a version of Qt.
func giveKey(out *handle, text *C.shmbridge_cchar, what string, qtVersion *C.shmbridge_cchar,
	derive func(text string, rules ipckey.Rules) (ipckey.Key, error)) error {
	if out == nil {
		return missing("key")
	}
	name, err := textOf(text, what)
	if err != nil {
		return err
	}
	rules, err := rulesOf(qtVersion)
	if err != nil {
		return err
	}
	k, err := derive(name, rules)
	if err != nil {
		return err
	}
	h, err := handles.add(&key{k, rules})
	if err == nil {
		*out = h
	}
	return err
}

func rulesOf(qtVersion *C.shmbridge_cchar) (rules ipckey.Rules, err error) {
	if qtVersion == nil {
		return rules, nil
	}
	version, err := textOf(qtVersion, "qt_version")
	if err != nil {
		return rules, err
	}
	if rules, err = ipckey.RulesOf(version); err != nil {
		err = problem{C.SHMBRIDGE_E_RANGE, err.Error()}
	}
	return rules, err
}

func kindOf(kind C.int32_t) (ipckey.Kind, error) {
	switch kind {
	case C.SHMBRIDGE_SEGMENT:
		return ipckey.Segment, nil
	case C.SHMBRIDGE_SEMAPHORE:
		return ipckey.Semaphore, nil
	}
	return 0, problem{C.SHMBRIDGE_E_ARGUMENT, fmt.Sprintf("kind is %d: want SHMBRIDGE_SEGMENT or SHMBRIDGE_SEMAPHORE", kind)}
}

// typeOf is a type, or otherwise if it is SHMBRIDGE_TYPE_LEGACY.
func typeOf(t C.int32_t, otherwise ipckey.Type) (ipckey.Type, error) {
	if t < 0 || t > 0xffff || t != 0 && ipckey.Type(t).Family() == ipckey.FamilyNone {
		return 0, problem{C.SHMBRIDGE_E_RANGE, fmt.Sprintf("type %d: want SHMBRIDGE_TYPE_..., or 1 to 255", t)}
	}
	return cmp.Or(ipckey.Type(t), otherwise), nil
}

// deriver is ipckey.Legacy or ipckey.PlatformSafe.
type deriver func(ipckey.Env, ipckey.Kind, string, ipckey.Type) (ipckey.Key, error)

func deriveKey(rule deriver, kind, t C.int32_t, otherwise ipckey.Type) func(string, ipckey.Rules) (ipckey.Key, error) {
	return func(name string, rules ipckey.Rules) (none ipckey.Key, err error) {
		k, err := kindOf(kind)
		if err != nil {
			return none, err
		}
		keyType, err := typeOf(t, otherwise)
		if err != nil {
			return none, err
		}
		return rule(bridge.Environment(bridge.WithRules(rules)), k, name, keyType)
	}
}

//export shmbridgeKeyLegacy
func shmbridgeKeyLegacy(kind C.int32_t, name *C.shmbridge_cchar, t C.int32_t, qtVersion *C.shmbridge_cchar, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveKey(out, name, "name", qtVersion, deriveKey(ipckey.Legacy, kind, t, ipckey.LegacyDefaultType(runtime.GOOS)))
	})
}

//export shmbridgeKeySafe
func shmbridgeKeySafe(kind C.int32_t, name *C.shmbridge_cchar, t C.int32_t, qtVersion *C.shmbridge_cchar, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveKey(out, name, "name", qtVersion, deriveKey(ipckey.PlatformSafe, kind, t, ipckey.DefaultType(runtime.GOOS)))
	})
}

//export shmbridgeKeyParse
func shmbridgeKeyParse(text, qtVersion *C.shmbridge_cchar, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveKey(out, text, "text", qtVersion, func(text string, _ ipckey.Rules) (ipckey.Key, error) {
			k, err := ipckey.Parse(text)
			if err == nil && k.Native == "" {
				err = ipckey.ErrEmptyKey
			}
			if err != nil {
				err = problem{C.SHMBRIDGE_E_KEY, fmt.Sprintf("parse %.80q: %v", text, err)}
			}
			return k, err
		})
	})
}

//export shmbridgeKeyNative
func shmbridgeKeyNative(native *C.shmbridge_cchar, t C.int32_t, qtVersion *C.shmbridge_cchar, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveKey(out, native, "native", qtVersion, func(native string, _ ipckey.Rules) (k ipckey.Key, err error) {
			k.Native = native
			if k.Type, err = typeOf(t, ipckey.LegacyDefaultType(runtime.GOOS)); err == nil && native == "" {
				err = ipckey.ErrEmptyKey
			}
			return k, err
		})
	})
}

//export shmbridgeKeyFind
func shmbridgeKeyFind(name, qtVersion *C.shmbridge_cchar, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveKey(out, name, "name", qtVersion, func(name string, rules ipckey.Rules) (ipckey.Key, error) {
			return bridge.Find(name, bridge.WithRules(rules))
		})
	})
}

//export shmbridgeKeyType
func shmbridgeKeyType(h handle) (t C.int32_t) {
	code := run(nil, func() error {
		return use(h, func(k *key) error {
			t = C.int32_t(k.Type)
			return nil
		})
	})
	return code + t
}

//export shmbridgeKeyFamily
func shmbridgeKeyFamily(h handle) (family C.int32_t) {
	code := run(nil, func() error {
		return use(h, func(k *key) error {
			family = C.int32_t(k.Type.Family())
			return nil
		})
	})
	return code + family
}

func keyText(h handle, buf *C.char, capacity C.size_t, length *C.size_t, err *C.shmbridge_error, text func(*key) string) C.int32_t {
	return run(err, func() error {
		return use(h, func(k *key) error { return giveText(text(k), buf, capacity, length) })
	})
}

//export shmbridgeKeyText
func shmbridgeKeyText(h handle, buf *C.char, capacity C.size_t, length *C.size_t, err *C.shmbridge_error) C.int32_t {
	return keyText(h, buf, capacity, length, err, func(k *key) string { return k.String() })
}

//export shmbridgeKeyNativeName
func shmbridgeKeyNativeName(h handle, buf *C.char, capacity C.size_t, length *C.size_t, err *C.shmbridge_error) C.int32_t {
	return keyText(h, buf, capacity, length, err, func(k *key) string { return k.Native })
}

//export shmbridgeKeyLegacyName
func shmbridgeKeyLegacyName(h handle, buf *C.char, capacity C.size_t, length *C.size_t, err *C.shmbridge_error) C.int32_t {
	return keyText(h, buf, capacity, length, err, func(k *key) string { return k.Legacy })
}

//export shmbridgeKeyClose
func shmbridgeKeyClose(h handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(*key) error {
			if !handles.close(h) {
				return errClosedTwice
			}
			return nil
		})
	})
}
