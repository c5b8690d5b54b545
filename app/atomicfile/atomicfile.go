// Package atomicfile writes a file so that a reader, a crash or a power cut meets either the whole old
// content or the whole new content, never a half of one. It knows nothing of what is written.
package atomicfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// ErrNotRegular says that the target is there already and is no ordinary file (a folder, a device, a pipe).
// Replacing such a thing by a file would destroy it.
var ErrNotRegular = errors.New("not an ordinary file")

// Write calls fill with a buffered writer on a new file beside path, and puts that file in the place of path
// once everything is on the disk. Only the present user may read it (mode 0600).
//
// On any error, a panic in fill, or a context that ends before the replacement, path is as it was before and
// nothing of the attempt is left. The error wraps its cause: fill's own error, ctx.Err() or that of the file system.
func Write(ctx context.Context, path string, fill func(w io.Writer) error) (err error) {
	if err := replaceable(path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	folder := filepath.Dir(path)
	// The leading dot keeps the file out of listings, the final name in it tells what it was should the
	// machine stop half-way. CreateTemp gives mode 0600.
	temp, err := os.CreateTemp(folder, "."+filepath.Base(path)+".*"+ending)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	done := false
	defer func() {
		if !done {
			_ = temp.Close() // Windows cannot remove an open file; closing twice does no harm
			_ = os.Remove(temp.Name())
		}
	}()

	buffered := bufio.NewWriterSize(&cancelWriter{ctx: ctx, to: temp}, 256<<10)
	if err := fill(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := temp.Sync(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	done = true
	syncFolder(folder)
	return nil
}

// Sweep removes what writes of path left beside it that were stopped half-way, as by a power cut. Nobody may be writing path meanwhile. What cannot be removed stays.
func Sweep(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	begin := "." + filepath.Base(path) + "."
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), begin) && strings.HasSuffix(e.Name(), ending) {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// ending is that of files that are not finished.
const ending = ".tmp"

// replaceable refuses a target that is there and is not an ordinary file. A link is followed for the question,
// and replaced itself when it points to an ordinary file.
func replaceable(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrNotRegular
	}
	return nil
}

// cancelWriter makes a long write stop at the next block after its context ended.
type cancelWriter struct {
	ctx context.Context
	to  io.Writer
}

func (w *cancelWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.to.Write(b)
}

// syncFolder makes the new name itself survive a power cut. It is a best effort: the replacement has happened, the
// content is on the disk, and some network file systems and Windows know no such call.
func syncFolder(folder string) {
	if runtime.GOOS == "windows" {
		return
	}
	if f, err := os.Open(folder); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}
