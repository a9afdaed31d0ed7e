//go:build amd64

package realqt

import (
	"debug/pe"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/ebitengine/purego"
	"golang.org/x/sys/windows"
)

// library has the handles of a DLL and of those that it imports functions from.
type library []windows.Handle

// openLibrary loads a file; what it needs is looked for beside it first. Its error ends with the remedy.
func openLibrary(file, remedy string) (library, error) {
	lib, err := loadWithImports(file)
	if err != nil {
		return nil, fmt.Errorf("%w; %s", err, remedy)
	}
	return lib, nil
}

func loadWithImports(file string) (library, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	imports, err := importsOf(path)
	if err != nil {
		return nil, err
	}
	handle, err := windows.LoadLibraryEx(path, 0,
		windows.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR|windows.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS)
	if err != nil {
		return nil, fmt.Errorf("LoadLibraryEx %s: %w", path, err)
	}
	lib := library{handle}
	for _, name := range imports {
		// A name without a directory is that of the loaded DLL.
		if handle, err = windows.LoadLibrary(name); err != nil {
			return nil, fmt.Errorf("%s, which %s imports: LoadLibrary: %w", name, path, err)
		}
		lib = append(lib, handle)
	}
	return lib, nil
}

// importsOf returns the names of the DLLs that a DLL imports functions from.
func importsOf(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var symbols []string
	if dll, err := pe.NewFile(file); err != nil {
		return nil, fmt.Errorf("%s is no DLL: %w", path, err)
	} else if symbols, err = dll.ImportedSymbols(); err != nil {
		return nil, fmt.Errorf("imports of %s: %w", path, err)
	}
	var names []string
	for _, symbol := range symbols {
		_, name, _ := strings.Cut(symbol, ":")
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// bind makes *fn, a Go function variable, call the C or C++ function with that symbol in the library or in one that it
// imports from. The type of *fn must be the function's signature.
func (l library) bind(symbol string, fn any) error {
	for _, handle := range l {
		if address, err := windows.GetProcAddress(handle, symbol); err == nil {
			register(symbol, fn, address)
			return nil
		}
	}
	return fmt.Errorf("undefined symbol: %s", symbol)
}

// register makes *fn call the function at an address. MSVC returns each class used here through a pointer. A function that
// is no member takes that as its first argument, as purego passes it; a member takes it after this.
func register(symbol string, fn any, address uintptr) {
	variable := reflect.ValueOf(fn).Elem()
	signature := variable.Type()
	if !strings.Contains(symbol, "@@QE") || signature.NumOut() == 0 || signature.Out(0).Kind() != reflect.Struct {
		purego.RegisterFunc(fn, address)
		return
	}
	var in []reflect.Type
	for parameter := range signature.Ins() {
		in = append(in, parameter)
	}
	result := signature.Out(0)
	member := reflect.New(reflect.FuncOf(slices.Insert(in, 1, reflect.PointerTo(result)), nil, false))
	purego.RegisterFunc(member.Interface(), address)
	variable.Set(reflect.MakeFunc(signature, func(args []reflect.Value) []reflect.Value {
		returned := reflect.New(result)
		member.Elem().Call(slices.Insert(args, 1, returned))
		return []reflect.Value{returned.Elem()}
	}))
}
