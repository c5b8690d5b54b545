package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// R4: on a full disk an upload says what is needed and leaves nothing, what was acknowledged is there, and with space again uploads go on.
func TestUploadOnFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can only be mounted by root")
	}
	folder := t.TempDir()
	if err := syscall.Mount("clientele-test", folder, "tmpfs", 0, "size=24m,mode=700"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	o := apptest.OpenIn(t, t.TempDir(), data.Options{Path: apptest.Path(folder)})
	client := o.Add(t, "a@example.com", nil)
	ballast := filepath.Join(folder, "ballast")
	kept := map[int64][]byte{}
	for round, room := range []int64{1 << 20, 3 << 20, 6 << 20, 200 << 10} {
		small := noise(100_000, uint64(round))
		kept[upload(t, o, client, "small.bin", small)] = small
		fillDisk(t, folder, ballast, room)
		_, err := o.Files.Upload(ctx, client, newFile("large.bin", noise(20<<20, 9)), app.Quiet{})
		if !says("The disk is full, so “large.bin” was not uploaded, and nothing of it was kept. Free at least 20 MB")(err) {
			t.Fatalf("with %d bytes of room: %v", room, err)
		}
		for id, content := range kept { // reading goes on while the disk is full
			if !bytes.Equal(download(t, o, id), content) {
				t.Errorf("file %d was harmed", id)
			}
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if err := o.Files.Sweep(ctx); err != nil { // what could not be removed on a full disk goes with the next sweep
			t.Fatal(err)
		}
		if n := blobs(t, o); n != int64(len(kept)) || len(list(t, o, client)) != len(kept) {
			t.Errorf("%d contents and %d files are there, %d were acknowledged", n, len(list(t, o, client)), len(kept))
		}
	}
	o.Sound(t)
}

// fillDisk leaves so many bytes of a disk.
func fillDisk(t *testing.T, folder, path string, room int64) {
	t.Helper()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		t.Fatal(err)
	}
	free := int64(disk.Bavail) * disk.Bsize
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(make([]byte, max(0, free-room))); err != nil {
		t.Fatal(err)
	}
}
