package datastream

import (
	"errors"
	"fmt"
	"time"
)

// ZoneKind says which of its constructors made a QTimeZone, for each is written in its own way.
type ZoneKind uint8

// The kinds of QTimeZone. Any other value is NoZone.
const (
	NoZone      ZoneKind = iota // QTimeZone(), which is invalid
	NamedZone                   // QTimeZone("Europe/Paris")
	CustomZone                  // QTimeZone(3600), QTimeZone::utc(), and those with names of the program
	LocalZone                   // QTimeZone(QTimeZone::LocalTime), Qt 6.5 and later
	UTCZone                     // QTimeZone(QTimeZone::UTC), Qt 6.5 and later
	AheadOfZone                 // QTimeZone::fromSecondsAheadOfUtc, Qt 6.5 and later
)

// What Qt writes in place of the name of a zone that has none (src/corelib/time/qtimezone.cpp).
var zoneMarkers = [...]string{
	NoZone:      "-No Time Zone Specified!",
	CustomZone:  "OffsetFromUtc",
	LocalZone:   "QTimeZone::LocalTime",
	UTCZone:     "QTimeZone::UTC",
	AheadOfZone: "AheadOfUtcBy",
}

// QTimeZone is a QTimeZone. The zero value is QTimeZone().
type QTimeZone struct {
	Kind         ZoneKind `json:"kind"`
	ID           string   `json:"id,omitzero"`           // NamedZone: the name in the IANA database; CustomZone: such as "UTC+01:00" or "UTC"
	Offset       int32    `json:"offset,omitzero"`       // CustomZone, AheadOfZone: seconds east of UTC
	Name         string   `json:"name,omitzero"`         // CustomZone
	Abbreviation string   `json:"abbreviation,omitzero"` // CustomZone
	Territory    int32    `json:"territory,omitzero"`    // CustomZone: QLocale::Territory
	Comment      string   `json:"comment,omitzero"`      // CustomZone
}

// Location returns the zone for the package time. For a NamedZone it is an error if that does not know the name, for a
// LocalZone it is local, which must not be nil then.
func (z QTimeZone) Location(local *time.Location) (*time.Location, error) {
	switch z.Kind {
	case NamedZone:
		loc, err := time.LoadLocation(z.ID)
		if err != nil {
			return nil, fmt.Errorf("datastream: cannot find QTimeZone %q: %w", z.ID, err)
		}
		return loc, nil
	case CustomZone, AheadOfZone:
		return time.FixedZone(z.ID, int(z.Offset)), nil
	case UTCZone:
		return time.UTC, nil
	case LocalZone:
		if local != nil {
			return local, nil
		}
		return nil, errNoLocal
	}
	return nil, errors.New("datastream: an invalid QTimeZone has no location")
}

var errNoLocal = errors.New("datastream: the writer's local time zone is not in the stream: pass its *time.Location")

// AppendQTimeZone appends a QTimeZone. Which version plays no part, but only Qt 6.5 and later reads the last three
// kinds: others take them for an invalid zone, and leave the offset of AheadOfZone unread. (Qt 5.15.8 crashes when it
// writes an invalid zone.)
func (f Format) AppendQTimeZone(b []byte, z QTimeZone) []byte {
	if z.Kind == NamedZone {
		return f.AppendQString(b, z.ID)
	}
	if int(z.Kind) >= len(zoneMarkers) {
		z.Kind = NoZone
	}
	b = f.AppendQString(b, zoneMarkers[z.Kind])
	switch z.Kind {
	case CustomZone:
		b = f.AppendInt32(f.AppendQString(b, z.ID), z.Offset)
		b = f.AppendQString(f.AppendQString(b, z.Name), z.Abbreviation)
		b = f.AppendQString(f.AppendInt32(b, z.Territory), z.Comment)
	case AheadOfZone:
		b = f.AppendInt32(b, z.Offset)
	}
	return b
}

// QTimeZone reads a QTimeZone. An empty name is an error; whether a name exists is not checked.
func (r *Reader) QTimeZone() QTimeZone {
	return composite(r, "QTimeZone", func() (z QTimeZone) {
		name := r.QString()
		if name == "" {
			r.fail("QTimeZone", fmt.Errorf("%w: empty name", ErrCorrupt))
		}
		z.Kind = NamedZone
		for kind, marker := range zoneMarkers {
			if name == marker {
				z.Kind = ZoneKind(kind)
			}
		}
		switch z.Kind {
		case NamedZone:
			z.ID = name
		case CustomZone:
			z.ID, z.Offset, z.Name, z.Abbreviation = r.QString(), r.Int32(), r.QString(), r.QString()
			z.Territory, z.Comment = r.Int32(), r.QString()
		case AheadOfZone:
			z.Offset = r.Int32()
		}
		return z
	})
}
