package datastream

import (
	"errors"
	"fmt"
	"reflect"
	"time"
)

// bindTime binds a time.Time to QDateTime.
func bindTime() *binding {
	return &binding{
		name: "QDateTime",
		append: func(f Format, b []byte, v reflect.Value, _ int) ([]byte, error) {
			b, err := f.AppendQDateTime(b, f.dateTimeOf(*v.Addr().Interface().(*time.Time)))
			return b, inner(err)
		},
		read: func(r *Reader, v reflect.Value) { *v.Addr().Interface().(*time.Time) = r.instant() },
	}
}

// dateTimeOf returns the QDateTime of which the version loses no more of t than it must.
func (f Format) dateTimeOf(t time.Time) QDateTime {
	switch version := f.version(); {
	case t.IsZero():
		return QDateTime{}
	case version < V4_0:
		local := t.Local()
		return QDateTime{Date: QDateOf(local), Time: QTimeOf(local)}
	case version < V5_2:
		return QDateTimeOf(t.UTC())
	}
	return QDateTimeOf(t)
}

// instant reads a QDateTime that is an instant, or null.
func (r *Reader) instant() time.Time {
	return composite(r, "QDateTime", func() time.Time {
		v := r.QDateTime()
		if !v.Date.Valid && !v.Time.Valid {
			return time.Time{}
		}
		t, err := v.Instant(time.Local)
		if err != nil {
			r.fail("QDateTime", fmt.Errorf("%w: %w", errors.ErrUnsupported, inner(err)))
		}
		return t
	})
}
