package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"clientele/app/filename"
	"clientele/app/filetype"
	"clientele/app/i18n"
	"clientele/data"
)

const (
	// uploadSign is how often a slow upload writes at least, so that nobody takes it for abandoned.
	uploadSign = time.Minute
	// cleanUpTime is how long a failed upload removes what it has written; the rest is swept away later.
	cleanUpTime = 10 * time.Second
)

// NewFile is a file to be uploaded.
type NewFile struct {
	FileDetails
	// Size is how many bytes Content has, as far as is known, for the limits and the progress. 0 means that it is not.
	Size    int64
	Content io.Reader
}

// Candidate is a file on this computer that may be uploaded.
type Candidate struct {
	Path string
	Name string // under which it would be kept
	Size int64  // bytes
	// Warnings say what is unusual about it, in whole sentences. It can be uploaded all the same.
	Warnings []string
}

// Inspect looks at a file on this computer before it is uploaded to a client. Its error says why it cannot be.
func (s *Files) Inspect(ctx context.Context, clientID int64, path string) (Candidate, error) {
	c := Candidate{Path: path, Name: filename.Clean(filepath.Base(path))}
	f, size, err := openForUpload(path)
	if err != nil {
		return c, err
	}
	defer func() { _ = f.Close() }() // it was only read
	c.Size = size
	if _, err := s.room(ctx, clientID, c.Name, size); err != nil {
		return c, err
	}
	head := make([]byte, filetype.HeadSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return c, unreadable(c.Name, err)
	}
	set, err := s.settings.Get(ctx)
	if err != nil {
		return c, err
	}
	c.Warnings = fileWarnings(set, c.Name, head[:n])
	return c, nil
}

// fileWarnings say what is unusual about a file that begins with head.
func fileWarnings(set Settings, name string, head []byte) (words []string) {
	ext := filename.Ext(name)
	switch {
	case filetype.Program(name, head):
		words = append(words, i18n.T("“%s” is a program or may run as one. Upload it only if you know where it comes from.", name))
	case !filetype.Fits(name, head):
		words = append(words, i18n.T("“%s” does not begin as a file that ends in .%s does. It may be damaged, or be something else.", name, ext))
	case len(set.FileExtensions) > 0 && !slices.Contains(set.FileExtensions, ext):
		words = append(words, i18n.T("“%s” is not of a kind that is usual here. The settings list the kinds.", name))
	}
	return words
}

// UploadFrom uploads a file that lies on this computer. See Upload.
func (s *Files) UploadFrom(ctx context.Context, clientID int64, path string, d FileDetails, p Progress) (int64, error) {
	f, size, err := openForUpload(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // it was only read
	if d.Name == "" {
		d.Name = filepath.Base(path)
	}
	return s.Upload(ctx, clientID, NewFile{FileDetails: d, Size: size, Content: f}, p)
}

// openForUpload opens an ordinary file.
func openForUpload(path string) (*os.File, int64, error) {
	name := filename.Clean(filepath.Base(path))
	info, err := os.Stat(path) // first, since opening a pipe would wait for its other end
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, 0, &Error{Code: NotFound, Err: err, Message: i18n.T("“%s” is not where it was. Choose it again.", name)}
	case err != nil:
		return nil, 0, unreadable(name, err)
	case info.IsDir():
		return nil, 0, &Error{Code: NotAllowed, Message: i18n.T("“%s” is a folder. Choose the files in it, or pack it into one.", name)}
	case !info.Mode().IsRegular():
		return nil, 0, &Error{Code: NotAllowed, Message: i18n.T("“%s” is no ordinary file, so it cannot be uploaded.", name)}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, unreadable(name, err)
	}
	return f, info.Size(), nil
}

// Upload stores a file of a client and returns its number. It reads a few pieces at a time and writes them in short transactions, so that neither the memory nor
// others' work feels how large the file is. The file is there once all of it is; of one that fails or is stopped nothing is kept.
func (s *Files) Upload(ctx context.Context, clientID int64, n NewFile, p Progress) (int64, error) {
	f := data.File{ClientID: clientID, UploadedBy: s.who()}
	if err := n.apply(&f); err != nil {
		return 0, err
	}
	most, err := s.room(ctx, clientID, f.Name, n.Size)
	if err != nil {
		return 0, err
	}
	p.SetTotal(n.Size)
	u := &upload{core: &s.core, name: f.Name, most: most, sum: sha256.New()}
	kept := false
	defer func() {
		if !kept && u.blob != 0 {
			s.abandon(ctx, u.blob)
		}
	}()
	if err := u.copy(ctx, n.Content, p); err != nil {
		return 0, s.notUploaded(err, f.Name, n.Size)
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if _, err := tx.ClientToChange(clientID); err != nil { // one after the other, so that two uploads do not pass the limit together
			return err
		}
		_, used, err := tx.FileTotals(clientID)
		if err != nil {
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		if used+u.size > int64(set.MaxClientFilesMB)*megabyte {
			return noRoom(f.Name, set)
		}
		if err := tx.FinishBlob(u.blob, u.size, u.sum.Sum(nil)); err != nil {
			return err
		}
		f.ID, f.BlobID, f.Size, f.UploadedAt = 0, u.blob, u.size, tx.Now().UnixMilli()
		if err := tx.InsertFile(&f); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicFiles, clientID})
		return tx.AddActivity(s.entry(actFileAdded, clientID, f.Title, describeFile(f)))
	})
	if err != nil {
		return 0, s.notUploaded(err, f.Name, n.Size)
	}
	kept = true
	return f.ID, nil
}

// room is how many bytes a file of a client may have. Its error says that one of this size is too large.
func (s *Files) room(ctx context.Context, clientID int64, name string, size int64) (most int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		if _, err := tx.Client(clientID); err != nil {
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		_, used, err := tx.FileTotals(clientID)
		if err != nil {
			return err
		}
		most = int64(set.MaxFileMB) * megabyte
		if size > most {
			return tooLarge(name, most)
		}
		if used+size > int64(set.MaxClientFilesMB)*megabyte {
			return noRoom(name, set)
		}
		return nil
	})
	return most, err
}

func tooLarge(name string, most int64) error {
	return &Error{Code: NotAllowed, Message: i18n.T("“%s” is larger than %s, which is the most that a file may have. Nothing of it was kept. The limit is in the settings, under Office.", name, i18n.FormatBytes(most))}
}

func noRoom(name string, set Settings) error {
	return &Error{Code: NotAllowed, Message: i18n.T("With “%s” the files of this client would come to more than %s, which is the most for one client. Nothing of it was kept. The limit is in the settings, under Office.",
		name, i18n.FormatBytes(int64(set.MaxClientFilesMB)*megabyte))}
}

func unreadable(name string, err error) error {
	return &Error{Code: Unavailable, Err: err, Message: i18n.T("“%s” could not be read to its end, so it was not uploaded, and nothing of it was kept. Check that it is still there and that you may read it.", name)}
}

// notUploaded puts into words why an upload failed.
func (s *Files) notUploaded(err error, name string, size int64) error {
	switch {
	case errors.Is(err, data.ErrFull) && size > 0:
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("The disk is full, so “%s” was not uploaded, and nothing of it was kept. Free at least %s and upload it again.", name, i18n.FormatBytes(size))}
	case errors.Is(err, data.ErrFull):
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("The disk is full, so “%s” was not uploaded, and nothing of it was kept. Free some space and upload it again.", name)}
	}
	return err
}

// upload is contents on their way into the store.
type upload struct {
	*core
	name string
	most int64 // bytes

	blob int64
	next int64 // the number of the chunk that is written next
	size int64 // bytes so far
	sum  hash.Hash
}

// copy writes all that r has.
func (u *upload) copy(ctx context.Context, r io.Reader, p Progress) error {
	err := u.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
		u.blob, err = tx.NewBlob()
		return err
	})
	if err != nil {
		u.blob = 0
		return err
	}
	room := make([]byte, data.MostChunks*data.ChunkSize)
	batch := make([][]byte, 0, data.MostChunks)
	last := u.now()
	for end := false; !end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		chunk := room[len(batch)*data.ChunkSize:][:data.ChunkSize]
		n, err := fillChunk(r, chunk)
		if end = errors.Is(err, io.EOF); err != nil && !end {
			return errors.Join(unreadable(u.name, err), ctx.Err())
		}
		if n > 0 {
			if u.size += int64(n); u.size > u.most {
				return tooLarge(u.name, u.most)
			}
			u.sum.Write(chunk[:n])
			p.Add(int64(n))
			batch = append(batch, chunk[:n])
		}
		if len(batch) == data.MostChunks || len(batch) > 0 && (end || u.now().Sub(last) >= uploadSign) {
			err := u.write(ctx, func(tx *data.Tx, _ *[]Change) error { return tx.AppendBlob(u.blob, u.next, batch...) })
			if err != nil {
				return err
			}
			u.next += int64(len(batch))
			batch, last = batch[:0], u.now()
		}
	}
	return nil
}

// fillChunk reads until the chunk is full. io.EOF says that nothing follows what was read; any other error is the reader's, also where it means an end that
// came too soon, which io.ReadFull would take for the end.
func fillChunk(r io.Reader, chunk []byte) (n int, err error) {
	for idle := 0; n < len(chunk) && err == nil; {
		var m int
		m, err = r.Read(chunk[n:])
		if n += m; m > 0 {
			idle = 0
		} else if idle++; idle > 100 && err == nil {
			err = io.ErrNoProgress
		}
	}
	return n, err
}

// abandon removes what a failed upload has written. What cannot be removed at once, as on a full disk, is left for the next sweep.
func (s *Files) abandon(ctx context.Context, blob int64) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), cleanUpTime)
	defer stop()
	if err := s.drop(ctx, blob, math.MaxInt64); err != nil {
		s.log.Warn("clean up after an upload", "error", err)
		s.mu.Lock()
		s.abandoned = append(s.abandoned, blob)
		s.mu.Unlock()
	}
}
