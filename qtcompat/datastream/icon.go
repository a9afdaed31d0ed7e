package datastream

import (
	"errors"
	"fmt"
)

// QIcon is a QIcon: pixmaps, or the name of an icon in the theme of the program that reads it. The zero value is the null
// icon, QIcon(). [NewQIcon] makes one of pixmaps.
type QIcon struct {
	Pixmaps []IconPixmap `json:"pixmaps"` // an icon without any is not nil, and not null in a stream from version 9 on
	Theme   string       `json:"theme"`   // "" if the icon has pixmaps; from version 9 on
}

// IconPixmap is a pixmap of a QIcon.
type IconPixmap struct {
	Pixmap QImage `json:"pixmap"`
	File   string `json:"file"` // the name of the file that it came from, "" for none; from version 8 on, like what follows
	Size   QSize  `json:"size"` // that of the pixmap, by which Qt chooses one
	Mode   uint32 `json:"mode"` // QIcon::Mode: 0 normal, 1 disabled, 2 active, 3 selected
	On     bool   `json:"on"`   // QIcon::State
}

// NewQIcon returns a QIcon of pixmaps that are normal and off, as QIcon::addPixmap adds them.
func NewQIcon(pixmaps ...QImage) QIcon {
	v := QIcon{Pixmaps: make([]IconPixmap, len(pixmaps))}
	for i, p := range pixmaps {
		v.Pixmaps[i] = IconPixmap{Pixmap: p, Size: pngDimensions(p.PNG)}
	}
	return v
}

// The icon engines that are part of Qt Gui (QIconEngine::key). From Qt 6.6 on it writes the newer name, and reads both.
const (
	pixmapEngine   = "QPixmapIconEngine"
	themeEngine    = "QIconLoaderEngine"
	newThemeEngine = "QThemeIconEngine"
)

// QIcon::Mode and State (src/gui/image/qicon.h).
const (
	maxIconMode = 3
	iconOff     = 1
)

// AppendQIcon appends a QIcon. Before version 8 that is one pixmap: the first one that is normal and off, or else the first
// one. Qt chooses likewise and makes it no larger than 22 by 22 pixels. An empty File is written as a null QString.
//
// On error it returns b as it was. The error is that of [Format.AppendQImage] for one of the pixmaps, and wraps
// [errors.ErrUnsupported] for a theme before version 9, which Qt itself writes wrongly in version 8.
func (f Format) AppendQIcon(b []byte, v QIcon) ([]byte, error) {
	start := len(b)
	b, err := f.appendIcon(b, &v)
	if err != nil {
		return b[:start], notWrittenError("QIcon", err)
	}
	return b, nil
}

func (f Format) appendIcon(b []byte, v *QIcon) (_ []byte, err error) {
	switch {
	case f.version() < V4_3 && v.Theme != "":
		return b, fmt.Errorf("%w: the icon of a theme needs stream version %d", errors.ErrUnsupported, V4_3)
	case f.version() < V4_2:
		return f.appendImage(b, v.oldPixmap().PNG)
	case f.version() < V4_3:
	case v.Theme != "":
		return f.AppendQString(f.AppendQString(b, themeEngine), v.Theme), nil
	case v.Pixmaps == nil:
		return f.AppendNullQString(b), nil
	default:
		b = f.AppendQString(b, pixmapEngine)
	}
	b = f.AppendUint32(b, uint32(len(v.Pixmaps)))
	for i := range v.Pixmaps {
		if b, err = f.appendIconPixmap(b, &v.Pixmaps[i]); err != nil {
			return b, fmt.Errorf("pixmap %d: %w", i, err)
		}
	}
	return b, nil
}

// oldPixmap returns the only pixmap that versions before 8 have.
func (v *QIcon) oldPixmap() QImage {
	for _, p := range v.Pixmaps {
		if p.Mode == 0 && !p.On {
			return p.Pixmap
		}
	}
	if len(v.Pixmaps) > 0 {
		return v.Pixmaps[0].Pixmap
	}
	return QImage{}
}

func (f Format) appendIconPixmap(b []byte, v *IconPixmap) ([]byte, error) {
	b, err := f.appendImage(b, v.Pixmap.PNG)
	if v.File == "" {
		b = f.AppendNullQString(b)
	} else {
		b = f.AppendQString(b, v.File)
	}
	b = f.AppendUint32(f.AppendQSize(b, v.Size), v.Mode)
	if v.On {
		return f.AppendUint32(b, 0), err
	}
	return f.AppendUint32(b, iconOff), err
}

// QIcon reads a QIcon. That of an icon engine which is not part of Qt Gui, such as one for SVG files, is an error that wraps
// [errors.ErrUnsupported]. An unknown mode or state is an error.
func (r *Reader) QIcon() QIcon { return composite(r, "QIcon", r.icon) }

func (r *Reader) icon() (v QIcon) {
	version := r.format.version()
	if version < V4_2 {
		if pixmap := r.QPixmap(); !pixmap.IsNull() {
			v = NewQIcon(pixmap)
		}
		return v
	}
	engine := pixmapEngine
	if version >= V4_3 {
		engine = r.QString()
	}
	switch engine {
	case "":
	case pixmapEngine:
		v.Pixmaps = readList(r, "QIcon", (*Reader).iconPixmap)
		if version < V4_3 && len(v.Pixmaps) == 0 {
			v.Pixmaps = nil // the null icon has no form of its own
		}
	case themeEngine, newThemeEngine:
		v.Theme = r.QString()
	default:
		r.fail("QIcon", fmt.Errorf("%w: icon engine %q", errors.ErrUnsupported, engine))
	}
	return v
}

func (r *Reader) iconPixmap() IconPixmap {
	v := IconPixmap{Pixmap: r.QPixmap(), File: r.QString(), Size: r.QSize(), Mode: r.Uint32()}
	state := r.Uint32()
	if v.Mode > maxIconMode || state > iconOff {
		r.fail("QIcon", fmt.Errorf("%w: mode %d, state %d", ErrCorrupt, v.Mode, state))
	}
	v.On = state != iconOff
	return v
}
