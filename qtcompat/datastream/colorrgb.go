package datastream

import "math"

// rgb returns the colour with Spec RGB, as QColor::toRgb of Qt 5 does (src/gui/painting/qcolor.cpp): the same operations in
// the same order, as the last bit of a part depends on it. Qt 6 does them in single precision, and less than
// one colour in 100 has a part there that differs by 1.
func (v QColor) rgb() QColor {
	c := QColor{Spec: rgbColor, Alpha: v.Alpha}
	p := v.Parts
	switch v.Spec {
	case invalidColor:
		c.Alpha = opaque
	case hsvColor:
		c.Parts = hsvToRGB(p[0], p[1], p[2])
	case cmykColor:
		k := fraction(p[3])
		for i := range 3 {
			c.Parts[i] = part(1 - (float64(fraction(p[i])*(1-k)) + k))
		}
	case hslColor:
		c.Parts = hslToRGB(p[0], p[1], p[2])
	case extendedColor:
		c.Alpha = part(bounded16(v.Alpha))
		for i := range 3 {
			c.Parts[i] = part(bounded16(p[i]))
		}
	default:
		c.Parts = p
	}
	return c
}

// fraction returns a part as a number from 0 to 1.
func fraction(part uint16) float64 { return float64(part) / opaque }

// part is the opposite of fraction, rounded as qRound does.
func part(fraction float64) uint16 { return uint16(math.Floor(float64(fraction*opaque) + 0.5)) }

// bounded16 returns what of a qfloat16 is from 0 to 1.
func bounded16(bits uint16) float64 {
	switch v := float64(float16from(bits)); {
	case v > 1:
		return 1
	case v > 0:
		return v
	}
	return 0
}

// The conversions to float64 around products keep Go from fusing them with an addition into one operation, which has
// another result on some processors.

func hsvToRGB(hue, saturation, value uint16) [4]uint16 {
	if saturation == 0 || hue == noHue {
		return [4]uint16{value, value, value}
	}
	h, s, v := float64(hue%greatHue)/6000, fraction(saturation), fraction(value)
	i := int(h)
	f := h - float64(i)
	least, falling, rising := part(v*(1-s)), part(v*(1-float64(s*f))), part(v*(1-float64(s*(1-f))))
	return [6][4]uint16{
		{value, rising, least},
		{falling, value, least},
		{least, value, rising},
		{least, falling, value},
		{rising, least, value},
		{value, least, falling},
	}[i]
}

func hslToRGB(hue, saturation, lightness uint16) (rgb [4]uint16) {
	switch {
	case saturation == 0 || hue == noHue:
		return [4]uint16{lightness, lightness, lightness}
	case lightness == 0:
		return rgb
	}
	h, s, l := float64(hue%greatHue)/greatHue, fraction(saturation), fraction(lightness)
	most := l + s - float64(l*s)
	if l < 0.5 {
		most = l * (1 + s)
	}
	least := float64(2*l) - most
	for i, turn := range [3]float64{h + 1.0/3, h, h - 1.0/3} {
		if turn < 0 {
			turn++
		} else if turn > 1 {
			turn--
		}
		rgb[i] = hslPart(turn, least, most)
		if rgb[i] == 1 {
			rgb[i] = 0
		}
	}
	return rgb
}

// hslPart returns the part that turn is from red, of a colour whose parts go from least to most.
func hslPart(turn, least, most float64) uint16 {
	switch {
	case turn*6 < 1:
		return part(least + float64((most-least)*(turn*6)))
	case turn*2 < 1:
		return part(most)
	case turn*3 < 2:
		return part(least + float64(float64((most-least)*(2.0/3-turn))*6))
	}
	return part(least)
}
