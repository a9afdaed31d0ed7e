package datastream

import "encoding/hex"

func (s *paintSource) color(v any) QColor {
	switch v := v.(type) {
	case nil:
		return QColor{}
	case string:
		c, err := hex.DecodeString(v[1:])
		if err != nil {
			s.Fatal(err)
		}
		part := func(i int) uint16 { return uint16(c[i]) * 0x101 }
		return QColor{rgbColor, part(3), [4]uint16{part(0), part(1), part(2)}}
	case map[string]any:
		kind := map[string]struct {
			spec  uint8
			parts []string
		}{
			"Rgb":         {rgbColor, []string{"red", "green", "blue"}},
			"Hsv":         {hsvColor, []string{"hue", "saturation", "value"}},
			"Cmyk":        {cmykColor, []string{"cyan", "magenta", "yellow", "black"}},
			"Hsl":         {hslColor, []string{"hue", "saturation", "lightness"}},
			"ExtendedRgb": {extendedColor, []string{"red", "green", "blue"}},
		}[v["spec"].(string)]
		c := QColor{Spec: kind.spec, Alpha: part16(kind.spec, v["alpha"])}
		for i, name := range kind.parts {
			c.Parts[i] = part16(kind.spec, v[name])
		}
		return c
	}
	s.Fatalf("no colour: %v", v)
	return QColor{}
}

func part16(spec uint8, v any) uint16 {
	n, ok := v.(float64)
	switch {
	case !ok:
		return noHue
	case spec == extendedColor:
		return float16bits(float32(n))
	}
	return uint16(n)
}

func number(v any) float64 { return v.(float64) }

func (s *paintSource) point(v any) QPointF {
	p := v.(map[string]any)
	return QPointF{number(p["x"]), number(p["y"])}
}

func (s *paintSource) brush(v any) QBrush {
	m, ok := v.(map[string]any)
	if !ok || m["style"] == nil {
		return QBrush{Style: solidBrush, Color: s.color(v)}
	}
	b := QBrush{Style: uint8(number(m["style"])), Color: s.color(m["color"]), Texture: s.image(m["texture"])}
	if g, ok := m["gradient"].(map[string]any); ok {
		b.Gradient = s.gradient(g)
	}
	if t, ok := m["transform"].([]any); ok {
		b.Transform = new(QTransform)
		for i, n := range t {
			b.Transform[i] = s.single(number(n))
		}
	}
	return b
}

// single returns a double as it is when it comes back from the stream.
func (s *paintSource) single(n float64) float64 {
	if s.readBack && s.f.Precision == Single && s.f.Version >= V4_6 {
		return float64(float32(n))
	}
	return n
}

func (s *paintSource) gradient(v map[string]any) *QGradient {
	g := &QGradient{
		Spread:            int32(number(v["spread"])),
		CoordinateMode:    int32(number(v["coordinateMode"])),
		InterpolationMode: int32(number(v["interpolationMode"])),
	}
	for _, stop := range v["stops"].([]any) {
		pair := stop.([]any)
		g.Stops = append(g.Stops, QGradientStop{number(pair[0]), s.color(pair[1])})
	}
	switch place := v["place"].(map[string]any); {
	case place["start"] != nil:
		g.Start, g.Final = s.point(place["start"]), s.point(place["finalStop"])
	case place["angle"] != nil:
		g.Start, g.Angle = s.point(place["center"]), number(place["angle"])
	default:
		g.Start, g.Final = s.point(place["center"]), s.point(place["focalPoint"])
		g.Radius, g.FocalRadius = number(place["centerRadius"]), number(place["focalRadius"])
		if g.Final.X == 3.119199023216083 {
			g.Final = QPointF{4, 5} // before version 20 Qt moves what it has read into the circle
		}
	}
	return g
}

// pen takes what Qt adds away: dashes of versions that have none, and that a width of 0 is cosmetic.
func (s *paintSource) pen(v any) QPen {
	m := v.(map[string]any)
	p := QPen{
		Style: uint16(number(m["style"])), Cap: uint16(number(m["cap"])), Join: uint16(number(m["join"])),
		Width: number(m["width"]), Brush: s.brush(m["brush"]), MiterLimit: number(m["miterLimit"]),
		DashOffset: number(m["dashOffset"]),
	}
	p.Cosmetic = m["cosmetic"].(bool) && p.Width != 0
	p.DefaultWidth = s.f.Version >= V5_0 && s.last != 0
	if s.f.Version < V4_0 {
		return p
	}
	p.Dashes = []float64{}
	for _, n := range m["dashes"].([]any) {
		p.Dashes = append(p.Dashes, s.single(number(n)))
	}
	return p
}

// palette leaves out what the version does not have, where the brushes are those of the program.
func (s *paintSource) palette(v any) QPalette {
	var groups [3][]QBrush
	for i, group := range v.([]any) {
		for _, brush := range group.([]any) {
			groups[i] = append(groups[i], s.brush(brush))
		}
		switch {
		case s.f.Version < V2_0:
			all := groups[i]
			groups[i] = make([]QBrush, 11)
			for _, role := range oldRoles {
				groups[i][role] = QBrush{Style: solidBrush, Color: all[role].Color}
			}
		case s.readBack && s.f.roles() > len(groups[i]):
			groups[i] = append(groups[i], groups[i][highlightRole])
		default:
			groups[i] = groups[i][:min(s.f.roles(), len(groups[i]))]
		}
	}
	return QPalette{groups[0], groups[1], groups[2]}
}

func (s *paintSource) icon(v any) QIcon {
	list, ok := v.([]any)
	if !ok {
		return QIcon{}
	}
	icon := QIcon{Pixmaps: []IconPixmap{}}
	for i, entry := range list {
		if len(s.files) == 0 && i > 0 {
			break // what versions before 8 leave out
		}
		m := entry.(map[string]any)
		pixmap := m["pixmap"].(map[string]any)
		icon.Pixmaps = append(icon.Pixmaps, IconPixmap{
			Pixmap: s.image(pixmap), Size: QSize{int32(number(pixmap["width"])), int32(number(pixmap["height"]))},
			Mode: uint32(number(m["mode"])), On: number(m["state"]) == 0,
		})
	}
	return icon
}

// cursor takes the images that the version has.
func (s *paintSource) cursor(v any) QCursor {
	m := v.(map[string]any)
	c := QCursor{Shape: uint16(number(m["shape"]))}
	if spot, ok := m["hotSpot"].(map[string]any); ok {
		c.HotSpot = QPoint{int32(number(spot["x"])), int32(number(spot["y"]))}
	}
	if m["pixmap"] != nil && s.f.Version >= V4_0 {
		c.Pixmap = s.image(m["pixmap"])
	} else {
		c.Bitmap, c.Mask = s.image(m["bitmap"]), s.image(m["mask"])
	}
	return c
}

// region takes the value for what was read: in version 1 Qt does not read what it writes.
func (s *paintSource) region(v any) []QRect {
	if s.f.Version < V2_0 && s.readBack {
		v = s.value
	}
	rects := []QRect{}
	for _, rect := range v.([]any) {
		m := rect.(map[string]any)
		rects = append(rects, QRect{int32(number(m["x"])), int32(number(m["y"])), int32(number(m["width"])), int32(number(m["height"]))})
	}
	return rects
}
