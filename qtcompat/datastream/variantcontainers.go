package datastream

// AppendQVariantList appends a QVariantList. For errors see [Format.AppendQVariant].
func (f Format) AppendQVariantList(b []byte, list []Variant) (_ []byte, err error) {
	start := len(b)
	b = f.AppendCount(b, len(list))
	for _, v := range list {
		if b, err = f.AppendQVariant(b, v); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

// QVariantList reads a QVariantList.
func (r *Reader) QVariantList() []Variant { return readList(r, "QVariantList", (*Reader).QVariant) }

// AppendQVariantMap appends a QVariantMap or QVariantHash, its entries in the order given. For errors see
// [Format.AppendQVariant].
func (f Format) AppendQVariantMap(b []byte, m VariantMap) (_ []byte, err error) {
	start := len(b)
	b = f.AppendCount(b, len(m))
	for _, e := range m {
		if b, err = f.AppendQVariant(f.AppendQString(b, e.First), e.Second); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

// QVariantMap reads a QVariantMap or QVariantHash.
func (r *Reader) QVariantMap() VariantMap {
	return readList(r, "QVariantMap", func(r *Reader) QPair[string, Variant] {
		return QPair[string, Variant]{r.QString(), r.QVariant()}
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
