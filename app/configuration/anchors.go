package configuration

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"clientele/app/atomicfile"

	"github.com/BurntSushi/toml"
)

// AnchorsName is the file beside the configuration that remembers how far the activity log was. It is one of its own, because it is written at the end of
// each program, and the keys must not be at stake each time.
const AnchorsName = "log-anchors.toml"

// Anchor is how far an activity log was when it was last looked at. The log itself cannot tell that its end is missing.
type Anchor struct {
	Lines int64     `toml:"lines"`
	Hash  string    `toml:"hash"` // of the last line, as hex
	Seen  time.Time `toml:"seen"`
	// Accepted is the number up to which lines that are missing at the end were accepted as lost.
	Accepted int64 `toml:"accepted,omitempty"`
}

// anchors are the contents of the file, by the database that the log lies in.
type anchors struct {
	Logs map[string]Anchor `toml:"log"`
}

// Anchor reads how far the log of a database was; ok is false where that was never noted.
func (c *Configuration) Anchor(database string) (a Anchor, ok bool, err error) {
	all, err := c.anchors()
	if err != nil {
		return a, false, err
	}
	a, ok = all.Logs[database]
	return a, ok, nil
}

// SetAnchor notes how far the log of a database is. Those of others stay.
func (c *Configuration) SetAnchor(database string, a Anchor) error {
	all, err := c.anchors()
	if err != nil {
		return err
	}
	if all.Logs == nil {
		all.Logs = map[string]Anchor{}
	}
	all.Logs[database] = a
	return atomicfile.Write(context.Background(), c.anchorsPath(), func(w io.Writer) error {
		if _, err := io.WriteString(w, "# How far the activity log was, so that lines that are missing at its end are noticed.\n"); err != nil {
			return err
		}
		return toml.NewEncoder(w).Encode(all)
	})
}

func (c *Configuration) anchors() (all anchors, err error) {
	b, err := os.ReadFile(c.anchorsPath())
	switch {
	case os.IsNotExist(err):
		return all, nil
	case err != nil:
		return all, err
	}
	if err := toml.Unmarshal(b, &all); err != nil {
		return all, fmt.Errorf("%w: %s: %w", ErrUnreadable, AnchorsName, err)
	}
	return all, nil
}

func (c *Configuration) anchorsPath() string { return filepath.Join(filepath.Dir(c.path), AnchorsName) }
