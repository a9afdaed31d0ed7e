// Package ipctest runs the tests of a package where they can neither disturb nor be disturbed: in an IPC namespace, a
// /dev/shm and a TMPDIR of their own. When the tests are over it fails them if a System V object or a file is left there.
//
//	func TestMain(m *testing.M) { os.Exit(ipctest.Run(m)) }
//
// Making namespaces needs root or unprivileged user namespaces. On systems other than Linux the tests run as they are.
package ipctest
