package views

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/card"
	"clientele/app/configuration"
	"clientele/app/logfile"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/cards"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/viewtest"
)

// canaries are secrets that must be nowhere, in the forms in which they could be written.
type canaries map[string][][]byte

func (c canaries) add(name, secret string) {
	plain := strings.NewReplacer(" ", "", "-", "").Replace(secret)
	for _, form := range slices.Compact([]string{secret, plain, strings.ToUpper(plain), grouped(plain, 4, " "), grouped(plain, 4, "-"), grouped(plain, 8, "-"), grouped(plain, 8, " ")}) {
		wide := make([]byte, 0, 2*len(form))
		for _, u := range utf16.Encode([]rune(form)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		c[name] = append(c[name], []byte(form), wide, []byte(hex.EncodeToString([]byte(form))), []byte(strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(form)), "=")))
	}
	if raw, err := hex.DecodeString(plain); err == nil && len(raw) == 32 {
		c[name] = append(c[name], raw, []byte(strings.TrimRight(base64.StdEncoding.EncodeToString(raw), "=")))
	}
}

func grouped(s string, n int, between string) string {
	var groups []string
	for part := range slices.Chunk([]byte(s), n) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, between)
}

// in names the secrets that are in some bytes.
func (c canaries) in(b []byte) (found []string) {
	for name, forms := range c {
		if slices.ContainsFunc(forms, func(form []byte) bool { return bytes.Contains(b, form) }) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// scan names each secret with each file below a folder that has it.
func (c canaries) scan(t *testing.T, folder string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		short, _ := filepath.Rel(folder, path)
		for _, name := range append(c.in(b), c.in([]byte(short))...) {
			found = append(found, name+" in "+short)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The canaries: public test numbers, and what is typed in the wrong place.
const (
	canaryNumber  = "4000 0566 5566 5556"
	canaryReplace = "5555-5555-5555-4444"
	canaryMoved   = "3782 822463 10005"
	canaryWrong   = "c0ffee00c0ffee11c0ffee22c0ffee33c0ffee44c0ffee55c0ffee66c0ffee77"
	canaryPhrase  = "not this passphrase at all"
)

// R19, CC-7: after a whole session in the window – cards added, viewed, copied, replaced, merged and cleared, wrong hashes, the hash changed, backups, exports, a fault – no number, no hash
// that is not in force, no passphrase is anywhere: data, its companions, log, backups, exports, temporary files, clipboard, or window.
func TestCanaries(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"tmp", "exports"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TMPDIR", filepath.Join(folder, "tmp"))
	log, file := logfile.Open(filepath.Join(folder, "clientele.log"))
	t.Cleanup(func() { file.Close() })
	b, s := officeIn(t, folder, func(p *app.Params) { p.Log = log })
	secrets := canaries{}
	for name, secret := range map[string]string{
		"the number": canaryNumber, "the number in its place": canaryReplace, "the moved number": canaryMoved, "a wrong hash": canaryWrong, "a wrong passphrase": canaryPhrase, "the passphrase": passphrase,
	} {
		secrets.add(name, secret)
	}
	first := b.Configuration.Vault().Hash
	secrets.add("the first hash", first)
	session(t, b, s, folder, first)
	second := b.Configuration.Vault().Hash
	if second == first {
		t.Fatal("the hash was not changed")
	}
	secrets.add("the second hash", second)
	found := secrets.scan(t, folder)
	if want := []string{"the second hash in " + configuration.Name}; !slices.Equal(found, want) {
		t.Errorf("found: %s", strings.Join(found, ", "))
	}
	if here := secrets.in([]byte(seen(b.Window.Canvas()) + fyne.CurrentApp().Clipboard().Content())); len(here) > 0 {
		t.Errorf("in the window or on the clipboard: %v", here)
	}
	// The scan finds what is there.
	for form, secret := range map[string]string{"plain": "…4000056655665556…", "base64": base64.StdEncoding.EncodeToString([]byte("4000056655665556")), "hash": strings.ToUpper(first)} {
		if err := os.WriteFile(filepath.Join(folder, "planted"), []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(secrets.scan(t, folder)) != 2 {
			t.Errorf("the scan does not find what is %s", form)
		}
	}
}

// officeIn builds the whole window on data that lies in a folder, with three clients.
func officeIn(t *testing.T, folder string, more func(*app.Params)) (*viewtest.Bench, *Window) {
	t.Helper()
	b := viewtest.New(t)
	config, err := configuration.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "clientele.db")
	b.Store = datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	b.Configuration = config
	p := app.Params{
		Store: b.Store, File: path, Backups: filepath.Join(folder, "backups"), Configuration: config, Now: datatest.Clock, Who: "Ann",
		Keyring: app.FileKeyring{Configuration: config}, Scratch: filepath.Join(folder, "opened"),
	}
	more(&p)
	b.Desk.App = app.New(p)
	datatest.Add(t, b.Store, datatest.Client(1), datatest.Client(2), datatest.Client(3))
	if err := b.App.Cards.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	s := newWindow(b.Window, b.Run, Params{App: b.App, Version: "1", Folder: folder, Now: datatest.Clock}, b.Prefs)
	t.Cleanup(b.App.Events.Subscribe(s.changed))
	s.office()
	return b, s
}

// enter enters values into the form of the dialog in sight that has such fields, and submits it.
func enter(t *testing.T, c fyne.Canvas, values map[string]string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(c.Overlays().Top()) {
		f, ok := o.(*kit.Form)
		if !ok || !f.Visible() {
			continue
		}
		has := f.Values()
		for key := range values {
			if _, ok := has[key]; !ok {
				f = nil
				break
			}
		}
		if f != nil {
			f.SetValues(values)
			f.Submit()
			return
		}
	}
	t.Fatalf("no form with %v is in sight", values)
}

// session does with cards in the window what people do, and what goes wrong.
func session(t *testing.T, b *viewtest.Bench, s *Window, folder, hash string) {
	t.Helper()
	ctx := context.Background()
	c := b.Window.Canvas()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	says := func(words string) {
		t.Helper()
		if !strings.Contains(seen(c), words) {
			t.Errorf("%q is not said", words)
		}
	}
	number := func(n string) map[string]string {
		return map[string]string{app.FieldCardNumber: n, app.FieldCardExpiry: "08/29"}
	}
	view := func(hash string) { enter(t, c, map[string]string{app.FieldHash: hash}) }

	s.Client(1)
	cards.Show(s.desk, 1)
	enter(t, c, number("4000 0566 5566 5557")) // a slip
	enter(t, c, number(canaryWrong))           // the hash in the wrong field
	enter(t, c, number(canaryNumber))
	says("5556")
	view(canaryNumber) // the number in the wrong field
	view(canaryWrong)
	says("This is not the CC Encryption Hash.")
	view(hash)
	says(canaryNumber)
	tap(t, b, "Copy")
	tap(t, b, "Hide")
	b.Run.Advance(desk.ClipboardLife)
	view(hash)
	withLock(t, b, 5)
	s.Lock()
	unlock(t, b, canaryPhrase)
	unlock(t, b, passphrase)
	enter(t, c, number(canaryReplace))
	says("4444")
	tap(t, b, "Close")
	_, err := b.App.Backups.Make(ctx, app.Quiet{})
	ok(err)

	// A fault while a number is at hand.
	b.Run.Task("A fault", func(ctx context.Context, _ *task.Progress) error {
		n, err := b.App.Cards.Reveal(ctx, 1, hash)
		if err != nil {
			return err
		}
		panic(n)
	}, func(err error) { s.desk.Fail(err) })

	ok(b.App.Cards.Save(ctx, 2, app.NewCard{Number: card.Text(canaryMoved), Expiry: "08/29"}))
	m := app.Merge{Keep: 3, Discard: 2}
	for id, version := range map[int64]*int64{3: &m.KeepVersion, 2: &m.DiscardVersion} {
		got, err := b.App.Clients.Get(ctx, id)
		ok(err)
		*version = got.Version
	}
	ok(b.App.Clients.Merge(ctx, m, app.Quiet{}))
	cards.Show(s.desk, 3)
	says("0005")
	view(hash)
	tap(t, b, "Close")
	_, err = b.App.Cards.ChangeHash(ctx, canaryWrong, app.Quiet{})
	if app.CodeOf(err) != app.NotAllowed {
		t.Errorf("a wrong hash changes it: %v", err)
	}
	_, err = b.App.Cards.ChangeHash(ctx, hash, app.Quiet{})
	ok(err)
	_, err = b.App.Backups.WriteTo(ctx, filepath.Join(folder, "copy.db"), "", app.Quiet{})
	ok(err)
	_, err = b.App.Exports.All(ctx, filepath.Join(folder, "exports"), app.Quiet{})
	ok(err)
	s.Log()
	cards.ShowClear(s.desk, 1)
	tap(t, b, "Clear Details")
	says("No card is stored")
	tap(t, b, "Close")
	if r, err := b.App.Checks.Run(ctx, app.Quiet{}); err != nil || !r.Sound() {
		t.Errorf("%+v, %v", r, err)
	}
}
