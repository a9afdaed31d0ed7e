package datastream

import (
	"fmt"
	"strconv"
	"strings"
)

// maxTypeDepth is how many types may be spelled within one another.
const maxTypeDepth = 64

// ParseType returns the type with this spelling:
//
//   - a name of [TypeNames], such as qint32, QString or QVariantMap, or of user
//   - QList<T>, QVector<T>, QSet<T>, QLinkedList<T>, QStack<T>, QQueue<T>
//   - QMap<K,V>, QMultiMap<K,V>, QHash<K,V>, QMultiHash<K,V>, QPair<A,B>, std::pair<A,B>
//   - raw<N>: N bytes as they are, N from 1 up, in Go []byte
//   - struct<T,...>: values that follow one another, such as the fields of a struct; outermost, T,... means the same
//
// Spaces do not matter. user may be nil. The error wraps [ErrUnknownType].
func ParseType(spelling string, user Types) (Type, error) {
	p := typeParser{rest: spelling, user: user}
	parts, err := p.list(0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%w: %.60q after it", ErrUnknownType, p.rest)
	}
	switch {
	case err != nil:
		return Type{}, fmt.Errorf("datastream: type %.60q: %w", spelling, err)
	case len(parts) == 1:
		return Type{parts[0]}, nil
	}
	return Type{sequenceOf(parts)}, nil
}

// parseType returns the one type with this spelling.
func parseType(spelling string, user Types) (*codec, error) {
	if c := byName[spelling]; c != nil && user == nil {
		return c, nil
	}
	p := typeParser{rest: spelling, user: user}
	c, err := p.one(0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%w: %.60q after it", ErrUnknownType, p.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("type %.60q: %w", spelling, err)
	}
	return c, nil
}

func joinNames(parts []*codec) string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = part.name
	}
	return strings.Join(names, ",")
}

// templates are the containers, by how many types they are of.
var (
	lists = map[string]bool{"QList": true, "QVector": true, "QSet": true, "QLinkedList": true, "QStack": true, "QQueue": true}
	keyed = map[string]bool{"QMap": true, "QMultiMap": true, "QHash": true, "QMultiHash": true}
	pairs = map[string]bool{"QPair": true, "std::pair": true}
)

// typeParser reads spellings of types from the start of rest.
type typeParser struct {
	rest string
	user Types
}

// list reads types separated by commas.
func (p *typeParser) list(depth int) (parts []*codec, err error) {
	for {
		c, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, c)
		if !p.skip(",") {
			return parts, nil
		}
	}
}

// one reads a type.
func (p *typeParser) one(depth int) (*codec, error) {
	if depth > maxTypeDepth {
		return nil, fmt.Errorf("%w: more than %d types within one another", ErrUnknownType, maxTypeDepth)
	}
	name := p.word()
	if t, ok := p.user[name]; ok {
		return t.codec, nil
	}
	if !p.skip("<") {
		if c := byName[name]; c != nil {
			return c, nil
		}
		return nil, unknownName(name)
	}
	if name == "raw" {
		return p.raw()
	}
	parts, err := p.list(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.skip(">") {
		return nil, fmt.Errorf("%w: a > is missing behind %.60s<%.60s", ErrUnknownType, name, joinNames(parts))
	}
	return template(name, parts)
}

func unknownName(name string) error {
	if name == "" {
		return fmt.Errorf("%w: a name is missing", ErrUnknownType)
	}
	return fmt.Errorf("%w: %.60s", ErrUnknownType, name)
}

// template returns the container name<parts>.
func template(name string, parts []*codec) (*codec, error) {
	full := name + "<" + joinNames(parts) + ">"
	if c := byName[full]; c != nil {
		return c, nil
	}
	switch {
	case lists[name] && len(parts) == 1:
		return listOf(full, parts[0]), nil
	case keyed[name] && len(parts) == 2:
		return pairsOf(full, parts[0], parts[1]), nil
	case pairs[name] && len(parts) == 2:
		return pairOf(full, parts[0], parts[1]), nil
	case name == "struct":
		return sequenceOf(parts), nil
	case lists[name] || keyed[name] || pairs[name]:
		return nil, fmt.Errorf("%w: %s of %d types", ErrUnknownType, name, len(parts))
	}
	return nil, fmt.Errorf("%w: %.60s is no container known here", ErrUnknownType, name)
}

// raw reads the rest of raw<N>.
func (p *typeParser) raw() (*codec, error) {
	digits := p.word()
	n, err := strconv.ParseUint(digits, 10, 31)
	if err != nil || n == 0 || !p.skip(">") {
		return nil, fmt.Errorf("%w: raw<%.60s: want raw<N>, N bytes from 1 up", ErrUnknownType, digits)
	}
	return rawOf(int(n)), nil
}

// rawOf returns the codec of n bytes as they are.
func rawOf(n int) *codec {
	name := fmt.Sprintf("raw<%d>", n)
	app := func(_ Format, b, v []byte) ([]byte, error) {
		if len(v) != n {
			return b, fmt.Errorf("datastream: cannot write %s: there are %d bytes", name, len(v))
		}
		return append(b, v...), nil
	}
	return fallible(name, app, func(r *Reader) []byte { return r.Raw(n) })
}

// word reads a name: everything before the next of < > and comma, with single spaces between letters only.
func (p *typeParser) word() string {
	end := strings.IndexAny(p.rest, "<>,")
	if end < 0 {
		end = len(p.rest)
	}
	word := strings.Join(strings.Fields(p.rest[:end]), " ")
	p.rest = p.rest[end:]
	return strings.ReplaceAll(word, " *", "*")
}

// skip reads a sign, if it is next.
func (p *typeParser) skip(sign string) bool {
	rest, found := strings.CutPrefix(strings.TrimLeft(p.rest, " "), sign)
	if found {
		p.rest = strings.TrimLeft(rest, " ")
	}
	return found
}
