package main

import (
	"errors"
	"fmt"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// values writes and reads the values of a Qt type, which are JSON on our side.
type values struct {
	datastream.Type
	user datastream.Types // what its QVariants may hold
}

// valuesOf returns the type with a spelling, which what was given.
func (f *streamFlags) valuesOf(what, spelling string) (v values, err error) {
	if v.user, err = f.types(); err != nil {
		return v, err
	}
	if v.Type, err = datastream.ParseType(spelling, v.user); err != nil {
		return v, usage("%s: %w: see the list in --help", what, err)
	}
	return v, nil
}

func (v values) encode(s datastream.Format, text []byte) ([]byte, error) {
	value, err := v.ParseJSON(text)
	if err != nil {
		return nil, err
	}
	return v.Append(s, nil, value)
}

// decode reads what is at the start of mem, and counts the bytes behind it.
func (v values) decode(s datastream.Format, mem []byte) (text []byte, rest int, err error) {
	r := newReader(s, mem)
	r.Define(v.user)
	value := v.Read(r)
	if err := r.Err(); errors.Is(err, datastream.ErrUnknownType) {
		return nil, 0, fmt.Errorf("%w: --define says what a type of the program's own is", err)
	} else if err != nil {
		return nil, 0, err
	}
	text, err = v.AppendJSON(nil, value)
	return text, r.Remaining(), err
}

// format returns the format of the values.
func (v values) format() format {
	return format{
		name:   v.String(),
		stream: true,
		encode: v.encode,
		decode: func(s datastream.Format, mem []byte) ([]byte, error) {
			text, _, err := v.decode(s, mem)
			return text, err
		},
	}
}
