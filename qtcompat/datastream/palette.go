package datastream

import (
	"fmt"
	"slices"
)

// QPalette is a QPalette: the brushes of a group in the order of QPalette::ColorRole, WindowText first. The zero value is
// no palette of Qt, of which the brushes are those of the program.
//
// A group read from a stream has the roles that the version has: 7 of the first 11 in version 1, of which only the colours
// are there, and the first 14 from version 2 on, 17 from 4, 20 from 10, 21 from 18 and 22 from 21. Of
// roles that lack, Accent is written as Highlight, which it is for Qt too, and others are written as QBrush{}.
type QPalette struct {
	Active   []QBrush `json:"active"`
	Disabled []QBrush `json:"disabled"`
	Inactive []QBrush `json:"inactive"`
}

// QPalette::ColorRole (src/gui/kernel/qpalette.h).
const (
	highlightRole = 12
	accentRole    = 21
)

// oldRoles are the roles of version 1 in the order of the stream: WindowText, Window, Light, Dark, Mid, Text, Base.
var oldRoles = [7]int{0, 10, 2, 4, 5, 6, 9}

// roles returns how many roles the palette has in this version, from 2 on.
func (f Format) roles() int {
	switch v := f.version(); {
	case v < V3_0:
		return 14
	case v < V4_4:
		return 17
	case v < V5_12:
		return 20
	case v < V6_6:
		return 21
	}
	return 22
}

// AppendQPalette appends a QPalette. On error it returns b as it was. The error is that of [Format.AppendQBrush].
func (f Format) AppendQPalette(b []byte, v QPalette) (_ []byte, err error) {
	start := len(b)
	for _, group := range [3][]QBrush{v.Active, v.Disabled, v.Inactive} {
		if b, err = f.appendPaletteGroup(b, group); err != nil {
			return b[:start], notWrittenError("QPalette", err)
		}
	}
	return b, nil
}

func (f Format) appendPaletteGroup(b []byte, group []QBrush) (_ []byte, err error) {
	if f.version() < V2_0 {
		for _, role := range oldRoles {
			b = f.AppendQColor(b, paletteBrush(group, role).Color)
		}
		return b, nil
	}
	for role := range f.roles() {
		brush := paletteBrush(group, role)
		if b, err = f.appendBrush(b, &brush); err != nil {
			return b, fmt.Errorf("brush of role %d: %w", role, err)
		}
	}
	return b, nil
}

// paletteBrush returns the brush of a role in a group that may lack it.
func paletteBrush(group []QBrush, role int) QBrush {
	switch {
	case role < len(group):
		return group[role]
	case role == accentRole:
		return paletteBrush(group, highlightRole)
	}
	return QBrush{}
}

// QPalette reads a QPalette.
func (r *Reader) QPalette() QPalette {
	return composite(r, "QPalette", func() QPalette {
		return QPalette{r.paletteGroup(), r.paletteGroup(), r.paletteGroup()}
	})
}

func (r *Reader) paletteGroup() []QBrush {
	if r.format.version() < V2_0 {
		group := make([]QBrush, slices.Max(oldRoles[:])+1)
		for _, role := range oldRoles {
			group[role] = QBrush{Style: solidBrush, Color: r.QColor()}
		}
		return group
	}
	group := make([]QBrush, r.format.roles())
	for role := range group {
		group[role] = r.QBrush()
	}
	return group
}
