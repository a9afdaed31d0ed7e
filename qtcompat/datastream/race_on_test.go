//go:build race

package datastream

// raceDetector: with it sync.Pool, of which encoding/json takes its scanner, forgets at random.
const raceDetector = true
