package main

// directories has nothing to look at where objects have no key files.
func directories() []finding {
	return []finding{fine("directories.none", "Windows names objects without files: TEMP and TMP do not matter")}
}
