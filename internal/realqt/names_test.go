package realqt

import (
	"reflect"
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

func TestNamesOfFunctionsFitTheirClass(t *testing.T) {
	classes := map[string]string{"Memory": "13QSharedMemory", "Semaphore": "16QSystemSemaphore", "Stream": "11QDataStream",
		"String": "7QString", "ByteArray": "10QByteArray",
		"Image": "6QImage", "Buffer": "7QBuffer", "Key": "13QNativeIpcKey", "Variant": "8QVariant"}
	for major, g := range generations {
		for field, symbol := range with(with(g.names, guiNames), keyNames) {
			for prefix, class := range classes {
				if strings.HasPrefix(field, prefix) && !strings.Contains(symbol, class) {
					t.Errorf("Qt %s: %s is %s, not of %s", major, field, symbol, class)
				}
			}
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
