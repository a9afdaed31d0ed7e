package realqt

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// A field without a name would be found only when a library of that generation is loaded.
func TestEveryGenerationNamesEveryFunction(t *testing.T) {
	fields := reflect.VisibleFields(reflect.TypeFor[functions]())
	for major, g := range generations {
		for _, field := range fields {
			if g.names[field.Name] == "" {
				t.Errorf("Qt %s: no symbol for %s", major, field.Name)
			}
		}
		if len(g.names) != len(fields) {
			t.Errorf("Qt %s: %d names for %d functions", major, len(g.names), len(fields))
		}
		if g.view == nil {
			t.Errorf("Qt %s: no view", major)
		}
	}
	for functions, symbols := range map[reflect.Type]names{
		reflect.TypeFor[guiFunctions](): guiNames,
		reflect.TypeFor[keyFunctions](): keyNames,
	} {
		fields := reflect.VisibleFields(functions)
		for _, field := range fields {
			if symbols[field.Name] == "" {
				t.Errorf("no symbol for %s", field.Name)
			}
		}
		if len(symbols) != len(fields) {
			t.Errorf("%s: %d names for %d functions", functions, len(symbols), len(fields))
		}
	}
}

// classes are those that the first words of fields stand for.
var classes = map[string]string{"Memory": "QSharedMemory", "Semaphore": "QSystemSemaphore", "Stream": "QDataStream",
	"String": "QString", "ByteArray": "QByteArray", "Image": "QImage", "Buffer": "QBuffer", "Key": "QNativeIpcKey",
	"Variant": "QVariant"}

// members are the functions that are not called what the rest of the field says.
var members = map[string]string{"MemorySetIpcKey": "setNativeKey", "MemoryKeyLegacy": "legacyNativeKey",
	"MemoryKeySafe": "platformSafeKey", "SemaphoreKeyLegacy": "legacyNativeKey", "SemaphoreKeySafe": "platformSafeKey",
	"KeyDestroyLegacy": "destroy_internal", "ImageLoad": "loadFromData"}

// unnamed begins what is called for a constructor, a destructor or an operator.
var unnamed = regexp.MustCompile("^(New|Delete|Assign|Write|Read)")

// member returns the name of the function that a field is for, and "" if it has none.
func member(field, class string) string {
	name := strings.TrimPrefix(field, class)
	switch {
	case members[field] != "":
		return members[field]
	case unnamed.MatchString(name):
		return ""
	}
	return strings.ToLower(name[:1]) + name[1:]
}

func TestNamesAreOfTheirFunction(t *testing.T) {
	for major, g := range generations {
		for field, symbol := range with(with(g.names, guiNames), keyNames) {
			for first, class := range classes {
				if !strings.HasPrefix(field, first) {
					continue
				}
				if name := member(field, first); !strings.Contains(symbol, class) || !strings.Contains(symbol, name) {
					t.Errorf("Qt %s: %s is %s, not %s::%s", major, field, symbol, class, name)
				}
			}
		}
	}
}

// No two fields of a class are for the same function.
func TestNamesDiffer(t *testing.T) {
	for major, g := range generations {
		fields := map[string]string{}
		for field, symbol := range with(with(g.names, guiNames), keyNames) {
			if other := fields[symbol]; other != "" && symbol != g.names["Free"] {
				t.Errorf("Qt %s: %s and %s are both %s", major, field, other, symbol)
			}
			fields[symbol] = field
		}
	}
}

func TestWithPrefersItsOwn(t *testing.T) {
	base := names{"A": "a", "B": "b"}
	got := with(base, names{"B": "own", "C": "c"})
	if want := (names{"A": "a", "B": "own", "C": "c"}); !reflect.DeepEqual(got, want) {
		t.Errorf("with = %v, want %v", got, want)
	}
	if base["B"] != "b" || len(base) != 2 {
		t.Errorf("the base changed to %v", base)
	}
}
