// Package interrupt lets the end of a context end a system call that sleeps. On systems other than Linux it is empty.
package interrupt
