package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail"
	"clientele/mail/mailtest"
)

const (
	// childVariable tells this test's program that it is the one to be killed, and in which folder it works.
	childVariable = "CLIENTELE_TEST_CHILD"
	// jobVariable says what the child does, besides sending mail: "add", "import" or "both".
	jobVariable = "CLIENTELE_TEST_JOB"
	// roundVariable counts the children; each lives half an hour after the one before by its clock, so that uncertain mails are due.
	roundVariable = "CLIENTELE_TEST_ROUND"
	// killsVariable is how many children the test kills; the long run of a release has 1,000.
	killsVariable = "CLIENTELE_KILLS"
	// seedVariable repeats a run.
	seedVariable = "CLIENTELE_SEED"
)

const (
	importRows = 400
	roundTime  = 30 * time.Minute
)

// killed is one run of the test: what it killed, and what the children said before they died.
type killed struct {
	*testing.T
	folder  string
	random  *rand.Rand
	round   int
	clients map[string]int64 // acknowledged adds: their numbers by address
	imports map[string]bool  // acknowledged imports by file name
	unready int              // children that died before they were ready
}

// killer is a test that kills, or skips where that would mean nothing.
func killer(t *testing.T, kills int) (*killed, int) {
	t.Helper()
	if raceDetector {
		t.Skip("under the race detector a child has hardly begun when it is killed; the tests without it kill")
	}
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		kills = n
	}
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv(seedVariable), 10, 64); err == nil {
		seed = n
	}
	t.Logf("seed %d (%s=%d repeats it)", seed, seedVariable, seed)
	return &killed{T: t, folder: t.TempDir(), random: rand.New(rand.NewPCG(seed, 0))}, kills
}

// R1, R12, issue 2: a child that adds clients with welcome mails, imports files and sends is killed at random moments, again and again. No client
// that it acknowledged is lost, no import is there by half, every mail arrives, repeats carry their first Message-ID, and every start succeeds.
func TestKill(t *testing.T) {
	k, kills := killer(t, 12)
	k.clients, k.imports = map[string]int64{}, map[string]bool{}
	server := mailtest.Start(t, mailtest.Script{ReplyDelay: time.Millisecond})
	o := k.open()
	o.Serve(t, server, long)
	o.Store.Close()

	// On a busy machine a child may be killed before it has done anything; then more are, until there is something that could be lost.
	tooLittle := func() bool { return len(k.clients) == 0 || (len(k.imports) == 0 && kills >= 12) }
	for ; k.round < kills || (k.round < 6*kills && tooLittle()); k.round++ {
		switch {
		case k.round%6 == 5:
			k.firstStart()
		default:
			k.kill([]string{"add", "import", "both"}[k.round%3])
			k.check()
		}
		if t.Failed() {
			t.Fatalf("after kill %d", k.round+1)
		}
	}
	k.finish(server)
}

func (k *killed) importFile() string { return fmt.Sprintf("import-%d.csv", k.round) }

// open opens what the last child left.
func (k *killed) open() *apptest.Office {
	k.Helper()
	o := apptest.OpenIn(k.T, k.folder, data.Options{Path: apptest.Path(k.folder)})
	o.Clock.Advance(time.Duration(k.round+1) * roundTime)
	return o
}

// kill runs a child, reads what it acknowledges, and kills it at a random moment after it is ready.
func (k *killed) kill(job string) {
	var csv strings.Builder
	csv.WriteString("First Name,Last Name,Email,Country,Currency,Credit,Client Group\n")
	for i := range importRows {
		fmt.Fprintf(&csv, "Import%d,Row%d,import%d.%d@example.com,GB,GBP,1.50,Round %d\n", k.round, i, k.round, i, k.round)
	}
	if err := os.WriteFile(filepath.Join(k.folder, k.importFile()), []byte(csv.String()), 0o600); err != nil {
		k.Fatal(err)
	}
	delay := time.Duration(k.random.Int64N(int64(250 * time.Millisecond)))
	for line := range k.child(k.folder, job, "ready", delay) {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "ready":
		case "client":
			address, id, _ := strings.Cut(rest, " ")
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				k.Fatalf("the child said %q", line)
			}
			k.clients[address] = n
		case "imported":
			k.imports[rest] = true
		default:
			k.Fatalf("the child said %q", line)
		}
	}
}

// child starts a child and yields its lines; it is killed delay after a line begins with the given word, or after its start where that is empty.
func (k *killed) child(folder, job, after string, delay time.Duration) func(func(string) bool) {
	return func(yield func(string) bool) {
		self, err := os.Executable()
		if err != nil {
			k.Fatal(err)
		}
		c := exec.Command(self)
		c.Env = append(os.Environ(), childVariable+"="+folder, jobVariable+"="+job, roundVariable+"="+strconv.Itoa(k.round))
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

// firstStart kills a child while it makes a new data folder; the next start finds a sound one or none.
func (k *killed) firstStart() {
	folder := k.TempDir()
	ready := false
	for line := range k.child(folder, "none", "", 10*time.Millisecond+time.Duration(k.random.Int64N(int64(150*time.Millisecond)))) {
		ready = ready || line == "ready"
	}
	if !ready {
		k.unready++
	}
	o := apptest.OpenIn(k.T, folder, data.Options{Path: apptest.Path(folder)})
	o.Add(k.T, "first@example.com", nil)
	o.Sound(k.T)
	o.Store.Close()
}

// check opens the data as the next start does and compares it with what was acknowledged.
func (k *killed) check() {
	k.Helper()
	o := k.open()
	defer o.Store.Close()
	o.Sound(k.T)
	for address, id := range k.clients {
		c, err := o.Clients.Get(ctx, id)
		if err != nil || c.Email != address {
			k.Errorf("acknowledged client %s (#%d) is lost: %v", address, id, err)
		}
	}
	is, err := o.Imports.List(ctx, 1_000_000)
	if err != nil {
		k.Fatal(err)
	}
	there := map[string]bool{}
	for _, i := range is {
		there[i.FileName] = true
		if i.Imported != importRows {
			k.Errorf("%s says %d rows", i.FileName, i.Imported)
		}
	}
	for name := range k.imports {
		if !there[name] {
			k.Errorf("acknowledged import %s is lost", name)
		}
	}
	sizes := map[int64]int64{}
	added := map[int64]bool{}
	err = o.Store.Read(ctx, func(tx *data.Tx) error {
		return tx.EachClient(data.ClientFilter{}, func(cs []data.Client) error {
			for _, c := range cs {
				if c.ImportID != nil {
					sizes[*c.ImportID]++
				} else {
					added[c.ID] = true
				}
			}
			return nil
		})
	})
	if err != nil {
		k.Fatal(err)
	}
	for id, n := range sizes {
		if n != importRows {
			k.Errorf("import %d is there by half: %d clients", id, n)
		}
	}
	if len(sizes) != len(is) {
		k.Errorf("%d imports have clients, %d are recorded", len(sizes), len(is))
	}
	groups, err := o.Groups.List(ctx)
	if err != nil || len(groups) != len(is) {
		k.Errorf("%d groups of %d imports, %v", len(groups), len(is), err)
	}
	// Each client has its mail, and each mail its client.
	for _, m := range mails(k.T, o) {
		if !added[*m.ClientID] {
			k.Errorf("mail %d has no client", m.ID)
		}
		delete(added, *m.ClientID)
	}
	if len(added) > 0 {
		k.Errorf("%d clients have no welcome mail", len(added))
	}
}

// finish sends what is left and compares the outbox with the server's box.
func (k *killed) finish(server *mailtest.Server) {
	o := k.open()
	defer o.Store.Close()
	o.Use(o.Mailer(server, long))
	for range 3 {
		o.Clock.Advance(app.MaxWait)
		send(k.T, o)
	}
	arrived := server.Counts()
	all, repeats := mails(k.T, o), 0
	for _, m := range all {
		n := arrived[m.MessageID]
		if m.State != data.MailSent || n == 0 || n > int(m.Attempts) {
			k.Errorf("mail %d is %s after %d attempts and arrived %d times: %s", m.ID, m.State, m.Attempts, n, m.Answer)
		}
		repeats += max(0, n-1)
		delete(arrived, m.MessageID)
	}
	for id := range arrived {
		k.Errorf("%s arrived but is in no outbox", id)
	}
	k.Logf("%d kills: %d clients acknowledged, %d there, %d imports acknowledged, %d mails, all arrived, %d of them twice or more; %d first starts were cut short",
		k.round, len(k.clients), len(all), len(k.imports), len(all), repeats, k.unready)
	if len(k.clients) == 0 || len(k.imports) == 0 && k.round >= 12 {
		k.Error("the children did too little for the test to mean anything")
	}
}

// child is the program that is killed. It says on its standard output what is done.
func child(folder string) int {
	fail := func(err error) int {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	round, err := strconv.Atoi(os.Getenv(roundVariable))
	if err != nil {
		return fail(err)
	}
	began := time.Now()
	now := func() time.Time {
		return datatest.Now.Add(time.Duration(round+1) * roundTime).Add(time.Since(began))
	}
	c, err := configuration.Open(folder)
	if err != nil {
		return fail(err)
	}
	s, err := data.Open(ctx, data.Options{Path: apptest.Path(folder), Now: now})
	if err != nil {
		return fail(err)
	}
	a := app.New(app.Params{
		Store: s, Configuration: c, Mailer: mail.New(mail.Options{Now: now}), Keyring: app.FileKeyring{Configuration: c}, Now: now, Who: "Child",
	})
	fmt.Println("ready")
	job := os.Getenv(jobVariable)
	failed := make(chan error)
	go a.Outbox.Run(context.Background())
	if job == "import" || job == "both" {
		go func() {
			if err := importOnce(a, filepath.Join(folder, fmt.Sprintf("import-%d.csv", round))); err != nil {
				failed <- err
			}
		}()
	}
	if job == "add" || job == "both" {
		go func() { failed <- addForever(a, round) }()
	}
	return fail(<-failed)
}

func importOnce(a *app.App, path string) error {
	form, err := a.Imports.Inspect(ctx, path)
	if err != nil {
		return err
	}
	defer form.Close()
	r, err := a.Imports.Run(ctx, form, app.ImportOptions{}, app.Quiet{})
	if err == nil && r.Imported != importRows {
		err = fmt.Errorf("imported %+v", r)
	}
	if err == nil {
		fmt.Println("imported", filepath.Base(path))
	}
	return err
}

func addForever(a *app.App, round int) error {
	for i := 0; ; i++ {
		address := fmt.Sprintf("add%d.%d@example.com", round, i)
		id, err := a.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(address), SendWelcome: true})
		if err != nil {
			return err
		}
		fmt.Println("client", address, id)
	}
}
