package main

import (
	"encoding/binary"
	"errors"
	"strconv"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// The verbs of the line protocol on values, inside a segment and outside.

func (s *session) put(a *arguments) ([]string, error) {
	g, data := a.segment(), a.encoded()
	if a.err != nil {
		return nil, a.err
	}
	err := locked(g, func() error {
		mem, err := writable(g, 0, int64(len(g.memory())))
		copy(mem, data)
		return err
	})
	return []string{strconv.Itoa(len(data))}, err
}

func (s *session) get(a *arguments) (value []string, err error) {
	g, f := a.segment(), a.format()
	if a.err != nil {
		return nil, a.err
	}
	err = locked(g, func() error {
		mem, err := window(g, 0, int64(len(g.memory())))
		if err == nil {
			value, err = decoded(f, mem)
		}
		return err
	})
	return value, err
}

func (s *session) add(a *arguments) ([]string, error) {
	g, offset, delta, count := a.segment(), a.number(64), a.number(32), a.number(64)
	if a.err == nil && count < 1 {
		a.fail(misused("COUNT is less than 1"))
	}
	if a.err != nil {
		return nil, a.err
	}
	var value uint32
	once := func() error {
		mem, err := writable(g, offset, 4)
		if err == nil {
			value = binary.NativeEndian.Uint32(mem) + uint32(delta)
			binary.NativeEndian.PutUint32(mem, value)
		}
		return err
	}
	for range count {
		if err := locked(g, once); err != nil {
			return nil, err
		}
	}
	return []string{strconv.Itoa(int(int32(value)))}, nil
}

func (s *session) encode(a *arguments) ([]string, error) {
	return []string{bytesWord(a.encoded())}, a.err
}

func (s *session) decode(a *arguments) ([]string, error) {
	f, data := a.format(), a.bytes()
	if a.err != nil {
		return nil, a.err
	}
	return decoded(f, data)
}

// encoded takes a FORMAT and a VALUE.
func (a *arguments) encoded() []byte {
	f, word := a.format(), a.word()
	if a.err != nil {
		return nil
	}
	valueOf := textOf
	if f.binary {
		valueOf = bytesOf
	}
	value, err := valueOf(word)
	if err != nil {
		a.fail(err)
		return nil
	}
	data, err := f.encode(datastream.Format{}, value)
	if err != nil {
		a.fail(badValue(err))
	}
	return data
}

func decoded(f format, data []byte) ([]string, error) {
	value, err := f.decode(datastream.Format{}, data)
	if err != nil {
		return nil, badValue(err)
	}
	if f.binary {
		return []string{bytesWord(value)}, nil
	}
	return []string{textWord(value)}, nil
}

// badValue is the answer to a value that a format cannot have, unless the format itself cannot be had.
func badValue(err error) error {
	if errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return refusal{"BadData", err.Error()}
}
