package stream

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// differs returns where two values differ, and "" if they do not. A NaN equals a NaN, 0 is not -0, the order of a map or a set
// does not count, nor do spaces in JSON, nor how pixels are packed.
func differs(a, b datastream.Variant) string {
	return differ("", reflect.ValueOf(a), reflect.ValueOf(b))
}

func differ(path string, a, b reflect.Value) string {
	if a.IsValid() && a.Kind() == reflect.Interface {
		a = a.Elem()
	}
	if b.IsValid() && b.Kind() == reflect.Interface {
		b = b.Elem()
	}
	if strings.HasSuffix(path, ".Type") && a.Kind() == reflect.String {
		return unless(spelling(a.String()) == spelling(b.String()), path, a, b)
	}
	if !a.IsValid() || !b.IsValid() || a.Type() != b.Type() {
		return unless(!a.IsValid() && !b.IsValid(), path, a, b)
	}
	switch v := a.Interface().(type) {
	case json.RawMessage:
		return unless(bytes.Equal(compact(v), compact(b.Bytes())), path, a, b)
	case datastream.QImage:
		return unless(samePixels(v, b.Interface().(datastream.QImage)), path, a, b)
	case datastream.Variant:
		a, b = reflect.ValueOf(sortedVariant(v)), reflect.ValueOf(sortedVariant(b.Interface().(datastream.Variant)))
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		x, y := a.Float(), b.Float()
		return unless(math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y), path, a, b)
	case reflect.Struct:
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.IsExported() {
				if d := differ(path+"."+f.Name, a.Field(i), b.Field(i)); d != "" {
					return d
				}
			}
		}
		return ""
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return unless(a.IsNil() == b.IsNil(), path, a, b)
		}
		return differ(path, a.Elem(), b.Elem())
	case reflect.Slice, reflect.Array:
		return differInElement(path, a, b)
	}
	return unless(a.Interface() == b.Interface(), path, a, b)
}

func differInElement(path string, a, b reflect.Value) string {
	if a.Len() != b.Len() || a.Kind() == reflect.Slice && a.IsNil() != b.IsNil() {
		return unless(false, path, a, b)
	}
	for i := range a.Len() {
		if d := differ(fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i)); d != "" {
			return d
		}
	}
	return ""
}

func unless(same bool, path string, a, b reflect.Value) string {
	if same {
		return ""
	}
	return fmt.Sprintf("%s: %#v, not %#v", path, a, b)
}

// sortedVariant returns v with the elements sorted if v is a map or a set.
func sortedVariant(v datastream.Variant) datastream.Variant {
	switch value := v.Value.(type) {
	case datastream.VariantMap:
		value = slices.Clone(value)
		slices.SortStableFunc(value, func(a, b datastream.QPair[string, datastream.Variant]) int { return strings.Compare(a.First, b.First) })
		v.Value = value
	case []datastream.QPair[any, any]:
		v.Value = sortedAny(value)
	case []any:
		if strings.HasPrefix(v.Type, "QSet<") {
			v.Value = sortedAny(value)
		}
	}
	return v
}

func sortedAny[T any](list []T) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return strings.Compare(printed(a), printed(b)) })
	return list
}

func printed(v any) string { return fmt.Sprint(v) }

func compact(text json.RawMessage) []byte {
	var v any
	if len(text) == 0 {
		return nil
	}
	if err := json.Unmarshal(text, &v); err != nil {
		return text
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// samePixels says whether two images show the same.
func samePixels(a, b datastream.QImage) bool {
	if a.IsNull() || b.IsNull() {
		return a.IsNull() == b.IsNull()
	}
	x, errX := a.Decode()
	y, errY := b.Decode()
	if errX != nil || errY != nil || x.Bounds() != y.Bounds() {
		return false
	}
	return slices.Equal(pixels(x), pixels(y))
}

func pixels(img image.Image) (all []uint32) {
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			all = append(all, r, g, b, a)
		}
	}
	return all
}
