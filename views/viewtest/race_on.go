//go:build race

package viewtest

// raceDetector tells that the tests look for data races.
const raceDetector = true
