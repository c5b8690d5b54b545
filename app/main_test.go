package app_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	app.CheapPasswords()
	app.CheapPassphrases()
	if c, ok := apptest.Told(); ok {
		os.Exit(child(c))
	}
	os.Exit(m.Run())
}

// child does what this program was told as a child of a test. What comes after the name of some jobs is the number of a client.
func child(c apptest.Child) int {
	var client int64
	if at := strings.IndexAny(c.Job, "0123456789"); at > 0 {
		if _, err := fmt.Sscan(c.Job[at:], &client); err != nil {
			return c.Fail(err)
		}
		c.Job = c.Job[:at]
	}
	switch c.Job {
	case sendJob, addJob, importJob, bothJob:
		return sendChild(c)
	case uploadJob:
		return uploadChild(c, client)
	case actsJob:
		return actsChild(c, client)
	case dumpJob:
		return dumpChild(c)
	case hurtJob, restoreJob:
		return hurtChild(c)
	case rotateJob, crashJob:
		return cardChild(c)
	case dailyJob:
		return dailyChild(c)
	case backupJob:
		return backupChild(c)
	}
	return c.Fail(fmt.Errorf("no child does %q", c.Job))
}

// fields lists the keys of the fields at fault, in order.
func fields(err error) []string {
	var keys []string
	for _, p := range app.ProblemsOf(err) {
		keys = append(keys, p.Field)
	}
	return keys
}
