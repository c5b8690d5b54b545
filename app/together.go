package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"clientele/data"
)

// Line is how a desktop stands with the server that its office shares.
type Line int

// The lines.
const (
	LineUp       Line = iota // or the data lies in a file
	LineLost                 // the server cannot be reached; it is tried again and again
	LineOutdated             // a newer program changed the form of the data: this one reads it but writes no more
)

// Together keeps the desktops of a shared office in step: what one commits, the others show.
type Together struct {
	core
	admins *Admins
	line   atomic.Int32
}

// Follow hears what the other desktops do until ctx ends, and publishes it as if it had happened here. Where the data is a file it returns at once.
func (s *Together) Follow(ctx context.Context) {
	s.store.Listen(ctx, data.Ear{
		Heard: func(text string) {
			for _, c := range heard(text) {
				s.publish(ctx, c)
			}
		},
		Line: func(up bool) {
			if !up {
				s.set(LineLost)
				return
			}
			s.set(LineUp)
			for _, t := range topics { // anything may have been missed
				s.publish(ctx, Change{Topic: t})
			}
		},
		Outdated: func() { s.set(LineOutdated) },
	})
}

// Line tells how this desktop stands with the server.
func (s *Together) Line() Line {
	if s.store.Outdated() {
		return LineOutdated
	}
	return Line(s.line.Load())
}

func (s *Together) set(l Line) {
	if was := Line(s.line.Swap(int32(l))); was != l {
		s.log.Info("line", "is", int(l), "was", int(was))
		s.events.publish(Change{Topic: TopicLine})
	}
}

func (s *Together) publish(ctx context.Context, c Change) {
	if c.Topic == TopicAdmins {
		if err := s.admins.Recall(ctx); err != nil {
			s.log.Warn("recall", "error", err)
		}
	}
	s.events.publish(c)
}

// mostAnnounced is how many single changes are told to the other desktops. Beyond that everyone asks anew for all of a kind.
const mostAnnounced = 300

// announce tells the other desktops of an act's changes as it is committed.
func announce(tx *data.Tx, changes []Change) {
	if len(changes) == 0 {
		return
	}
	all := make([]string, 0, len(changes))
	for _, c := range changes {
		if len(changes) > mostAnnounced {
			c.ClientID = 0
		}
		word := fmt.Sprintf("%s=%d", c.Topic, c.ClientID)
		if len(changes) > mostAnnounced && slices.Contains(all, word) {
			continue
		}
		all = append(all, word)
	}
	const most = 6000 // bytes in one announcement
	text := ""
	for _, word := range all {
		if len(text)+len(word) > most {
			tx.Announce(text)
			text = ""
		}
		if text != "" {
			text += ","
		}
		text += word
	}
	tx.Announce(text)
}

// heard reads what another desktop announced. What this version does not know is left out.
func heard(text string) (all []Change) {
	for word := range strings.SplitSeq(text, ",") {
		topic, id, ok := strings.Cut(word, "=")
		n, err := strconv.ParseInt(id, 10, 64)
		if ok && err == nil {
			all = append(all, Change{Topic(topic), n})
		}
	}
	return all
}
