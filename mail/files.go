package mail

import (
	"encoding/base64"
	"errors"
	"io"

	"clientele/app"
	"clientele/app/i18n"
)

const (
	// lineBytes is how much of a file goes into one line: 76 characters of base64, the most that is allowed.
	lineBytes = 57
	// linesAtOnce is how many lines are written under one time limit, and how much of a file is in memory: 58 kB, encoded 80 kB.
	linesAtOnce = 1024
)

// encodedSize is how many bytes of a message a file of that size takes.
func encodedSize(size int64) int64 {
	letters := (size + 2) / 3 * 4
	lines := (size + lineBytes - 1) / lineBytes
	return letters + 2*lines
}

// fileFault is an attachment that could not be read.
type fileFault struct{ words string }

func (f *fileFault) Error() string { return f.words }

// write hands the message over: what was composed, and in its places the contents of the files, read and encoded piece by piece.
func (s *session) write(to io.Writer, files []app.Attachment) error {
	at := 0
	for i, cut := range s.cuts {
		if err := s.writeTimed(to, s.content.Bytes()[at:cut]); err != nil {
			return err
		}
		if err := s.writeFile(to, files[i]); err != nil {
			return err
		}
		at = cut
	}
	return s.writeTimed(to, s.content.Bytes()[at:])
}

// writeTimed gives the server the full time for each piece.
func (s *session) writeTimed(to io.Writer, b []byte) error {
	for len(b) > 0 {
		part := b[:min(chunk, len(b))]
		b = b[len(part):]
		if err := s.step(func() error { _, err := to.Write(part); return err }); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes the contents of a file as lines of base64. Where they are not as long as was said, that is a fault: the message would not be what
// was counted, and the file not what was attached.
func (s *session) writeFile(to io.Writer, file app.Attachment) error {
	content, err := file.Open()
	if err != nil {
		return faulty(file, err)
	}
	raw := make([]byte, min(linesAtOnce*lineBytes, file.Size+1))
	lines := make([]byte, 0, encodedSize(int64(len(raw))))
	for left := file.Size; ; {
		n, err := io.ReadFull(content, raw)
		left -= int64(n)
		ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		switch {
		case err != nil && !ended:
			return faulty(file, err)
		case left < 0 || (ended && left > 0):
			return faulty(file, errors.New(i18n.T("it is not as long as it was when it was attached")))
		}
		lines = lines[:0]
		for rest := raw[:n]; len(rest) > 0; {
			line := rest[:min(lineBytes, len(rest))]
			rest = rest[len(line):]
			lines = append(base64.StdEncoding.AppendEncode(lines, line), "\r\n"...)
		}
		if err := s.step(func() error { _, err := to.Write(lines); return err }); err != nil {
			return err
		}
		if ended {
			return nil
		}
	}
}

func faulty(file app.Attachment, err error) *fileFault {
	return &fileFault{i18n.T("The attachment “%s” could not be read: %s. The mail was not sent.", file.Name, err)}
}
