package datastream

import (
	"fmt"
	"time"
)

// QDate is a QDate. The zero value is QDate(), which is null; a null date keeps no day.
type QDate struct {
	JulianDay int64 `json:"julianDay"` // QDate::toJulianDay, counted from 0 on 1 January 4713 BC (Julian); 2440588 is 1 January 1970
	Valid     bool  `json:"valid"`
}

// QTime is a QTime. The zero value is QTime(), which is null; a null time keeps no milliseconds.
type QTime struct {
	Milliseconds int32 `json:"milliseconds"` // since midnight, 0 to 86399999
	Valid        bool  `json:"valid"`
}

const (
	// The days that a QDate can have, and the one that stands for null (minJd, maxJd and nullJd in
	// src/corelib/time/qdatetime.h).
	minJulianDay  = -784350574879
	maxJulianDay  = 784354017364
	nullJulianDay = -1 << 63

	unixJulianDay = 2440588 // 1 January 1970
	secondsPerDay = 24 * 60 * 60

	lastMillisecond = 1000*secondsPerDay - 1
	nullTime        = 0xffffffff
)

// QDateOf returns the day that a calendar in t's location shows at t.
func QDateOf(t time.Time) QDate {
	year, month, day := t.Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return QDate{JulianDay: midnight.Unix()/secondsPerDay + unixJulianDay, Valid: true}
}

// Time returns midnight UTC at the start of the day, for its year, month and day. Like Qt, Go extends the Gregorian
// calendar to all times, but Go has a year 0 where Qt has -1, the year 1 BC. The result is zero for a null date.
func (d QDate) Time() time.Time {
	if !d.Valid {
		return time.Time{}
	}
	return time.Unix((d.JulianDay-unixJulianDay)*secondsPerDay, 0).UTC()
}

// QTimeOf returns the time that a clock in t's location shows at t. What is less than a millisecond is cut off.
func QTimeOf(t time.Time) QTime {
	hour, minute, second := t.Clock()
	return QTime{Milliseconds: int32(((hour*60+minute)*60+second)*1000 + t.Nanosecond()/1e6), Valid: true}
}

// Duration returns the time since midnight, 0 for a null time.
func (t QTime) Duration() time.Duration {
	if !t.Valid {
		return 0
	}
	return time.Duration(t.Milliseconds) * time.Millisecond
}

// AppendQDate appends a QDate. From version 13 on it has 8 bytes. Before, it has 4 and loses what they cannot hold, as in
// Qt: day 0 becomes null, and a day before that or after 4294967295 another day.
func (f Format) AppendQDate(b []byte, d QDate) []byte {
	if f.version() < V5_0 {
		if !d.Valid {
			d.JulianDay = 0
		}
		return f.AppendUint32(b, uint32(d.JulianDay))
	}
	if !d.Valid {
		d.JulianDay = nullJulianDay
	}
	return f.AppendInt64(b, d.JulianDay)
}

// QDate reads a QDate. A day that no QDate can have is an error.
func (r *Reader) QDate() QDate {
	return composite(r, "QDate", func() QDate {
		var day int64
		null := int64(nullJulianDay)
		if r.format.version() < V5_0 {
			day, null = int64(r.Uint32()), 0
		} else {
			day = r.Int64()
		}
		if day == null {
			return QDate{}
		}
		if day < minJulianDay || day > maxJulianDay {
			r.fail("QDate", fmt.Errorf("%w: Julian day %d", ErrCorrupt, day))
		}
		return QDate{day, true}
	})
}

// AppendQTime appends a QTime. Before version 7 null is midnight.
func (f Format) AppendQTime(b []byte, t QTime) []byte {
	switch {
	case t.Valid:
		return f.AppendUint32(b, uint32(t.Milliseconds))
	case f.version() < V4_0:
		return f.AppendUint32(b, 0)
	}
	return f.AppendUint32(b, nullTime)
}

// QTime reads a QTime. Before version 7 midnight reads as null, as in Qt. A time beyond the day is an error.
func (r *Reader) QTime() QTime {
	return composite(r, "QTime", func() QTime {
		ms, null := r.Uint32(), uint32(nullTime)
		if r.format.version() < V4_0 {
			null = 0
		}
		if ms == null {
			return QTime{}
		}
		if ms > lastMillisecond {
			r.fail("QTime", fmt.Errorf("%w: %d milliseconds since midnight", ErrCorrupt, ms))
		}
		return QTime{int32(ms), true}
	})
}
