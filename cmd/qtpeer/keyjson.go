package main

import (
	"io"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

type keyJSON struct {
	Object    string `json:"object"`
	Family    string `json:"family"`
	Form      string `json:"form"`
	Native    string `json:"native"`
	Text      string `json:"text"`
	ProjectID *uint8 `json:"project_id,omitempty"` // System V only
}

type eraJSON struct {
	Qt string `json:"qt"`
	keyJSON
}

func asKeyJSON(k derivedKey) keyJSON {
	j := keyJSON{Object: k.object, Family: k.key.Type.String(), Form: k.form, Native: k.key.Native, Text: k.key.String()}
	if k.key.Type.Family() == ipckey.FamilySystemV {
		j.ProjectID = &k.id
	}
	return j
}

func printKeysJSON(w io.Writer, name string, keys []derivedKey, others []eraKey) error {
	j := struct {
		Name string    `json:"name"`
		Keys []keyJSON `json:"keys"`
		Eras []eraJSON `json:"eras,omitempty"`
	}{Name: name}
	for _, k := range keys {
		j.Keys = append(j.Keys, asKeyJSON(k))
	}
	for _, k := range others {
		j.Eras = append(j.Eras, eraJSON{k.era, asKeyJSON(k.derivedKey)})
	}
	return printJSON(w, j)
}
