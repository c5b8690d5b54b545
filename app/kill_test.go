package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// Jobs of children that send mail, besides which they add clients and import files.
const (
	sendJob   = "send"
	addJob    = "add"
	importJob = "import"
	bothJob   = "both"
)

// importRows is how many rows a child imports.
const importRows = 400

// killed is one run of the test: what it killed, and what the children said before they died.
type killed struct {
	*apptest.Killer
	clients map[string]int64 // acknowledged adds: their numbers by address
	imports map[string]bool  // acknowledged imports by file name
	unready int              // children that died before they were ready
}

// R1, R12, issue 2: a child that adds clients with welcome mails, imports files and sends is killed at random moments, again and again. No client
// that it acknowledged is lost, no import is there by half, every mail arrives, repeats carry their first Message-ID, and every start succeeds.
func TestKill(t *testing.T) {
	killer, kills := apptest.NewKiller(t, 12)
	k := &killed{Killer: killer, clients: map[string]int64{}, imports: map[string]bool{}}
	server := mailtest.Start(t, mailtest.Script{ReplyDelay: time.Millisecond})
	o := k.Open()
	o.Serve(t, server, long)
	o.Store.Close()

	// On a busy machine a child may be killed before it has done anything; then more are, until there is something that could be lost.
	tooLittle := func() bool { return len(k.clients) == 0 || (len(k.imports) == 0 && kills >= 12) }
	for ; k.Round < kills || (k.Round < 6*kills && tooLittle()); k.Round++ {
		switch {
		case k.Round%6 == 5:
			k.firstStart()
		default:
			k.kill([]string{addJob, importJob, bothJob}[k.Round%3])
			k.check()
		}
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	k.finish(server)
}

// lives is how long a child lives at most once it is ready. On a machine that is too busy for an import within it, which begins with a backup, later children
// live longer.
func (k *killed) lives() time.Duration {
	const usual = 400 * time.Millisecond
	if len(k.imports) > 0 {
		return usual
	}
	return usual << min(k.Round/12, 4)
}

func (k *killed) importFile() string { return fmt.Sprintf("import-%d.csv", k.Round) }

// kill runs a child, reads what it acknowledges, and kills it at a random moment after it is ready.
func (k *killed) kill(job string) {
	var csv strings.Builder
	csv.WriteString("First Name,Last Name,Email,Country,Currency,Credit,Client Group\n")
	for i := range importRows {
		fmt.Fprintf(&csv, "Import%d,Row%d,import%d.%d@example.com,GB,GBP,1.50,Round %d\n", k.Round, i, k.Round, i, k.Round)
	}
	if err := os.WriteFile(filepath.Join(k.Folder, k.importFile()), []byte(csv.String()), 0o600); err != nil {
		k.Fatal(err)
	}
	delay := k.Moment(k.lives())
	for line := range k.Child(k.Folder, job, "ready", delay) {
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

// firstStart kills a child while it makes a new data folder; the next start finds a sound one or none.
func (k *killed) firstStart() {
	folder := k.TempDir()
	ready := false
	for line := range k.Child(folder, sendJob, "", 10*time.Millisecond+k.Moment(150*time.Millisecond)) {
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
	o := k.Open()
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
	o := k.Open()
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
		k.Round, len(k.clients), len(all), len(k.imports), len(all), repeats, k.unready)
	if len(k.clients) == 0 || len(k.imports) == 0 && k.Round >= 12 {
		k.Error("the children did too little for the test to mean anything")
	}
}

// sendChild is the program that is killed. It says on its standard output what is done.
func sendChild(c apptest.Child) int {
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	failed := make(chan error)
	go a.Outbox.Run(context.Background())
	if c.Job == importJob || c.Job == bothJob {
		go func() {
			if err := importOnce(a, filepath.Join(c.Folder, fmt.Sprintf("import-%d.csv", c.Round))); err != nil {
				failed <- err
			}
		}()
	}
	if c.Job == addJob || c.Job == bothJob {
		go func() { failed <- addForever(a, c.Round) }()
	}
	return c.Fail(<-failed)
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
