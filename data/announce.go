package data

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"gorm.io/gorm"
)

// Ear is told what happens on a shared database. Its functions are called on the goroutine that listens, so they must not wait for long.
type Ear struct {
	// Heard is called with each text that another desktop announced.
	Heard func(text string)
	// Line is called with true each time the connection was made, after which anything may have been missed, and with false once it is lost.
	Line func(up bool)
	// Outdated is called once a newer program has changed the form of the data. This one can read it no longer for sure, and writes nothing more.
	Outdated func()
}

// sharedEngine is what desktops that share a database need of the engine; a file has none of it to do.
type sharedEngine interface {
	// finish ends a transaction's work: it announces texts as of its commit and fails with ErrNewer where the schema is newer than known.
	finish(db *gorm.DB, schema int, texts []string) error
	// listen tells ear what happens until ctx ends.
	listen(ctx context.Context, s *Store, ear Ear)
	// lost tells whether an error means that the connection broke.
	lost(err error) bool
}

// Announce tells the other desktops on the same server something as the transaction becomes durable. It must be shorter than 7,000 bytes.
func (tx *Tx) Announce(text string) { tx.texts = append(tx.texts, text) }

// stamped are the announcements with the name of the store that makes them.
func (tx *Tx) stamped(origin string) []string {
	all := make([]string, len(tx.texts))
	for i, text := range tx.texts {
		all[i] = origin + " " + text
	}
	return all
}

// Listen hears what other desktops announce until ctx ends. The connection is mended as often as it breaks. Where the data is a file it returns at
// once.
func (s *Store) Listen(ctx context.Context, ear Ear) { s.engine.listen(ctx, s, ear) }

// Outdated tells whether a newer program has changed the form of the data meanwhile. Nothing is written then.
func (s *Store) Outdated() bool { return s.outdated.Load() }

// newOrigin is drawn for each open store, by which it knows its own announcements.
func newOrigin() string { return strings.ToLower(rand.Text()[:16]) }

func (e *sqliteEngine) finish(*gorm.DB, int, []string) error { return nil }
func (e *sqliteEngine) listen(context.Context, *Store, Ear)  {}
func (e *sqliteEngine) lost(error) bool                      { return false }

// lostWords puts a broken connection into this package's errors.
func (s *Store) lostWords(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ErrUncertain) || ctx.Err() != nil || !s.engine.lost(err) {
		return err
	}
	return errors.Join(ErrLost, err)
}
