package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// streamFlags are the flags that say how a QDataStream was set up, and which types of its own the program has.
type streamFlags struct {
	version, order, precision string
	define                    []string
}

// typeHelp says what a TYPE is.
const typeHelp = `TYPE is a type of Qt, such as int, QString, QVariantMap or QPoint; one of QList<TYPE>, QVector<TYPE>, QSet<TYPE>,
QMap<TYPE,TYPE>, QHash<TYPE,TYPE> and QPair<TYPE,TYPE>; raw<N> for N bytes as they are; or several with commas between
them: the fields of a struct. --define NAME=TYPE makes NAME one more, also where a QVariant says that it holds a NAME.`

func (f *streamFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.version, "stream-version", "", "version of the QDataStream, 1 to 24, or of its Qt, such as 5.15 (default 24)")
	flags.StringVar(&f.order, "order", "", "byte order of the QDataStream: big or little (default big)")
	flags.StringVar(&f.precision, "precision", "", "floating-point precision of the QDataStream: double or single (default double)")
	flags.StringArrayVar(&f.define, "define", nil, "a type of the program's own, as `NAME=TYPE`; may be repeated")
	for flag, values := range map[string][]string{"order": {"big", "little"}, "precision": {"double", "single"}} {
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

// given reports whether there is any of the flags.
func (f *streamFlags) given() bool { return f.version+f.order+f.precision != "" || f.define != nil }

// settings returns what the flags say of the stream.
func (f *streamFlags) settings() (s datastream.Format, err error) {
	if f.version != "" {
		if s.Version, err = datastream.ParseVersion(f.version); err != nil {
			return s, usage("--stream-version: %w", err)
		}
	}
	if s.ByteOrder, err = oneOf("order", f.order, "big", datastream.BigEndian, "little", datastream.LittleEndian); err != nil {
		return s, err
	}
	s.Precision, err = oneOf("precision", f.precision, "double", datastream.Double, "single", datastream.Single)
	return s, err
}

// oneOf turns the value of a flag, of which the first is the default, into a setting.
func oneOf[T any](flag, value, first string, a T, second string, b T) (T, error) {
	switch value {
	case "", first:
		return a, nil
	case second:
		return b, nil
	}
	return a, usage("--%s %s: want %s or %s", flag, value, first, second)
}

// types returns what --define defines. A definition may use those before it.
func (f *streamFlags) types() (datastream.Types, error) {
	types := datastream.Types{}
	for _, definition := range f.define {
		name, spelling, ok := strings.Cut(definition, "=")
		if !ok || name == "" {
			return nil, usage("--define %s: want NAME=TYPE", definition)
		}
		t, err := datastream.ParseType(spelling, types)
		if err != nil {
			return nil, usage("--define %s: %w", name, err)
		}
		types[name] = t
	}
	return types, nil
}

// stream returns the type that the only argument of a verb names, and the settings of the stream that it is in.
func (f *streamFlags) stream(args []string) (v values, s datastream.Format, err error) {
	spelling, err := oneType(args)
	if err == nil {
		v, err = f.valuesOf("TYPE", spelling)
	}
	if err == nil {
		s, err = f.settings()
	}
	return v, s, err
}
