package stream

import (
	"errors"
	"fmt"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// sent has Qt read a value, and compares. An error is about the smallest part of v that has one; it wraps ErrUnsupported if
// the format has no form for the value.
func sent(q *qt, f datastream.Format, v datastream.Variant) error {
	err := sentWhole(q, f, v)
	if err == nil || errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	for _, part := range parts(v) {
		if err := sent(q, f, part); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	return err
}

func sentWhole(q *qt, f datastream.Format, v datastream.Variant) error {
	given, err := f.AppendQVariant(nil, v)
	if err != nil {
		return fmt.Errorf("%+v: cannot write %#v: %w", f, v, err)
	}
	newestFormat := datastream.Format{Version: q.newest}
	newest, err := newestFormat.AppendQVariant(nil, v)
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return fmt.Errorf("%+v: cannot write %#v: %w", newestFormat, v, err)
	}
	a, err := q.ask(f, 0, given, newest)
	if err != nil {
		return fmt.Errorf("%+v: %x: %w", f, given, err)
	}
	if d := mismatch(a.newestText, asRead(newestFormat, v)); len(newest) > 0 && d != "" {
		return fmt.Errorf("%+v: %x\n is not what was to be written: %s", newestFormat, newest, d)
	}
	return check(q, f, a)
}

// check compares what Qt reads from the bytes of an answer with what is read here.
func check(q *qt, f datastream.Format, a answer) error {
	v, err := read(f, a.given)
	if err != nil {
		return err
	}
	if a.status != 0 {
		return fmt.Errorf("%+v: %x\n is %#v; Qt has status %#x", f, a.given, v, a.status)
	}
	v = asRead(f, v)
	if d := mismatch(a.text, v); d != "" {
		return fmt.Errorf("%+v: %x\n %s", f, a.given, d)
	}
	again, err := read(f, a.again)
	if err != nil {
		return fmt.Errorf("written again by Qt: %w", err)
	}
	if d := differs(again, asWritten(q, f, v)); d != "" {
		return fmt.Errorf("%+v: %x\n is written again by Qt as %x\n %s", f, a.given, a.again, d)
	}
	if len(a.newest) == 0 {
		return nil
	}
	return q.checkNewest(f, a, v)
}

// checkNewest compares v, which is what was read from a.given, with what is read from a.newest, in Qt and here.
func (q *qt) checkNewest(f datastream.Format, a answer, v datastream.Variant) error {
	newestFormat := datastream.Format{Version: q.newest}
	newest, err := read(newestFormat, a.newest)
	if err != nil {
		return err
	}
	newest = asRead(newestFormat, newest)
	if d := mismatch(a.newestText, newest); d != "" {
		return fmt.Errorf("%+v: %x\n %s", newestFormat, a.newest, d)
	}
	if differs(v, newest) != "" {
		return nil // the format loses something
	}
	switch a.equal {
	case different:
		return fmt.Errorf("%+v: %x and\n%+v: %x\n are equal here, not for Qt", f, a.given, newestFormat, a.newest)
	case equalValues:
		visit(v, func(part datastream.Variant) { q.compared[spelling(part.Type)] = true })
	}
	return nil
}

// read reads a QVariant, which must be all of b.
func read(f datastream.Format, b []byte) (datastream.Variant, error) {
	r := datastream.NewReader(f, b, datastream.Limits{})
	r.Define(userTypes)
	v := r.QVariant()
	if err := r.Err(); err != nil {
		return v, fmt.Errorf("%+v: %x: %w", f, b, err)
	}
	if r.Remaining() > 0 {
		return v, fmt.Errorf("%+v: %x is read as %#v, %d bytes are left", f, b, v, r.Remaining())
	}
	return v, nil
}

// parts returns the QVariants that a container of them has.
func parts(v datastream.Variant) (parts []datastream.Variant) {
	switch value := v.Value.(type) {
	case []datastream.Variant:
		return value
	case datastream.VariantMap:
		for _, entry := range value {
			parts = append(parts, entry.Second)
		}
	case datastream.QPair[datastream.Variant, datastream.Variant]:
		return []datastream.Variant{value.First, value.Second}
	}
	return parts
}

// visit calls fn for v and each QVariant in it.
func visit(v datastream.Variant, fn func(datastream.Variant)) {
	fn(v)
	for _, part := range parts(v) {
		visit(part, fn)
	}
}
