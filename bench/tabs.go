//go:build unix

package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clientele/app"
	"clientele/data"
)

// belongings are what a client has, in rows of each kind.
type belongings struct{ lines, notes, contacts, files int }

// What the tabs read at first: a full page of each list, and all contacts.
const (
	linesPage = 200
	notesPage = 20
	filesPage = 200
)

// tabs is goal 26: what each tab of a client reads when it is opened, for one with very much of everything beside one with a page of everything. A client
// without anything is cheaper still, because nothing is cheaper to read than something.
func tabs(ctx context.Context, b *bench) error {
	if !b.first {
		return nil // how many others there are does not matter
	}
	b.fixture.changed = true
	s := b.fixture.store
	a := app.New(app.Params{Store: s, Now: time.Now, Who: "bench"})
	const much, page = int64(1), int64(2)
	if err := give(ctx, s, much, belongings{lines: 10_000, notes: 500, contacts: 500, files: 2000}); err != nil {
		return err
	}
	if err := give(ctx, s, page, belongings{lines: linesPage, notes: notesPage, contacts: 5, files: filesPage}); err != nil {
		return err
	}
	for _, tab := range []struct {
		name string
		read func(id int64) error
	}{
		{"the header and the Summary", func(id int64) error {
			if _, err := a.Notes.Sticky(ctx, id); err != nil {
				return err
			}
			if _, err := a.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 5); err != nil {
				return err
			}
			_, err := a.Notes.List(ctx, id, 0, 4)
			return err
		}},
		{"the client with all contacts", func(id int64) error {
			_, err := a.Clients.Get(ctx, id)
			return err
		}},
		{"Files", func(id int64) error {
			return s.Read(ctx, func(tx *data.Tx) error {
				_, err := tx.Files(id, 0, filesPage)
				return err
			})
		}},
		{"Notes", func(id int64) error {
			_, err := a.Notes.List(ctx, id, 0, notesPage)
			return err
		}},
		{"Log", func(id int64) error {
			_, err := a.Log.List(ctx, app.LogFilter{ClientID: id}, data.ActivityPlace{}, linesPage)
			return err
		}},
		{"Log, narrowed down to a kind and a person", func(id int64) error {
			_, err := a.Log.List(ctx, app.LogFilter{ClientID: id, Kind: app.LogClient, Who: "bench"}, data.ActivityPlace{}, linesPage)
			return err
		}},
	} {
		const samples = 200
		f := &figure{goal: 26, act: "open a client: " + tab.name, n: b.n, against: "a page of rows"}
		var ours, p99, few []int64
		for round := range b.rounds + 1 {
			most, err := repeat(samples, func(int) error { return tab.read(much) })
			if err != nil {
				return err
			}
			least, err := repeat(samples, func(int) error { return tab.read(page) })
			if err != nil {
				return err
			}
			if round == 0 {
				continue // the first one fills caches
			}
			mine, theirs := cpuOf(most), cpuOf(least)
			ours = append(ours, int64(mine.p50()))
			p99 = append(p99, int64(mine.p99()))
			few = append(few, int64(theirs.p50()))
			f.ratios = append(f.ratios, float64(mine.p50())/float64(max(1, theirs.p50())))
		}
		f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(few)
		b.table.add(f).ratio(2)
	}
	return nil
}

// give gives a client belongings.
func give(ctx context.Context, s *data.Store, id int64, has belongings) error {
	return s.LongWrite(ctx, func(tx *data.Tx) error {
		lines := make([]data.Activity, has.lines)
		for i := range lines {
			lines[i] = data.Activity{Who: "bench", Action: "client.changed", ClientID: &id, Subject: "Client", Details: fmt.Sprintf("City: Town %d → Town %d", i, i+1)}
		}
		if err := tx.AddActivity(lines...); err != nil {
			return err
		}
		for i := range has.notes {
			n := data.Note{ClientID: id, Body: strings.Repeat(fmt.Sprintf("Note %d with some words. ", i), 8), Sticky: i%100 == 0, CreatedBy: "bench"}
			if err := tx.AddNote(&n); err != nil {
				return err
			}
		}
		for i := range has.contacts {
			c := data.Contact{ClientID: id, FirstName: "Kim", LastName: fmt.Sprint("Contact", i), Email: fmt.Sprintf("kim%d@example.org", i), MailGeneral: true}
			if err := tx.InsertContact(&c); err != nil {
				return err
			}
		}
		blob, err := tx.NewBlob()
		if err != nil {
			return err
		}
		if err := tx.AppendBlob(blob, 0, []byte("contents")); err != nil {
			return err
		}
		if err := tx.FinishBlob(blob, int64(len("contents")), []byte{1}); err != nil {
			return err
		}
		for i := range has.files {
			f := data.File{ClientID: id, BlobID: blob, Title: fmt.Sprint("File ", i), Name: fmt.Sprintf("file%d.pdf", i), Size: int64(len("contents")), UploadedBy: "bench"}
			if err := tx.InsertFile(&f); err != nil {
				return err
			}
		}
		return nil
	})
}
