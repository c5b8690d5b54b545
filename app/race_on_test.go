//go:build race

package app_test

// raceDetector tells that the tests look for data races, which makes them ten times as slow.
const raceDetector = true
