package main

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

var families = []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime, ipckey.Windows}

func familyNames() (names []string) {
	for _, t := range families {
		names = append(names, t.String())
	}
	return names
}

func familyNamed(name string) (_ ipckey.Type, known bool) {
	i := slices.Index(familyNames(), name)
	if i < 0 {
		return 0, false
	}
	return families[i], true
}

// isHere reports whether this system has objects of the type.
func isHere(t ipckey.Type) bool {
	_, err := bridge.InspectSemaphore(ipckey.Key{Type: t, Native: "/"})
	return !errors.Is(err, errors.ErrUnsupported)
}

// keyType is what --type says.
func (o *options) keyType() (ipckey.Type, error) {
	if o.family == "" {
		return ipckey.LegacyDefaultType(runtime.GOOS), nil
	}
	t, known := familyNamed(o.family)
	if !known {
		return 0, usage("--type %s: want one of %q", o.family, familyNames())
	}
	return t, nil
}

// key returns the key that the flags and the first of args stand for, and the other args.
func (o *options) key(kind ipckey.Kind, args []string) (key ipckey.Key, rest []string, err error) {
	if o.text != "" {
		if key, err = ipckey.Parse(o.text); err != nil {
			err = usage("--key: %w", err)
		}
		return key, args, err
	}
	if len(args) == 0 {
		return key, nil, usage("no NAME: give the string that the Qt program passes to its constructor, or --key")
	}
	t, err := o.keyType()
	if err != nil || o.native {
		return ipckey.Key{Type: t, Native: args[0]}, args[1:], err
	}
	if key, err = ipckey.Legacy(bridge.Environment(o.bridge()...), kind, args[0], t); err != nil {
		err = usage("%w", err)
	}
	return key, args[1:], err
}

// onlyKey is key for verbs that take nothing else.
func (o *options) onlyKey(kind ipckey.Kind, args []string) (ipckey.Key, error) {
	key, rest, err := o.key(kind, args)
	if err == nil && len(rest) > 0 {
		err = usage("unexpected argument %q", rest[0])
	}
	return key, err
}

// existing is onlyKey for a segment that a program has made, in whatever family and form unless the flags say. What it
// took is told if it is not that of QSharedMemory(QString). If there is none, the error is fs.ErrNotExist and the key
// that of what is left of one.
func (o *options) existing(cmd *cobra.Command, args []string) (ipckey.Key, error) {
	usual, err := o.onlyKey(ipckey.Segment, args)
	if err != nil || o.exact() {
		return usual, err
	}
	key, err := o.find(usual)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		key = o.remnant(usual)
	case err == nil && key != usual && !o.json: // its standard error is for one error in JSON
		cmd.PrintErrf("qtpeer: %q is the segment %s\n", usual.Legacy, key)
	}
	return key, err
}

// exact tells whether the flags say which segment of a name is meant.
func (o *options) exact() bool { return o.text != "" || o.native || o.family != "" }

// find looks for a segment that has the name of usual, which is the key of QSharedMemory(QString).
func (o *options) find(usual ipckey.Key) (ipckey.Key, error) {
	key, err := bridge.Find(usual.Legacy, o.bridge()...)
	if errors.Is(err, bridge.ErrAmbiguous) {
		err = fmt.Errorf("%w (--key takes one of them)", err)
	}
	return key, err
}

// remnant returns usual, or the key of the same name in another family if only there a key file or a lock is left.
func (o *options) remnant(usual ipckey.Key) ipckey.Key {
	for _, t := range families {
		key, err := ipckey.Legacy(bridge.Environment(o.bridge()...), ipckey.Segment, usual.Legacy, t)
		if err != nil {
			continue
		}
		if info, _ := bridge.Inspect(key, o.bridge()...); info.KeyFile.Exists || info.Semaphore.Exists {
			return key
		}
	}
	return usual
}

// searched is what err of existing says of the places where no segment was.
func searched(err error) string {
	var e *bridge.Error
	if errors.As(err, &e) && e.Hint != "" {
		return ": " + e.Hint
	}
	return ""
}
