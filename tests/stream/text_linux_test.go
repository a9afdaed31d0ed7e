package stream

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// parseText parses what Qt says a value is: JSON, and undefined for such a QJsonValue.
func parseText(text string) (parsed any, err error) {
	d := json.NewDecoder(strings.NewReader(strings.ReplaceAll(text, `"value":undefined`, `"value":{"undefined":true}`)))
	d.UseNumber()
	return parsed, d.Decode(&parsed)
}

// mismatch returns where v is not what Qt says, and "" if it is.
func mismatch(text string, v datastream.Variant) string {
	parsed, err := parseText(text)
	if err != nil {
		return err.Error() + ": " + text
	}
	return variantMismatch("", parsed, v)
}

func variantMismatch(path string, said any, v datastream.Variant) string {
	if said == nil || !v.IsValid() {
		return unlessSaid(said == nil && !v.IsValid(), path, said, v)
	}
	members, _ := said.(map[string]any)
	name, _ := members["type"].(string)
	if spelling(name) != spelling(v.Type) {
		return unlessSaid(false, path, name, v)
	}
	if (members["null"] == true) && !v.Null && v.Type != "std::nullptr_t" {
		return unlessSaid(false, path, "null", v)
	}
	return valueMismatch(path+"("+v.Type+")", v.Type, members["value"], v.Value)
}

// spelling returns the one spelling of a type that has several.
func spelling(name string) string {
	t, err := datastream.ParseType(name, userTypes)
	if err != nil {
		return name
	}
	return t.String()
}

func unlessSaid(same bool, path string, said, v any) string {
	if same {
		return ""
	}
	return fmt.Sprintf("%s: Qt says %v, not %#v", path, said, v)
}

// valueMismatch is mismatch for a value of any type.
func valueMismatch(path, name string, said, v any) string {
	if opaque[name] {
		return ""
	}
	switch v := v.(type) {
	case nil:
		return unlessSaid(said == nil, path, said, v)
	case []datastream.Variant:
		return listMismatch(path, said, v, variantMismatch)
	case datastream.VariantMap:
		return listMismatch(path, sortedBy(said, keyOf), sortedVariant(datastream.Variant{Value: v}).Value.(datastream.VariantMap), entryMismatch)
	case datastream.QPair[datastream.Variant, datastream.Variant]:
		return listMismatch(path, said, []datastream.Variant{v.First, v.Second}, variantMismatch)
	case []any, []datastream.QPair[any, any], datastream.QPair[any, any]:
		return templateMismatch(path, name, said, v)
	}
	if name == "QUrl" && said == nil {
		said = ""
	}
	return goMismatch(path, said, reflect.ValueOf(v))
}

// templateMismatch is mismatch for QList<T> and so on, and for the user types.
func templateMismatch(path, name string, said, v any) string {
	outer, parts := template(name)
	switch v := v.(type) {
	case []datastream.QPair[any, any]:
		return listMismatch(path, sortedBy(said, keyOf), sortedAny(v), func(path string, said any, v datastream.QPair[any, any]) string {
			return templateMismatch(path, name, said, v)
		})
	case datastream.QPair[any, any]:
		pair, ok := said.([]any)
		if !ok || len(pair) != 2 {
			return unlessSaid(false, path, said, v)
		}
		return valueMismatch(path+".first", parts[0], pair[0], v.First) + valueMismatch(path+".second", parts[1], pair[1], v.Second)
	case []any:
		if name == "Pt" {
			members, _ := said.(map[string]any)
			return listMismatch(path, []any{members["x"], members["y"]}, v, func(path string, said any, v any) string {
				return valueMismatch(path, "int", said, v)
			})
		}
		if outer == "QSet" {
			said, v = sortedBy(said, printed), sortedAny(v)
		}
		return listMismatch(path, said, v, func(path string, said any, v any) string { return valueMismatch(path, parts[0], said, v) })
	}
	return unlessSaid(false, path, said, v)
}

func listMismatch[T any](path string, said any, list []T, each func(string, any, T) string) string {
	elements, ok := said.([]any)
	if !ok || len(elements) != len(list) {
		return unlessSaid(false, path, said, list)
	}
	for i, v := range list {
		if d := each(fmt.Sprintf("%s[%d]", path, i), elements[i], v); d != "" {
			return d
		}
	}
	return ""
}

func entryMismatch(path string, said any, entry datastream.QPair[string, datastream.Variant]) string {
	pair, ok := said.([]any)
	if !ok || len(pair) != 2 || keyOf(said) != entry.First {
		return unlessSaid(false, path, said, entry)
	}
	return variantMismatch(path+"["+entry.First+"]", pair[1], entry.Second)
}

// sortedBy returns the elements of an array, sorted by their keys.
func sortedBy(said any, key func(any) string) any {
	elements, ok := said.([]any)
	if !ok {
		return said
	}
	elements = slices.Clone(elements)
	slices.SortStableFunc(elements, func(a, b any) int { return strings.Compare(key(a), key(b)) })
	return elements
}

// keyOf returns the key of an entry of a map. A null one is read as "".
func keyOf(entry any) string {
	pair, _ := entry.([]any)
	if len(pair) == 0 || pair[0] == nil {
		return ""
	}
	return printed(pair[0])
}

// opaque are types of which Qt's text is not compared.
var opaque = map[string]bool{
	"QCborValue": true, "QCborArray": true, "QCborMap": true, "QRegExp": true, "QEasingCurve": true,
	"QColor": true, "QImage": true, "QPixmap": true, "QBitmap": true, "QIcon": true, "QCursor": true, "QBrush": true, "QPen": true,
	"QFont": true, "QPalette": true, "QRegion": true, "QTextFormat": true, "QColorSpace": true,
}
