package datastream

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// TimeSpec says in which time zone a QDateTime is, as Qt::TimeSpec does.
type TimeSpec uint8

// The values of Qt::TimeSpec.
const (
	LocalTime     TimeSpec = iota // the zone of the program that reads
	UTC                           // Coordinated Universal Time
	OffsetFromUTC                 // QDateTime.Offset
	TimeZone                      // QDateTime.Zone
)

// UnknownOffset is the Offset of a QDateTime from a stream that says OffsetFromUTC and no more.
const UnknownOffset = math.MinInt32

// QDateTime is a QDateTime. The zero value is QDateTime(), which is null. It is valid if both date and time are.
//
// What a stream has of it depends on the version. The time zone and the offset come with version 15 and later only:
// before, Zone is the invalid one and Offset UnknownOffset. Versions 1 to 6 have no Spec, which is LocalTime then.
// Version 13 has date and time in UTC, all others those of a calendar and a clock in the time zone.
type QDateTime struct {
	Date   QDate     `json:"date"`
	Time   QTime     `json:"time"`
	Spec   TimeSpec  `json:"spec"`
	Offset int32     `json:"offset,omitzero"` // OffsetFromUTC: seconds east of UTC
	Zone   QTimeZone `json:"zone,omitzero"`   // TimeZone
	InUTC  bool      `json:"inUTC,omitzero"`  // Date and Time are in UTC although Spec is another zone, as in version 13
}

// QDateTimeOf returns t as a QDateTime: UTC if that is t's location, OffsetFromUTC otherwise. What is less than a
// millisecond is cut off.
func QDateTimeOf(t time.Time) QDateTime {
	v := QDateTime{Date: QDateOf(t), Time: QTimeOf(t), Spec: UTC}
	if _, offset := t.Zone(); t.Location() != time.UTC {
		v.Spec, v.Offset = OffsetFromUTC, int32(offset)
	}
	return v
}

// IsValid reports whether date and time are valid, as QDateTime::isValid does for times that the zone has.
func (v QDateTime) IsValid() bool { return v.Date.Valid && v.Time.Valid }

// Instant returns the time, in the location that Spec, Offset and Zone give. local is that of LocalTime: time.Local if
// the program that wrote the stream is in the same zone as this one. Of a time that comes twice when clocks are put
// back, or never, it takes what [time.Date] does.
//
// It is an error if v is not valid, or local nil and needed, or the zone one that the package time does not know. Of a
// time with InUTC the zone may be unknown: the result is in UTC then.
func (v QDateTime) Instant(local *time.Location) (time.Time, error) {
	if !v.IsValid() {
		return time.Time{}, errors.New("datastream: a QDateTime without a valid date and time is no instant")
	}
	loc, err := v.location(local)
	switch {
	case v.InUTC && err != nil:
		return v.in(time.UTC), nil
	case v.InUTC:
		return v.in(time.UTC).In(loc), nil
	case err != nil:
		return time.Time{}, err
	}
	return v.in(loc), nil
}

// ToUTC returns v for version 13: the same instant and zone, with date and time in UTC and InUTC. For local and errors
// see [QDateTime.Instant]. A v that is not valid is returned as it is.
func (v QDateTime) ToUTC(local *time.Location) (QDateTime, error) {
	if !v.IsValid() || v.Spec == UTC {
		return v, nil
	}
	t, err := v.Instant(local)
	if err != nil {
		return QDateTime{}, err
	}
	v.Date, v.Time, v.InUTC = QDateOf(t.UTC()), QTimeOf(t.UTC()), true
	return v, nil
}

// in returns the time at which a calendar and a clock in loc show Date and Time.
func (v QDateTime) in(loc *time.Location) time.Time {
	year, month, day := v.Date.Time().Date()
	ms := int(v.Time.Milliseconds)
	return time.Date(year, month, day, 0, 0, ms/1000, ms%1000*1e6, loc)
}

func (v QDateTime) location(local *time.Location) (*time.Location, error) {
	switch {
	case v.Spec == TimeZone:
		return v.Zone.Location(local)
	case v.Spec == OffsetFromUTC && v.Offset == UnknownOffset:
		return nil, errors.New("datastream: the offset of this QDateTime was not in the stream: versions before 15 lack it")
	case v.Spec == OffsetFromUTC:
		return time.FixedZone("", int(v.Offset)), nil
	case v.Spec == UTC:
		return time.UTC, nil
	}
	return QTimeZone{Kind: LocalZone}.Location(local)
}

// AppendQDateTime appends a QDateTime. Before version 15 it loses what [QDateTime] says. On error it returns b as it
// was. The error wraps [errors.ErrUnsupported] if the version needs
//
//   - date and time in UTC, as 13 does, and v has others: use [QDateTime.ToUTC].
//   - those of the zone, as all others do, and v has InUTC.
//   - an Offset, as 15 and later do for OffsetFromUTC, and v has UnknownOffset.
//
// and [ErrCorrupt] if Spec is none of the four.
func (f Format) AppendQDateTime(b []byte, v QDateTime) ([]byte, error) {
	if err := f.checkQDateTime(v); err != nil {
		return b, fmt.Errorf("datastream: cannot write QDateTime: %w", err)
	}
	b = f.AppendQTime(f.AppendQDate(b, v.Date), v.Time)
	switch version := f.version(); {
	case version < V4_0:
		return b, nil
	case version < V5_0 || version == V5_1:
		return append(b, oldSpecs[v.Spec]), nil
	}
	b = append(b, byte(v.Spec))
	switch {
	case f.version() < V5_2:
	case v.Spec == OffsetFromUTC:
		b = f.AppendInt32(b, v.Offset)
	case v.Spec == TimeZone:
		b = f.AppendQTimeZone(b, v.Zone)
	}
	return b, nil
}

// oldSpecs is what versions 7 to 12 and 14 write for a TimeSpec (QDateTimePrivate::Spec in
// src/corelib/time/qdatetime_p.h).
var oldSpecs = [...]byte{LocalTime: 0xff, UTC: 2, OffsetFromUTC: 3, TimeZone: 4}

func (f Format) checkQDateTime(v QDateTime) error {
	another := v.IsValid() && v.Spec != UTC // zone than UTC
	switch version := f.version(); {
	case v.Spec > TimeZone:
		return fmt.Errorf("%w: time spec %d", ErrCorrupt, v.Spec)
	case version == V5_0 && another && !v.InUTC:
		return errNotInUTC
	case version != V5_0 && another && v.InUTC:
		return errInUTC
	case version >= V5_2 && v.Spec == OffsetFromUTC && v.Offset == UnknownOffset:
		return errNoOffset
	}
	return nil
}

var (
	errNotInUTC = fmt.Errorf("%w: stream version 13 has date and time in UTC, these are not: see QDateTime.ToUTC", errors.ErrUnsupported)
	errInUTC    = fmt.Errorf("%w: date and time are in UTC, which only stream version 13 has", errors.ErrUnsupported)
	errNoOffset = fmt.Errorf("%w: the offset from UTC is not known", errors.ErrUnsupported)
)

// QDateTime reads a QDateTime. The time of a valid date is valid, too: a null one is midnight, as in Qt, which before
// version 7 writes midnight so. A TimeSpec that Qt does not write is an error, where Qt takes some other one.
func (r *Reader) QDateTime() QDateTime {
	return composite(r, "QDateTime", func() QDateTime {
		v := QDateTime{Date: r.QDate(), Time: r.QTime()}
		v.Time.Valid = v.Time.Valid || v.Date.Valid
		version := r.format.version()
		switch {
		case version < V4_0:
			return v
		case version < V5_0 || version == V5_1:
			v.Spec = r.oldTimeSpec()
		default:
			v.Spec = r.timeSpec()
		}
		v.InUTC = version == V5_0 && v.Spec != UTC && v.IsValid()
		switch {
		case v.Spec == OffsetFromUTC && version < V5_2:
			v.Offset = UnknownOffset
		case v.Spec == OffsetFromUTC:
			v.Offset = r.Int32()
		case v.Spec == TimeZone && version >= V5_2:
			v.Zone = r.QTimeZone()
		}
		if v.Offset == UnknownOffset && version >= V5_2 {
			r.fail("QDateTime", fmt.Errorf("%w: offset %d from UTC", ErrCorrupt, v.Offset))
		}
		return v
	})
}

func (r *Reader) timeSpec() TimeSpec {
	spec := r.Uint8()
	if TimeSpec(spec) > TimeZone {
		r.fail("QDateTime", fmt.Errorf("%w: time spec %#02x", ErrCorrupt, spec))
	}
	return TimeSpec(spec)
}

// oldTimeSpec reads a QDateTimePrivate::Spec. Qt 4 has two more for local time, without and with daylight saving.
func (r *Reader) oldTimeSpec() TimeSpec {
	switch spec := r.Uint8(); spec {
	case 0xff, 0, 1:
		return LocalTime
	case 2, 3, 4:
		return TimeSpec(spec - 1)
	default:
		r.fail("QDateTime", fmt.Errorf("%w: time spec %#02x", ErrCorrupt, spec))
		return LocalTime
	}
}
