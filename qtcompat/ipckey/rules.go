package ipckey

// Rules are the ways in which a version of Qt names things. The zero Rules are those of the newest Qt, and of all
// others where these agree.
type Rules struct {
	Temp TempRule
}
