package app

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"clientele/app/atomicfile"
	"clientele/app/filename"
	"clientele/app/filetype"
	"clientele/app/i18n"
	"clientele/data"
)

// Download writes the contents of a file to w, a piece at a time, and compares them with what was uploaded. An error means that what w got is not the file.
func (s *Files) Download(ctx context.Context, id int64, w io.Writer) error {
	f, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	return s.download(ctx, f, func(r io.Reader) error {
		_, err := io.Copy(w, r)
		return err
	})
}

// download gives the contents of a file to take and puts into words what is wrong with them.
func (s *Files) download(ctx context.Context, f data.File, take func(io.Reader) error) error {
	r, err := s.openBlob(ctx, f.BlobID)
	if err == nil {
		err = take(r)
	}
	if errors.Is(err, errContents) || errors.Is(err, data.ErrDamaged) {
		return &Error{Code: Unavailable, Err: err, Message: i18n.T(
			"“%s” is damaged in the data: what is there is not what was uploaded, so it was not written. Upload the file again, or restore a backup.", f.Name)}
	}
	return err
}

// SaveTo writes a file to a path on this computer, whole or not at all. What is there already is replaced.
func (s *Files) SaveTo(ctx context.Context, id int64, path string, p Progress) error {
	f, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	p.SetTotal(f.Size)
	err = s.download(ctx, f, func(r io.Reader) error {
		return atomicfile.Write(ctx, path, func(w io.Writer) error {
			_, err := io.Copy(w, counted{r, p})
			return err
		})
	})
	return notSaved(err, path)
}

// counted tells a Progress of what is read.
type counted struct {
	io.Reader
	p Progress
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.p.Add(int64(n))
	return n, err
}

// notSaved puts into words why a file could not be written to this computer's disk.
func notSaved(err error, path string) error {
	name, folder := filepath.Base(path), filepath.Dir(path)
	words := ""
	switch {
	case err == nil || CodeOf(err) != "" || errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, syscall.ENOSPC):
		words = i18n.T("The disk is full, so “%s” was not saved, and nothing of it was left. Free some space, or choose another folder.", name)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		words = i18n.T("You may not write to the folder “%s”, so nothing was saved. Choose another one.", folder)
	case errors.Is(err, os.ErrNotExist):
		words = i18n.T("The folder “%s” is not there, so nothing was saved. Choose another one.", folder)
	case errors.Is(err, atomicfile.ErrNotRegular):
		words = i18n.T("“%s” is no ordinary file, so it was not replaced. Choose another name.", name)
	default:
		words = i18n.T("“%s” could not be saved in the folder “%s”, and nothing of it was left. Choose another one.", name, folder)
	}
	return &Error{Code: Unavailable, Err: err, Message: words}
}

// Open writes a copy of a file to the program's own folder, which only this account can read, and returns its path, for another program to show. The copy is
// removed by ForgetOpened. A program is not opened: whoever trusts it saves it first.
func (s *Files) Open(ctx context.Context, id int64, p Progress) (path string, err error) {
	f, err := s.Get(ctx, id)
	if err != nil {
		return "", err
	}
	p.SetTotal(f.Size)
	err = s.download(ctx, f, func(r io.Reader) error {
		ahead := bufio.NewReaderSize(counted{r, p}, filetype.HeadSize)
		head, err := ahead.Peek(filetype.HeadSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if filetype.Program(f.Name, head) {
			return &Error{Code: NotAllowed, Message: i18n.T("“%s” is a program or may run as one, so it is not opened from here. If you trust it, save it with Save As and open it there.", f.Name)}
		}
		if path, err = s.scratchPath(f.Name); err != nil {
			return err
		}
		return atomicfile.Write(ctx, path, func(w io.Writer) error {
			_, err := io.Copy(w, ahead)
			return err
		})
	})
	if err != nil {
		return "", notSaved(err, path)
	}
	return path, nil
}

// scratchPath is a place for a copy, in a folder of its own, since the copy bears the name of the file.
func (s *Files) scratchPath(name string) (string, error) {
	if s.scratch == "" {
		return "", &Error{Code: Unavailable, Message: i18n.T("Files can only be opened from the window. Save it instead.")}
	}
	if err := os.MkdirAll(s.scratch, 0o700); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(s.scratch, "file-")
	return filepath.Join(folder, filename.Clean(name)), err
}

// ForgetOpened removes the copies of files that were opened. One that another program holds stays until the next time.
func (s *Files) ForgetOpened() {
	if s.scratch == "" {
		return
	}
	if err := os.RemoveAll(s.scratch); err != nil {
		s.log.Warn("remove the copies of opened files", "error", err)
	}
}
