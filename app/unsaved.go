package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"clientele/app/atomicfile"
)

// How much of what was typed is kept, and for how long.
const (
	UnsavedLimit = 50        // entries
	UnsavedSize  = 256 << 10 // bytes of text of all of them
	UnsavedLife  = 30 * 24 * time.Hour
)

// The kinds of forms whose text is kept.
const (
	FormClient  = "client" // Add New Client
	FormProfile = "profile"
	FormContact = "contact"
	FormNote    = "note"
	FormMail    = "mail"
	FormInvoice = "invoice"
)

// Place says which form something was typed in.
type Place struct {
	Form   string `json:"form"`
	Client int64  `json:"client,omitempty"` // 0 where it is about no client that is stored
	Of     int64  `json:"of,omitempty"`     // the note, contact or invoice; 0 for a new one
}

// Typed is what was typed in a form and not saved yet.
type Typed struct {
	ID    string `json:"id"` // tells this form from another one of the same place
	Place Place  `json:"place"`
	// About is whom it is about, by name; empty where nobody was named yet.
	About string    `json:"about,omitempty"`
	By    string    `json:"by"`
	When  time.Time `json:"when"`
	// Values are what is in the fields by their keys, never those of secret ones. A key that begins with a dot is the form's own affair.
	Values map[string]string `json:"values"`
}

// Unsaved keeps what is being typed in a file of this computer, so that a crash loses none of it. It is no part of the data: neither a backup nor an export
// nor another desktop has it. What an earlier run left is offered by Left until somebody takes it or discards it.
//
// Only Read and Write touch the disk; all else is done in memory, and may be called on the UI thread.
type Unsaved struct {
	core
	path string // empty keeps nothing beyond the end of the program

	mu      sync.Mutex // of what follows
	all     []Typed
	left    map[string]bool // by ID: an earlier run left it
	read    bool
	changed bool

	writing sync.Mutex // of the file
}

func newUnsaved(c core, path string) *Unsaved {
	return &Unsaved{core: c, path: path, left: map[string]bool{}}
}

// Read reads what an earlier run left. It is called before anything is shown. A file that is not as this program writes it is set aside.
func (u *Unsaved) Read() {
	u.writing.Lock()
	defer u.writing.Unlock()
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.read || u.path == "" {
		return
	}
	u.read = true
	atomicfile.Sweep(u.path)
	found, err := readTyped(u.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		u.log.Warn("what was not saved", "error", err)
		if err := os.Rename(u.path, u.path+".unreadable"); err != nil {
			u.log.Warn("what was not saved", "error", err)
		}
		return
	}
	for _, t := range found {
		u.left[t.ID] = true
	}
	kept := bounded(slices.Concat(u.all, found), u.now())
	u.changed = u.changed || len(kept) < len(found)
	u.all = kept
}

// Keep has what is typed in a form take the place of what was kept of it before. Who typed it, and when, is noted here.
func (u *Unsaved) Keep(t Typed) {
	t.By, t.When = u.who(), u.now()
	u.put(t, false)
}

// Return takes a discarded text back, to be offered again.
func (u *Unsaved) Return(t Typed) { u.put(t, true) }

func (u *Unsaved) put(t Typed, left bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.drop(t.ID)
	if left {
		u.left[t.ID] = true
	}
	u.all, u.changed = bounded(append(u.all, t), u.now()), true
}

// Forget removes what is kept under an ID, as it was saved or discarded.
func (u *Unsaved) Forget(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.drop(id)
}

// Take hands out what an earlier run left; ok is false where it is gone. It stays kept, under its ID, until the form that has it now is saved or discarded.
func (u *Unsaved) Take(id string) (t Typed, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	i := slices.IndexFunc(u.all, func(t Typed) bool { return t.ID == id })
	if i < 0 || !u.left[id] {
		return t, false
	}
	delete(u.left, id)
	return u.all[i], true
}

// Left is what the admin at this desktop typed in an earlier run that ended before it was saved, newest first.
func (u *Unsaved) Left() []Typed {
	u.mu.Lock()
	defer u.mu.Unlock()
	me, now := u.who(), u.now()
	var left []Typed
	for _, t := range u.all {
		if u.left[t.ID] && t.By == me && now.Sub(t.When) <= UnsavedLife {
			left = append(left, t)
		}
	}
	return left
}

// LeftAt is what of it was typed in one form.
func (u *Unsaved) LeftAt(p Place) []Typed {
	return slices.DeleteFunc(u.Left(), func(t Typed) bool { return t.Place != p })
}

// Sweep forgets everything, as the data that it was typed for is no longer the data that is here.
func (u *Unsaved) Sweep() {
	u.mu.Lock()
	u.all, u.left, u.read, u.changed = nil, map[string]bool{}, true, true
	u.mu.Unlock()
	u.Write()
}

// Close is Sweep for a program that goes on with other data only when it is started again: nothing is kept any more.
func (u *Unsaved) Close() {
	u.Sweep()
	u.writing.Lock()
	u.path = ""
	u.writing.Unlock()
}

// Write brings the file in step with what is kept. A kill or a power cut meanwhile leaves the old file or the new one. Where it cannot be written the log says
// so, and the next change tries again: nobody who types is held up by it.
func (u *Unsaved) Write() {
	u.Read() // else what an earlier run left would be written over
	u.writing.Lock()
	defer u.writing.Unlock()
	if u.path == "" {
		return
	}
	u.mu.Lock()
	all, changed := slices.Clone(u.all), u.changed
	u.changed = false
	u.mu.Unlock()
	if !changed {
		return
	}
	if err := writeTyped(u.path, all); err != nil {
		u.log.Warn("what was not saved", "error", err)
		u.mu.Lock()
		u.changed = true
		u.mu.Unlock()
	}
}

func (u *Unsaved) drop(id string) {
	before := len(u.all)
	u.all = slices.DeleteFunc(u.all, func(t Typed) bool { return t.ID == id })
	u.changed = u.changed || len(u.all) < before
	delete(u.left, id)
}

// bounded is what is kept of all, newest first: none that is too old, and of the rest as many of the newest as there is room for.
func bounded(all []Typed, now time.Time) []Typed {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Typed) int { return b.When.Compare(a.When) })
	size, kept := 0, all[:0]
	for _, t := range all {
		n := t.size()
		if now.Sub(t.When) > UnsavedLife || len(kept) == UnsavedLimit || size+n > UnsavedSize {
			continue
		}
		size += n
		kept = append(kept, t)
	}
	return kept
}

func (t Typed) size() int {
	n := len(t.About)
	for key, v := range t.Values {
		n += len(key) + len(v)
	}
	return n
}

// unsavedFile is the file as a whole.
type unsavedFile struct {
	Version int     `json:"version"`
	Typed   []Typed `json:"typed"`
}

// unsavedVersion is the form of the file, and unsavedFileSize more than any that this program writes.
const (
	unsavedVersion  = 1
	unsavedFileSize = 16 * UnsavedSize
)

func readTyped(path string) ([]Typed, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	raw, err := io.ReadAll(io.LimitReader(f, unsavedFileSize+1))
	if err != nil {
		return nil, err
	}
	var file unsavedFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if file.Version != unsavedVersion {
		return nil, fmt.Errorf("%s: its form is %d", filepath.Base(path), file.Version)
	}
	return file.Typed, nil
}

func writeTyped(path string, all []Typed) error {
	if len(all) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	slices.SortFunc(all, func(a, b Typed) int { return cmp.Or(a.When.Compare(b.When), cmp.Compare(a.ID, b.ID)) })
	return atomicfile.Write(context.Background(), path, func(w io.Writer) error { return json.NewEncoder(w).Encode(unsavedFile{unsavedVersion, all}) })
}
