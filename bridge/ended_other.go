//go:build !unix

package bridge

// ended is for kernels that tell which process has used an object.
func ended(int) bool { return false }
