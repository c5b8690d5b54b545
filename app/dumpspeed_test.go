package app_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
)

// dumpVariable is how many clients TestDumpSpeed imports.
const dumpVariable = "CLIENTELE_DUMP_CLIENTS"

// Goal 24: rows a second and memory of the import of a made-up dump. It is run by hand, such as with 10,000 and 100,000 clients:
//
//	CLIENTELE_DUMP_CLIENTS=10000 go test -run TestDumpSpeed -v ./app
func TestDumpSpeed(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(dumpVariable))
	if err != nil {
		t.Skipf("it takes long; %s says how many clients", dumpVariable)
	}
	path := filepath.Join(t.TempDir(), "whmcs.sql")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	totals, err := apptest.Dump{Version: 8, Clients: n, Mails: 1}.Write(f)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	o := apptest.Open(t)
	began := time.Now()
	d, err := o.Imports.OpenDump(ctx, path, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	looked := time.Since(began)
	began = time.Now()
	if _, err := o.Imports.RunDump(ctx, d, app.DumpOptions{DryRun: true}, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	dry := time.Since(began)
	began = time.Now()
	r, err := o.Imports.RunDump(ctx, d, app.DumpOptions{}, steps{t, began})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("%d clients, %d rows, %d MB: looked at in %v, dry run %v, import %v = %.0f rows/s, memory at most %d MB, sound %v", r.Clients, totals.Rows, info.Size()>>20,
		looked.Round(time.Millisecond), dry.Round(time.Millisecond), took.Round(time.Millisecond), float64(totals.Rows)/took.Seconds(), peak(t)>>20, r.Sound())
}

// steps logs when each step begins.
type steps struct {
	*testing.T
	began time.Time
}

func (s steps) Step(what string) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.Logf("%8s %-35s objects %d MB, memory at most %d MB", time.Since(s.began).Round(time.Millisecond), what, m.HeapAlloc>>20, peak(s.T)>>20)
}
func (s steps) SetTotal(int64) {}
func (s steps) Add(int64)      {}
