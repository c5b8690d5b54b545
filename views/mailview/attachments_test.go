package mailview

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// ML-5: the files of a mail are listed with it and can be saved, also where the client's file was deleted meanwhile.
func TestSaveAttachment(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(b.Bar)
	id, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	content := bytes.Repeat([]byte("plan "), 100_000)
	file := data.File{ClientID: id, Title: "The plan", Name: "plan.txt", Size: int64(len(content))}
	must(t, b.Store.Write(t.Context(), func(tx *data.Tx) (err error) {
		if file.BlobID, err = tx.NewBlob(); err != nil {
			return err
		}
		if err := tx.AppendBlob(file.BlobID, 0, content[:data.ChunkSize], content[data.ChunkSize:]); err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		if err := tx.FinishBlob(file.BlobID, file.Size, sum[:]); err != nil {
			return err
		}
		return tx.InsertFile(&file)
	}))
	mail, err := b.App.Mails.Send(t.Context(), app.Manual{ClientID: id, Subject: "The plan", Body: "See the file.", Files: []int64{file.ID}})
	must(t, err)
	must(t, b.Store.Write(t.Context(), func(tx *data.Tx) error { return tx.DeleteFile(file.ID) }))

	Show(b.Desk, mail)
	if !says(b, "plan.txt  (488 KB)") {
		t.Error("the file is not listed")
	}
	press(t, b, "Save As…")
	path := filepath.Join(t.TempDir(), "kept.txt")
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok {
			if filepath.Base(e.Text) != "plan.txt" {
				t.Errorf("proposes %q", e.Text)
			}
			e.SetText(path)
		}
	}
	press(t, b, "Save")
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, content) || b.Bar.Text() != "“kept.txt” was saved." {
		t.Errorf("%d bytes, %v; the bar says %q", len(got), err, b.Bar.Text())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func says(b *viewtest.Bench, text string) bool {
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if p, ok := o.(*kit.Para); ok && p.Text() == text {
			return true
		}
	}
	return false
}

func press(t *testing.T, b *viewtest.Bench, name string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if k, ok := o.(*kit.Button); ok && k.Text == name {
			test.Tap(k)
			return
		}
	}
	t.Fatalf("there is no button %q", name)
}
