package apptest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail"
)

const (
	// childVariable tells a test's program that it is the one to be killed, and in which folder it works.
	childVariable = "CLIENTELE_TEST_CHILD"
	// jobVariable says what the child does.
	jobVariable = "CLIENTELE_TEST_JOB"
	// roundVariable counts the children.
	roundVariable = "CLIENTELE_TEST_ROUND"
	// killsVariable is how many children a test kills; the long run of a release has 1,000.
	killsVariable = "CLIENTELE_KILLS"
	// seedVariable repeats a run.
	seedVariable = "CLIENTELE_SEED"
)

// RoundTime is how long after the one before each child lives by its clock, so that uncertain mails are due.
const RoundTime = 30 * time.Minute

// Killer is a test that starts children of its own program and kills them at random moments. Its program hands them to what they do as soon as it starts: see Told.
type Killer struct {
	*testing.T
	Folder string     // in which the children work
	Random *rand.Rand // of which the moments are made
	Round  int        // how many children there were
}

// NewKiller makes one, and says how often it kills: as often as usual, or as the environment says. The test is skipped where it would mean nothing.
func NewKiller(t *testing.T, usual int) (k *Killer, kills int) {
	t.Helper()
	if RaceDetector {
		t.Skip("under the race detector a child has hardly begun when it is killed; the tests without it kill")
	}
	kills = usual
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		kills = n
	}
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv(seedVariable), 10, 64); err == nil {
		seed = n
	}
	t.Logf("seed %d (%s=%d repeats it)", seed, seedVariable, seed)
	return &Killer{T: t, Folder: t.TempDir(), Random: rand.New(rand.NewPCG(seed, 0))}, kills
}

// Moment is a random time below most.
func (k *Killer) Moment(most time.Duration) time.Duration {
	return time.Duration(k.Random.Int64N(int64(most)))
}

// Open opens what the last child left, RoundTime after it began.
func (k *Killer) Open() *Office {
	k.Helper()
	o := OpenIn(k.T, k.Folder, data.Options{Path: Path(k.Folder)})
	o.Clock.Advance(time.Duration(k.Round+1) * RoundTime)
	return o
}

// Child starts a child and yields its lines. It is killed delay after a line begins with the given word, or after its start where that is empty.
func (k *Killer) Child(folder, job, after string, delay time.Duration) iter.Seq[string] {
	return func(yield func(string) bool) {
		c := Command(k.T, folder, job, k.Round)
		var complaints strings.Builder
		c.Stderr = &complaints
		out, err := c.StdoutPipe()
		if err != nil {
			k.Fatal(err)
		}
		if err := c.Start(); err != nil {
			k.Fatal(err)
		}
		kill := func() { time.AfterFunc(delay, func() { c.Process.Kill() }) }
		if after == "" {
			kill()
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if after != "" && strings.HasPrefix(lines.Text(), after) {
				kill()
			}
			if !yield(lines.Text()) {
				break
			}
		}
		var exit *exec.ExitError
		if err := c.Wait(); !errors.As(err, &exit) || exit.Exited() {
			k.Errorf("the child was not killed but ended: %v\n%s", err, complaints.String())
		}
	}
}

// Command is the test's own program as a child with something to do.
func Command(t *testing.T, folder, job string, round int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), childVariable+"="+folder, jobVariable+"="+job, roundVariable+"="+strconv.Itoa(round))
	return c
}

// Child is what a child was told.
type Child struct {
	Folder, Job string
	Round       int
	// Now is its clock. It begins RoundTime after that of the child before.
	Now func() time.Time
}

// Told tells what this program was told as a child. ok is false where it is no child but tests.
func Told() (c Child, ok bool) {
	c.Folder, c.Job = os.Getenv(childVariable), os.Getenv(jobVariable)
	c.Round, _ = strconv.Atoi(os.Getenv(roundVariable))
	began := time.Now()
	c.Now = func() time.Time { return datatest.Now.Add(time.Duration(c.Round) * RoundTime).Add(time.Since(began)) }
	return c, c.Folder != ""
}

// Open opens the application as the program does at its start.
func (c Child) Open() (*app.App, *data.Store, error) {
	config, err := configuration.Open(c.Folder)
	if err != nil {
		return nil, nil, err
	}
	s, err := data.Open(context.Background(), data.Options{Path: Path(c.Folder), Now: c.Now, BackupBefore: app.BackupBefore(c.Backups(), c.Now)})
	if err != nil {
		return nil, nil, err
	}
	return app.New(app.Params{
		Store: s, Configuration: config, Mailer: mail.New(mail.Options{Now: c.Now}), Keyring: app.FileKeyring{Configuration: config},
		File: Path(c.Folder), Backups: c.Backups(), Now: c.Now, Who: "Child",
	}), s, nil
}

// Backups is the folder of its backups.
func (c Child) Backups() string { return filepath.Join(c.Folder, "backups") }

// Fail says why a child could not do what it should, and gives the code with which it ends.
func (c Child) Fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}
