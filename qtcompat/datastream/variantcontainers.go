package datastream

// AppendQVariantList appends a QVariantList. For errors see [Format.AppendQVariant].
func (f Format) AppendQVariantList(b []byte, list []Variant) (_ []byte, err error) {
	start := len(b)
	b = f.AppendCount(b, len(list))
	for i := range list {
		if b, err = f.appendVariant(b, &list[i]); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

// QVariantList reads a QVariantList.
func (r *Reader) QVariantList() []Variant { return fillList(r, "QVariantList", (*Reader).variant) }

// AppendQVariantMap appends a QVariantMap or QVariantHash, its entries in the order given. For errors see
// [Format.AppendQVariant].
func (f Format) AppendQVariantMap(b []byte, m VariantMap) (_ []byte, err error) {
	start := len(b)
	b = f.AppendCount(b, len(m))
	for i := range m {
		if b, err = f.appendVariant(f.AppendQString(b, m[i].First), &m[i].Second); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

// QVariantMap reads a QVariantMap or QVariantHash.
func (r *Reader) QVariantMap() VariantMap {
	return fillList(r, "QVariantMap", func(r *Reader, e *QPair[string, Variant]) {
		e.First = r.QString()
		r.variant(&e.Second)
	})
}

// AppendQVariantPair appends a std::pair<QVariant,QVariant>. For errors see [Format.AppendQVariant].
func (f Format) AppendQVariantPair(b []byte, v QPair[Variant, Variant]) ([]byte, error) {
	start := len(b)
	b, err := f.AppendQVariant(b, v.First)
	if err == nil {
		b, err = f.AppendQVariant(b, v.Second)
	}
	if err != nil {
		return b[:start], err
	}
	return b, nil
}

// QVariantPair reads a std::pair<QVariant,QVariant>.
func (r *Reader) QVariantPair() QPair[Variant, Variant] {
	return ReadPair(r, (*Reader).QVariant, (*Reader).QVariant)
}
