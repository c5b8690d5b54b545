//go:build !race

package apptest

// RaceDetector tells that the tests look for data races, which makes them ten times as slow.
const RaceDetector = false
