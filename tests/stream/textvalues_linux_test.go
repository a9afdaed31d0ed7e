package stream

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// goMismatch is mismatch for a value of a Go type.
func goMismatch(path string, said any, v reflect.Value) string {
	switch value := v.Interface().(type) {
	case datastream.QDate:
		return numberOrNull(path, said, value.Valid, value.JulianDay)
	case datastream.QTime:
		return numberOrNull(path, said, value.Valid, int64(value.Milliseconds))
	case datastream.QDateTime:
		return dateTimeMismatch(path, said, value)
	case datastream.QTimeZone:
		return zoneMismatch(path, said, value)
	case datastream.QKeySequence:
		return keysMismatch(path, said, value)
	case datastream.QJsonUndefined:
		return unlessSaid(fmt.Sprint(said) == "map[undefined:true]", path, said, value)
	case json.RawMessage:
		text, err := json.Marshal(said)
		return unlessSaid(err == nil && (said == nil && len(value) == 0 || string(compact(text)) == string(compact(value))), path, string(text), string(value))
	case [16]byte:
		uuid := fmt.Sprintf("{%x-%x-%x-%x-%x}", value[:4], value[4:6], value[6:8], value[8:10], value[10:])
		return unlessSaid(said == uuid, path, said, uuid)
	case []bool:
		return unlessSaid(said == digits(value), path, said, value)
	case []byte:
		return bytesMismatch(path, said, value)
	}
	switch v.Kind() {
	case reflect.Struct:
		return structMismatch(path, said, v)
	case reflect.Slice, reflect.Array:
		list := make([]reflect.Value, v.Len())
		for i := range list {
			list[i] = v.Index(i)
		}
		return listMismatch(path, said, list, goMismatch)
	case reflect.String:
		text, _ := said.(string) // a null string in a list is read as ""
		return unlessSaid(text == v.String(), path, said, v)
	case reflect.Bool:
		return unlessSaid(said == v.Bool(), path, said, v)
	}
	return unlessSaid(sameNumber(said, v), path, said, v)
}

func structMismatch(path string, said any, v reflect.Value) string {
	members, _ := said.(map[string]any)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("json")
		if d := goMismatch(path+"."+name, members[name], v.Field(i)); d != "" {
			return d
		}
	}
	return unlessSaid(len(members) == v.NumField(), path, said, v)
}

func sameNumber(said any, v reflect.Value) bool {
	text := fmt.Sprint(said)
	switch {
	case v.CanInt():
		return text == strconv.FormatInt(v.Int(), 10)
	case v.CanUint():
		return text == strconv.FormatUint(v.Uint(), 10)
	case v.CanFloat():
		number, err := strconv.ParseFloat(strings.Replace(text, "Infinity", "Inf", 1), v.Type().Bits())
		return err == nil && (math.Float64bits(number) == math.Float64bits(v.Float()) || math.IsNaN(number) && math.IsNaN(v.Float()))
	}
	return false
}

func numberOrNull(path string, said any, valid bool, number int64) string {
	if !valid {
		return unlessSaid(said == nil, path, said, "null")
	}
	return unlessSaid(fmt.Sprint(said) == strconv.FormatInt(number, 10), path, said, number)
}

func dateTimeMismatch(path string, said any, v datastream.QDateTime) string {
	members, _ := said.(map[string]any)
	if v.InUTC {
		utc := (v.Date.JulianDay-2440588)*86400_000 + int64(v.Time.Milliseconds)
		return unlessSaid(fmt.Sprint(members["utc"]) == strconv.FormatInt(utc, 10), path, said, v)
	}
	specs := []string{"LocalTime", "UTC", "OffsetFromUTC", "TimeZone"}
	switch {
	case members["spec"] != specs[v.Spec]:
		return unlessSaid(false, path, said, v)
	case v.Spec == datastream.OffsetFromUTC && v.Offset != datastream.UnknownOffset && fmt.Sprint(members["offset"]) != strconv.Itoa(int(v.Offset)):
		return unlessSaid(false, path, said, v)
	case v.Zone.Kind != datastream.NoZone:
		if d := zoneMismatch(path, members["zone"], v.Zone); d != "" {
			return d
		}
	}
	return goMismatch(path, members["date"], reflect.ValueOf(v.Date)) + goMismatch(path, members["time"], reflect.ValueOf(v.Time))
}

func zoneMismatch(path string, said any, v datastream.QTimeZone) string {
	members, _ := said.(map[string]any)
	return unlessSaid(members["id"] == v.ID, path, said, v)
}

func keysMismatch(path string, said any, v datastream.QKeySequence) string {
	var keys [4]any
	elements, _ := said.([]any)
	copy(keys[:], elements)
	for i, key := range v {
		if keys[i] == nil {
			keys[i] = 0
		}
		if d := unlessSaid(fmt.Sprint(keys[i]) == strconv.Itoa(int(int32(key))), path, said, v); d != "" {
			return d
		}
	}
	return ""
}

func digits(bits []bool) string {
	var s strings.Builder
	for _, bit := range bits {
		s.WriteByte("01"[map[bool]int{true: 1}[bit]])
	}
	return s.String()
}

// bytesMismatch compares with a text of one character a byte, or null.
func bytesMismatch(path string, said any, v []byte) string {
	text, ok := said.(string)
	if !ok || v == nil {
		return unlessSaid(said == nil && v == nil, path, said, v)
	}
	var b []byte
	for _, r := range text {
		b = append(b, byte(r))
	}
	return unlessSaid(string(b) == string(v), path, said, v)
}
