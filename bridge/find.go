package bridge

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Find returns the key of the segment that a Qt program of unknown version made of name. It looks at every family that
// this system has and at both ways in which Qt makes a key of a name: that of QSharedMemory(name), and
// platformSafeKey(name) of Qt 6.6 and later.
//
// It fails with fs.ErrNotExist when there is none, and with ErrAmbiguous when there are several; the error lists them.
// Of the options only WithRules matters. Nothing is attached to or changed.
func Find(name string, opts ...Option) (ipckey.Key, error) {
	var found []ipckey.Key
	var errs []error
	candidates, err := candidateKeys(name, opts)
	if err != nil {
		return ipckey.Key{}, wrap("find", ipckey.Key{Type: ipckey.LegacyDefaultType(runtime.GOOS), Legacy: name}, err)
	}
	for _, key := range candidates {
		exists, err := segmentExists(key, opts)
		if exists {
			found = append(found, key)
		} else if err != nil {
			errs = append(errs, wrap("find", key, err))
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0 && len(errs) > 0:
		return candidates[0], errors.Join(errs...)
	case len(found) == 0:
		return candidates[0], wrap("find", candidates[0], notFound(candidates, opts))
	}
	return found[0], wrap("find", found[0], hinted{ErrAmbiguous, "say which by its key: " + list(found)})
}

// notFound explains why none of the candidates exists.
func notFound(candidates []ipckey.Key, opts []Option) error {
	hint := "no program has created it"
	switch candidates[0].Type.Family() {
	case ipckey.FamilySystemV:
		hint += ", or TMPDIR here is not the Qt program's"
	case ipckey.FamilyWindows:
		hint += ", or not in this session"
	}
	if info, err := Inspect(candidates[0], opts...); err == nil && info.KeyFile.Exists {
		hint = hintKeyFileOnly
	}
	return hinted{fmt.Errorf("no such segment: %w", fs.ErrNotExist), hint + "; looked for " + list(candidates)}
}

func segmentExists(key ipckey.Key, opts []Option) (bool, error) {
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err != nil {
		return false, err
	}
	return b.exists(at)
}

// candidateKeys returns the keys that a segment of that name may have, the most likely one first.
func candidateKeys(name string, opts []Option) (keys []ipckey.Key, err error) {
	env := Environment(opts...)
	for _, derive := range []func(ipckey.Env, ipckey.Kind, string, ipckey.Type) (ipckey.Key, error){ipckey.Legacy, ipckey.PlatformSafe} {
		for _, t := range []ipckey.Type{ipckey.LegacyDefaultType(runtime.GOOS), ipckey.DefaultType(runtime.GOOS)} {
			key, deriveErr := derive(env, ipckey.Segment, name, t)
			if deriveErr != nil {
				err = deriveErr
			} else if backends[t.Family()] != nil && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	if len(keys) > 0 {
		err = nil // a name that is none in one form may be one in another
	} else if err == nil {
		err = errors.ErrUnsupported
	}
	return keys, err
}

func list(keys []ipckey.Key) string {
	var texts []string
	for _, key := range keys {
		texts = append(texts, key.String())
	}
	return strings.Join(texts, ", ")
}
