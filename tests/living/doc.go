// Package living holds the tests of qtpeer's ls, clean and guard among processes that live, are killed and get in the way:
// real Qt programs and Go ones, other users, other IPC namespaces, and a machine that is full. What clean has done is judged by
// what the kernel has then, not by what clean says.
//
//	make build && go test ./tests/living
//
// With INTEROP_QT, paths of QtCore libraries, other versions of Qt take part.
package living
