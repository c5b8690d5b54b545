package app_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"clientele/app"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	app.CheapPasswords()
	app.CheapPassphrases()
	if job := os.Getenv(childVariable); job != "" {
		if upload := os.Getenv(jobVariable); strings.HasPrefix(upload, uploadJob) {
			os.Exit(uploadChild(job, upload))
		}
		if acts := os.Getenv(jobVariable); strings.HasPrefix(acts, actsJob) {
			os.Exit(actsChild(job, acts))
		}
		if os.Getenv(jobVariable) == dumpJob {
			os.Exit(dumpChild(job))
		}
		if hurt := os.Getenv(jobVariable); hurt == hurtJob || hurt == restoreJob {
			os.Exit(hurtChild(job, hurt))
		}
		if cards := os.Getenv(jobVariable); cards == rotateJob || cards == crashJob {
			os.Exit(cardChild(job, cards))
		}
		if os.Getenv(jobVariable) == dailyJob {
			os.Exit(dailyChild(job))
		}
		os.Exit(child(job))
	}
	os.Exit(m.Run())
}

// fields lists the keys of the fields at fault, in order.
func fields(err error) []string {
	var keys []string
	for _, p := range app.ProblemsOf(err) {
		keys = append(keys, p.Field)
	}
	return keys
}
