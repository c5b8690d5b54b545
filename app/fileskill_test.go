package app_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// uploadJob is the job of a child that uploads files until it is killed.
const uploadJob = "upload"

// killedSize is how large the files are that a child uploads: many transactions each.
const killedSize = 24*data.ChunkSize + 321

// R1, FI-2: a child that uploads files is killed at random moments, again and again. No file that it acknowledged is lost, none is there by half, and what it
// left behind is swept away.
func TestKillWhileUploading(t *testing.T) {
	k, kills := apptest.NewKiller(t, 6)
	o := k.Open()
	client := o.Add(t, "a@example.com", nil)
	o.Store.Close()
	kept, left := map[int64]uint64{}, int64(0)
	for ; k.Round < kills || k.Round < 6*kills && (len(kept) == 0 || left == 0); k.Round++ {
		delay := k.Moment(400 * time.Millisecond)
		for line := range k.Child(k.Folder, fmt.Sprint(uploadJob, client), "ready", delay) {
			var id int64
			var seed uint64
			if _, err := fmt.Sscanf(line, "file %d %d", &id, &seed); err == nil {
				kept[id] = seed
			} else if line != "ready" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		files := list(t, o, client)
		left += blobs(t, o) - int64(len(files))
		if err := o.Files.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := blobs(t, o); n != int64(len(files)) {
			t.Errorf("%d contents are there for %d files", n, len(files))
		}
		o.Sound(t)
		for id, seed := range kept {
			if !bytes.Equal(download(t, o, id), noise(killedSize, seed)) {
				t.Errorf("acknowledged file %d is not what was uploaded", id)
			}
		}
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills: %d files acknowledged, %d uploads cut off and swept away", k.Round, len(kept), left)
	if len(kept) == 0 || left == 0 {
		t.Error("the children did too little for the test to mean anything")
	}
}

// uploadForever is the child's part. It says which files are there, and from which seed their contents come.
func uploadForever(a *app.App, round int, client int64) error {
	for i := uint64(0); ; i++ {
		seed := uint64(round)*7 + i
		id, err := a.Files.Upload(ctx, client, newFile("killed.bin", noise(killedSize, seed)), app.Quiet{})
		if err != nil {
			return err
		}
		fmt.Println("file", id, seed)
	}
}

// uploadChild is the program that is killed while it uploads.
func uploadChild(c apptest.Child, client int64) int {
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	return c.Fail(uploadForever(a, c.Round, client))
}
