package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// noise is n bytes that are always the same for a seed.
func noise(n int, seed uint64) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(seed)}).Read(b)
	return b
}

// newFile is a file with this content.
func newFile(name string, content []byte) app.NewFile {
	return app.NewFile{FileDetails: app.FileDetails{Name: name, AdminOnly: true}, Size: int64(len(content)), Content: bytes.NewReader(content)}
}

// upload stores a file and returns its number.
func upload(t testing.TB, o *apptest.Office, client int64, name string, content []byte) int64 {
	t.Helper()
	id, err := o.Files.Upload(ctx, client, newFile(name, content), app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// download reads a file whole.
func download(t testing.TB, o *apptest.Office, id int64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Files.Download(ctx, id, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func list(t testing.TB, o *apptest.Office, client int64) []data.File {
	t.Helper()
	fs, err := o.Files.List(ctx, client, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// blobs counts the contents that are stored, whole and in part.
func blobs(t testing.TB, o *apptest.Office) (n int64) {
	t.Helper()
	err := o.Store.Read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.CountContents()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// FI-1, FI-2: a file comes out as it went in, whatever its size; it is listed newest first with what is known of it, and the log has it.
func TestUploadAndDownload(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		var changes []app.Change
		defer o.Events.Subscribe(func(c app.Change) { changes = append(changes, c) })()
		for i, size := range []int{0, 1, data.ChunkSize, 9*data.ChunkSize + 5} {
			content := noise(size, uint64(i))
			id := upload(t, o, client, "../offer.pdf", content)
			if got := download(t, o, id); !bytes.Equal(got, content) {
				t.Errorf("%d bytes came back as %d others", size, len(got))
			}
			path := filepath.Join(t.TempDir(), "saved.pdf")
			if err := o.Files.SaveTo(ctx, id, path, app.Quiet{}); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
				t.Errorf("%d bytes were saved as %d others: %v", size, len(got), err)
			}
		}
		fs := list(t, o, client)
		if len(fs) != 4 {
			t.Fatalf("%d files are there", len(fs))
		}
		newest := fs[0]
		if newest.Title != "offer.pdf" || newest.Name != "offer.pdf" || newest.Size != 9*data.ChunkSize+5 || !newest.AdminOnly || newest.UploadedBy != "Alex Admin" ||
			newest.UploadedAt != o.Clock.Now().UnixMilli() {
			t.Errorf("listed as %+v", newest)
		}
		if n, size, err := o.Files.Totals(ctx, client); n != 4 || size != 10*data.ChunkSize+6 || err != nil {
			t.Errorf("%d files with %d bytes: %v", n, size, err)
		}
		if lines := o.Activity(t, client); len(lines) != 5 || lines[0].Action != "file.added" || !strings.Contains(lines[0].Details, "2.3 MB") {
			t.Errorf("the log says %+v", lines[0])
		}
		if len(changes) != 4 || changes[0] != (app.Change{Topic: app.TopicFiles, ClientID: client}) {
			t.Errorf("told of %v", changes)
		}
		o.Sound(t)
	})
}

// FI-2: title, name and Admin Only can be changed; of two who change the same file the second is told. The log says what changed.
func TestChangeFile(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		id := upload(t, o, client, "a.txt", []byte("text"))
		f, err := o.Files.Get(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Files.Change(ctx, id, f.Version, app.FileDetails{Title: " Contract ", Name: "../b.txt"}); err != nil {
			t.Fatal(err)
		}
		if got, _ := o.Files.Get(ctx, id); got.Title != "Contract" || got.Name != "b.txt" || got.AdminOnly || got.Version != f.Version+1 {
			t.Errorf("changed to %+v", got)
		}
		if err := o.Files.Change(ctx, id, f.Version, app.FileDetails{Name: "c.txt"}); app.CodeOf(err) != app.Conflict {
			t.Errorf("the second of two changes: %v", err)
		}
		if got := o.Activity(t, client)[0].Details; got != "Title: a.txt → Contract\nName: a.txt → b.txt\nAdmin Only: yes → no" {
			t.Errorf("the log says %q", got)
		}
		for _, d := range []app.FileDetails{{}, {Name: "a", Title: strings.Repeat("x", 201)}, {Name: "a", Title: "a\x00b"}, {Name: "a", Title: "a\u202eb"}} {
			if err := o.Files.Change(ctx, id, f.Version+1, d); app.CodeOf(err) != app.Invalid {
				t.Errorf("%+v was taken: %v", d, err)
			}
		}
		other := upload(t, o, client, "d.txt", []byte("text"))
		for _, on := range []bool{true, false} {
			want := map[bool]int{true: 1, false: 2}[on] // the other one was Admin Only already
			if n, err := o.Files.SetAdminOnly(ctx, []int64{id, other}, on); n != want || err != nil {
				t.Errorf("Admin Only %v was set on %d: %v", on, n, err)
			}
			for _, f := range list(t, o, client) {
				if f.AdminOnly != on {
					t.Errorf("Admin Only %v was not stored: %+v", on, f)
				}
			}
		}
		if twin, ok, err := o.Files.Twin(ctx, other); !ok || twin.ID != id || err != nil {
			t.Errorf("the same contents were found in %+v, %v: %v", twin, ok, err)
		}
		third := upload(t, o, client, "e.txt", []byte("next"))
		if _, ok, err := o.Files.Twin(ctx, third); ok || err != nil {
			t.Errorf("the same contents were found where there are none: %v", err)
		}
	})
}

// AP-6: a deleted file comes back under its number with its contents; once that is no longer possible the contents go, and those of others stay.
func TestDeleteFile(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		content := noise(20*data.ChunkSize, 1)
		kept, id := upload(t, o, client, "kept.txt", []byte("kept")), upload(t, o, client, "a.bin", content)
		undos, err := o.Files.Delete(ctx, id)
		if err != nil || len(undos) != 1 {
			t.Fatal(undos, err)
		}
		if fs := list(t, o, client); len(fs) != 1 || o.Activity(t, client)[0].Action != "file.deleted" {
			t.Errorf("after deleting: %+v", fs)
		}
		sweep := func() {
			t.Helper()
			if err := errors.Join(o.Undos.Forget(ctx), o.Files.Sweep(ctx)); err != nil {
				t.Fatal(err)
			}
		}
		o.Clock.Advance(app.UndoLife - time.Hour)
		sweep()
		if subject, err := o.Undos.Undo(ctx, undos[0]); err != nil || subject != "a.bin" {
			t.Fatalf("undone %q: %v", subject, err)
		}
		if fs := list(t, o, client); len(fs) != 2 || fs[0].ID != id || !bytes.Equal(download(t, o, id), content) {
			t.Errorf("put back as %+v", fs)
		}
		if _, err := o.Undos.Undo(ctx, undos[0]); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("undone twice: %v", err)
		}
		if undos, err = o.Files.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(app.UndoLife + time.Minute)
		sweep()
		if n := blobs(t, o); n != 1 {
			t.Errorf("%d contents are left", n)
		}
		if _, err := o.Undos.Undo(ctx, undos[0]); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("undone too late: %v", err)
		}
		if string(download(t, o, kept)) != "kept" {
			t.Error("another file was harmed")
		}
		if _, err := o.Files.Delete(ctx, kept, 999); app.CodeOf(err) != app.NotFound || len(list(t, o, client)) != 1 {
			t.Errorf("deleting one that is there and one that is not: %v", err)
		}
		o.Sound(t)
	})
}

// failing gives some bytes and then does something.
type failing struct {
	left int
	then func() (int, error)
}

func (f *failing) Read(b []byte) (int, error) {
	if f.left <= 0 {
		return f.then()
	}
	n := min(len(b), f.left)
	f.left -= n
	return n, nil
}

// FI-1: of an upload that is stopped, or whose source fails, nothing is kept, and it says so.
func TestUploadThatEnds(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		for name, c := range map[string]struct {
			then func(stop func()) func() (int, error)
			is   func(error) bool
		}{
			"fails":      {func(func()) func() (int, error) { return func() (int, error) { return 0, errors.New("pulled out") } }, says("could not be read to its end")},
			"cut off":    {func(func()) func() (int, error) { return func() (int, error) { return 0, io.ErrUnexpectedEOF } }, says("could not be read to its end")},
			"gives none": {func(func()) func() (int, error) { return func() (int, error) { return 0, nil } }, says("could not be read to its end")},
			"stopped": {func(stop func()) func() (int, error) {
				return func() (int, error) { stop(); return 1, nil }
			}, func(err error) bool { return errors.Is(err, context.Canceled) }},
		} {
			stopped, stop := context.WithCancel(ctx)
			n := app.NewFile{FileDetails: app.FileDetails{Name: "a.bin"}, Content: &failing{left: 30*data.ChunkSize + 7, then: c.then(stop)}}
			if _, err := o.Files.Upload(stopped, client, n, app.Quiet{}); !c.is(err) {
				t.Errorf("%s: %v", name, err)
			}
			stop()
			if n := blobs(t, o); n != 0 || len(list(t, o, client)) != 0 {
				t.Errorf("%s: %d contents are left", name, n)
			}
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			n := app.NewFile{FileDetails: app.FileDetails{Name: "a.bin"}, Content: &failing{left: 30 * data.ChunkSize, then: func() (int, error) { panic("boom") }}}
			_, _ = o.Files.Upload(ctx, client, n, app.Quiet{})
		}()
		if n := blobs(t, o); n != 0 {
			t.Errorf("after a panic %d contents are left", n)
		}
		o.Sound(t)
	})
}

// says tells whether an error is one that a person reads, with these words.
func says(words string) func(error) bool {
	return func(err error) bool { return app.CodeOf(err) != "" && strings.Contains(app.Explain(err), words) }
}

// FI-2: the limits are settings. They hold whether the size is known before or not, and what is too large is not read to its end.
func TestFileLimits(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		o.Change(t, func(s *app.Settings) { s.MaxFileMB, s.MaxClientFilesMB = 2, 3 })
		client, other := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
		large := noise(2<<20+1, 1)
		known, hidden := newFile("a.bin", large), newFile("a.bin", large)
		hidden.Size = 0
		const far = 64 << 20 // a limit that does not hold must not fill the disk
		source := &failing{left: far, then: func() (int, error) { return 0, io.EOF }}
		endless := app.NewFile{FileDetails: app.FileDetails{Name: "a.bin"}, Content: source}
		for name, n := range map[string]app.NewFile{"known": known, "hidden": hidden, "endless": endless} {
			if _, err := o.Files.Upload(ctx, client, n, app.Quiet{}); !says("larger than 2 MB")(err) {
				t.Errorf("%s size: %v", name, err)
			}
		}
		if read := far - source.left; read > 3<<20 {
			t.Errorf("%d bytes of what is too large were read", read)
		}
		upload(t, o, client, "a.bin", large[:2<<20])
		second := newFile("b.bin", large[:2<<20])
		second.Size = 0
		if _, err := o.Files.Upload(ctx, client, second, app.Quiet{}); !says("more than 3 MB")(err) {
			t.Errorf("all files of a client: %v", err)
		}
		upload(t, o, other, "c.bin", large[:2<<20])
		if n := blobs(t, o); n != 2 {
			t.Errorf("%d contents are there", n)
		}
		if _, err := o.Files.Upload(ctx, 999, newFile("a", nil), app.Quiet{}); app.CodeOf(err) != app.NotFound {
			t.Errorf("for a client who is not there: %v", err)
		}
	})
}

// gauge is a Progress that notes how far something came.
type gauge struct {
	app.Quiet
	total, done int64
}

func (g *gauge) SetTotal(n int64) { g.total = n }
func (g *gauge) Add(n int64)      { g.done += n }

// FI-1, FI-2: how far an upload is, and a file that is saved or opened, is told on the way, up to its end.
func TestFileProgress(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	const size = 9*data.ChunkSize + 5
	var up, saved, opened gauge
	id, err := o.Files.Upload(ctx, client, newFile("a.dat", noise(size, 1)), &up)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Files.SaveTo(ctx, id, filepath.Join(t.TempDir(), "a.dat"), &saved); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Files.Open(ctx, id, &opened); err != nil {
		t.Fatal(err)
	}
	for what, g := range map[string]gauge{"upload": up, "save": saved, "open": opened} {
		if g.total != size || g.done != size {
			t.Errorf("%s: %d of %d bytes, and there are %d", what, g.done, g.total, size)
		}
	}
}

// FI-1: before an upload a person is told what is unusual about a file, and what cannot be uploaded at all.
func TestInspectFile(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.MaxFileMB = 1; s.FileExtensions = []string{".PDF", "txt"} })
	client := o.Add(t, "a@example.com", nil)
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		warning string
	}{
		"offer.pdf":   {[]byte("%PDF-1.7"), ""},
		"lie.pdf":     {[]byte("<html>"), "does not begin as a file that ends in .pdf does"},
		"invoice.exe": {[]byte("x"), "is a program"},
		"hidden.pdf":  {[]byte("MZ"), "is a program"},
		"plan.dwg":    {[]byte("x"), "is not of a kind that is usual here"},
		"empty.txt":   {nil, ""},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := o.Files.Inspect(ctx, client, path)
		if err != nil || got.Name != name || got.Size != int64(len(c.content)) || (len(got.Warnings) > 0) != (c.warning != "") ||
			!strings.Contains(strings.Join(got.Warnings, ""), c.warning) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := o.Files.UploadFrom(ctx, client, path, app.FileDetails{}, app.Quiet{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "large.pdf"), noise(1<<20+1, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, words := range map[string]string{folder: "is a folder", filepath.Join(folder, "gone"): "is not where it was", filepath.Join(folder, "large.pdf"): "larger than 1 MB"} {
		if _, err := o.Files.Inspect(ctx, client, path); !says(words)(err) {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := o.Files.UploadFrom(ctx, client, path, app.FileDetails{}, app.Quiet{}); !says(words)(err) {
			t.Errorf("uploading %s: %v", path, err)
		}
	}
	if runtime.GOOS != "windows" {
		if _, err := o.Files.Inspect(ctx, client, os.DevNull); !says("no ordinary file")(err) {
			t.Errorf("a device: %v", err)
		}
	}
}

// FI-2, 1.6: a file whose contents changed below the program is reported and not handed out, and the check names it by client and name.
func TestDamagedFile(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	content := noise(3*data.ChunkSize, 1)
	changed, short, lost, sound := upload(t, o, client, "changed.pdf", content), upload(t, o, client, "short.pdf", content), upload(t, o, client, "lost.pdf", content),
		upload(t, o, client, "sound.pdf", content)
	spoil(t, apptest.Path(o.Folder), `UPDATE blob_chunks SET bytes = zeroblob(length(bytes)) WHERE blob_id = 1 AND n = 1;
		UPDATE blob_chunks SET bytes = substr(bytes, 1, 1000) WHERE blob_id = 2 AND n = 2; DELETE FROM blob_chunks WHERE blob_id = 3 AND n = 1`)
	for _, id := range []int64{changed, short, lost} {
		path := filepath.Join(t.TempDir(), "saved.pdf")
		if err := o.Files.Download(ctx, id, io.Discard); !says("is damaged in the data")(err) {
			t.Errorf("download: %v", err)
		}
		if err := o.Files.SaveTo(ctx, id, path, app.Quiet{}); !says("is damaged in the data")(err) {
			t.Errorf("save: %v", err)
		}
		if all, _ := os.ReadDir(filepath.Dir(path)); len(all) != 0 {
			t.Errorf("%v was left", all)
		}
	}
	if !bytes.Equal(download(t, o, sound), content) {
		t.Error("a sound file is not")
	}
	r, err := o.Checks.Run(ctx, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	var found string
	for _, c := range r.Checks {
		found += strings.Join(c.Found, "\n") + "\n"
	}
	for _, name := range []string{"changed.pdf", "short.pdf", "lost.pdf"} {
		if !strings.Contains(found, "client #1, file “"+name+"”") {
			t.Errorf("the check does not name %s:\n%s", name, found)
		}
	}
	if strings.Contains(found, "sound.pdf") || r.Files != 4 {
		t.Errorf("the check compared %d files and found:\n%s", r.Files, found)
	}
}

// FI-2: what is opened is a copy that only this account can read, a program is not opened, and no copy is left.
func TestOpenFile(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	id := upload(t, o, client, "offer.pdf", []byte("%PDF-1.7"))
	for range 2 {
		path, err := o.Files.Open(ctx, id, app.Quiet{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != "%PDF-1.7" || filepath.Base(path) != "offer.pdf" {
			t.Errorf("opened %s: %q, %v", path, got, err)
		}
		for p, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
			if info, err := os.Stat(p); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", p, info.Mode(), err)
			}
		}
	}
	for name, content := range map[string]string{"setup.exe": "x", "invoice.pdf": "MZ\x90"} {
		if _, err := o.Files.Open(ctx, upload(t, o, client, name, []byte(content)), app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("%s was opened: %v", name, err)
		}
	}
	o.Files.ForgetOpened()
	if _, err := os.Stat(filepath.Join(o.Folder, "opened")); !os.IsNotExist(err) {
		t.Errorf("copies are left: %v", err)
	}
}

// FI-2: what cannot be written is said in words, and nothing is left of it.
func TestSaveFileElsewhere(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	id := upload(t, o, client, "a.bin", noise(4*data.ChunkSize, 1))
	folder := t.TempDir()
	for path, words := range map[string]string{
		filepath.Join(folder, "no", "a.bin"): "is not there",
		folder:                               "no ordinary file",
	} {
		if err := o.Files.SaveTo(ctx, id, path, app.Quiet{}); !says(words)(err) {
			t.Errorf("%s: %v", path, err)
		}
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := o.Files.SaveTo(stopped, id, filepath.Join(folder, "a.bin"), app.Quiet{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if all, _ := os.ReadDir(folder); len(all) != 0 {
		t.Errorf("%v was left", all)
	}
}

// The sample data has files to try things on, always the same ones, and not more of them with more clients.
func TestDemoFiles(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		if err := o.Demo(ctx, 310, 1, app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		fs := list(t, o, 1)
		if len(fs) == 0 || !strings.HasPrefix(string(download(t, o, fs[len(fs)-1].ID)), "FRAMEWORK AGREEMENT") {
			t.Errorf("the first client has %+v", fs)
		}
		if n := blobs(t, o); n < 100 || n > 300 {
			t.Errorf("%d files were made up", n)
		}
		if len(list(t, o, 304)) != 0 {
			t.Error("files were made up for more clients than a few")
		}
		o.Sound(t)
	})
}
