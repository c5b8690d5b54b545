package mailtest

import (
	"bytes"
	"net/mail"
	"slices"
	"strings"
)

// Message is one message that the server accepted.
type Message struct {
	// ID is the Message-ID without its angle brackets; empty if the message had none.
	ID string
	// From and To are the envelope, in the order of the commands.
	From string
	To   []string
	// Data is the content as it came over the line, without the stuffed dots; nil if the script forgets.
	Data []byte
	// Hello is the name that the client gave, User the one it logged in with.
	Hello, User string
	// Secure says whether the connection was encrypted.
	Secure bool
	// Connection counts the server's connections from 1.
	Connection int
}

// Parse reads the header and gives the body.
func (m Message) Parse() (*mail.Message, error) { return mail.ReadMessage(bytes.NewReader(m.Data)) }

// deliver puts a message into the mailbox and wakes those who wait.
func (s *Server) deliver(m Message) error {
	if parsed, err := m.Parse(); err == nil {
		m.ID = strings.Trim(strings.TrimSpace(parsed.Header.Get("Message-ID")), "<>")
	}
	if s.script.OnMessage != nil {
		if err := s.script.OnMessage(m); err != nil {
			return err
		}
	}
	if s.script.Forget {
		m.Data = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, m)
	s.announce()
	return nil
}

// Messages lists what was accepted so far, in order, repeats included.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// ByID lists the accepted messages with this Message-ID, given without angle brackets.
func (s *Server) ByID(id string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.messages {
		if m.ID == id {
			found = append(found, m)
		}
	}
	return found
}

// Counts says how often each Message-ID was accepted.
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := make(map[string]int, len(s.messages))
	for _, m := range s.messages {
		counts[m.ID]++
	}
	return counts
}
