//go:build !race

package viewtest

const raceDetector = false
