// Package proc reads in Linux's /proc which processes use an object, and what they are called. Nothing here knows what the
// objects are for. All functions are safe for concurrent use; on systems other than Linux the package is empty.
package proc
