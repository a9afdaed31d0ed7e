//go:build linux && (386 || arm || mips || mipsle)

package posix

// image is the sem_t of this architecture.
type image = image32
