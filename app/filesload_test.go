package app_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// R4's counterpart for a program that ended: contents that an upload left are swept once nobody can be at them any more, those of an upload that goes on
// are not, here as on another desktop.
func TestSweep(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		left := func() (blob int64) { // an upload whose program was killed
			err := o.Store.Write(ctx, func(tx *data.Tx) (err error) {
				if blob, err = tx.NewBlob(); err != nil {
					return err
				}
				return tx.AppendBlob(blob, 0, noise(data.ChunkSize, 1), noise(data.ChunkSize, 2))
			})
			if err != nil {
				t.Fatal(err)
			}
			return blob
		}
		left()
		o.Clock.Advance(20 * time.Minute)
		left()
		colleague := o.Colleague(t)
		if err := colleague.Files.Sweep(ctx); err != nil || blobs(t, o) != 1 {
			t.Errorf("%d contents are left after the first sweep: %v", blobs(t, o), err)
		}
		// An upload from a slow source goes on although it takes longer than contents are left alone.
		content := noise(20*data.ChunkSize, 3)
		slow := app.NewFile{FileDetails: app.FileDetails{Name: "slow.bin"}, Content: readerFunc(func() func(b []byte) (int, error) {
			r := bytes.NewReader(content)
			return func(b []byte) (int, error) {
				o.Clock.Advance(10 * time.Second)
				if err := colleague.Files.Sweep(ctx); err != nil {
					t.Error(err)
				}
				return r.Read(b[:min(len(b), 10_000)])
			}
		}())}
		id, err := o.Files.Upload(ctx, client, slow, app.Quiet{})
		if err != nil || !bytes.Equal(download(t, o, id), content) || blobs(t, o) != 1 {
			t.Errorf("%d contents are there: %v", blobs(t, o), err)
		}
		o.Sound(t)
	})
}

type readerFunc func(b []byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// FI-1: two uploads to the same client and acts of others go on at once, and each is whole.
func TestUploadsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		var all sync.WaitGroup
		var uploaded atomic.Int64
		const uploads = 3
		for i := range uploads {
			all.Go(func() {
				content := noise(12*data.ChunkSize+i, uint64(i))
				id, err := o.Files.Upload(ctx, client, newFile(fmt.Sprintf("%d.bin", i), content), app.Quiet{})
				if err != nil {
					t.Error(err)
					return
				}
				var b bytes.Buffer
				if err := o.Files.Download(ctx, id, &b); err != nil || !bytes.Equal(b.Bytes(), content) {
					t.Errorf("file %d came back different: %v", i, err)
				}
				uploaded.Add(1)
			})
		}
		all.Go(func() {
			for i := 0; uploaded.Load() < uploads && i < 50 && !t.Failed(); i++ {
				if _, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(fmt.Sprintf("b%d@example.com", i))}); err != nil {
					t.Error(err)
				}
			}
		})
		all.Wait()
		if fs := list(t, o, client); len(fs) != uploads {
			t.Errorf("%d files are there", len(fs))
		}
		o.Sound(t)
	})
}

// pattern gives n bytes that are not all alike, without keeping them.
type pattern struct {
	left int64
	at   uint64
}

func (p *pattern) Read(b []byte) (int, error) {
	if p.left <= 0 {
		return 0, io.EOF
	}
	b = b[:min(int64(len(b)), p.left)]
	for i := range b {
		if i%8 == 0 {
			p.at = p.at*6364136223846793005 + 1442695040888963407
		}
		b[i] = byte(p.at >> (8 * (i % 8)))
	}
	p.left -= int64(len(b))
	return len(b), nil
}

// highest follows how much of Go's memory is in use.
type highest struct{ bytes uint64 }

func (h *highest) look() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.bytes = max(h.bytes, m.HeapAlloc)
}

// watched is a reader or a writer that looks at the memory in use every few megabytes.
type watched struct {
	app.Quiet
	high *highest
	n    int64
}

func (w *watched) Add(n int64) {
	if w.n += n; w.n >= 8<<20 {
		w.n = 0
		w.high.look()
	}
}

func (w *watched) Write(b []byte) (int, error) {
	w.Add(int64(len(b)))
	return len(b), nil
}

// largeVariable is how many megabytes the large file of the test has; the 2 GB of goal 29 take a minute or two.
const largeVariable = "CLIENTELE_LARGE_FILE_MB"

// Goal 29: the memory that an upload and a download take does not grow with the file.
func TestLargeFileInLittleMemory(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	size, most := int64(96<<20), uint64(24<<20)
	if n, err := strconv.ParseInt(os.Getenv(largeVariable), 10, 64); err == nil {
		size = n << 20
	}
	o.Change(t, func(s *app.Settings) { s.MaxFileMB, s.MaxClientFilesMB = 10_000, 20_000 })
	runtime.GC()
	before, high := &highest{}, &highest{}
	before.look()
	idle := peak(t)
	step := func(what string, began time.Time) {
		t.Logf("%s of %d MB: %.0f MB/s, %d MB of memory resident at most, %d MB over idle", what, size>>20, float64(size>>20)/time.Since(began).Seconds(),
			peak(t)>>20, (peak(t)-idle)>>20)
	}
	began := time.Now()
	n := app.NewFile{FileDetails: app.FileDetails{Name: "large.bin"}, Size: size, Content: &pattern{left: size}}
	id, err := o.Files.Upload(ctx, client, n, &watched{high: high})
	if err != nil {
		t.Fatal(err)
	}
	step("upload", began)
	began = time.Now()
	if err := o.Files.Download(ctx, id, &watched{high: high}); err != nil {
		t.Fatal(err)
	}
	step("download", began)
	if high.bytes == 0 || high.bytes > before.bytes+most {
		t.Errorf("%d MB of the heap in use before, %d at most during %d MB", before.bytes>>20, high.bytes>>20, size>>20)
	}
}

// peak is the most memory that this program had resident so far, in bytes, where the system tells.
func peak(t *testing.T) (bytes int64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Log("this system does not tell how much memory a program has")
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &bytes); err == nil {
			return bytes << 10
		}
	}
	return 0
}

// Goal 18's counterpart: an act of somebody else waits for one short transaction of an upload, whatever the size of the file.
func TestActsDuringAnUpload(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	const size = 48 << 20
	done := make(chan error, 1)
	go func() {
		_, err := o.Files.Upload(ctx, client, app.NewFile{FileDetails: app.FileDetails{Name: "large.bin"}, Size: size, Content: &pattern{left: size}}, app.Quiet{})
		done <- err
	}()
	var waits []time.Duration
	for i, running := 0, true; running; i++ {
		began := time.Now()
		c := o.Get(t, client)
		p := app.ProfileOf(c)
		p.City = fmt.Sprint("City ", i)
		if err := o.Clients.Update(ctx, client, c.Version, p, ""); err != nil {
			t.Fatal(err)
		}
		waits = append(waits, time.Since(began))
		select {
		case err := <-done:
			if running = false; err != nil {
				t.Fatal(err)
			}
		default:
		}
	}
	slices.Sort(waits)
	at := func(part float64) time.Duration { return waits[int(float64(len(waits)-1)*part)] }
	t.Logf("%d acts during the upload: half within %v, 99 of 100 within %v, the longest %v", len(waits), at(.5), at(.99), at(1))
	if len(waits) < 10 {
		t.Errorf("only %d acts got through while %d MB were uploaded", len(waits), size>>20)
	}
}
