//go:build linux

package posix

// Mark leaves a mark in a word of the semaphore that glibc zeroes and does not use, for whoever has it open or will.
// It has no meaning to glibc and none of its own.
func (s *Sem) Mark() { s.image.mark.Store(1) }

// Marked reports whether somebody has called Mark.
func (s *Sem) Marked() bool { return s.image.mark.Load() != 0 }
