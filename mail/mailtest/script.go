// Package mailtest is a scripted SMTP server on the loopback interface. It accepts mail like a good server, or
// fails in the ways that real servers and networks fail, so that everything that sends mail can be tested without
// a network.
package mailtest

import (
	"errors"
	"fmt"
	"time"

	"clientele/app"
)

// Behaviour is one way in which a server treats a connection or a message.
type Behaviour string

// The behaviours. Those of the first group belong to a connection, those of the second to a message.
const (
	// Refuse: nobody listens on the port. Only as Script.Always.
	Refuse Behaviour = "refuse"
	// NoBanner: the connection opens and nothing is ever said.
	NoBanner Behaviour = "no-banner"
	// Garbage: bytes that are neither a TLS record nor an SMTP reply.
	Garbage Behaviour = "garbage"
	// EOF: the connection is closed at once.
	EOF Behaviour = "eof"
	// Banner421: the greeting says that the service is not available.
	Banner421 Behaviour = "banner-421"
	// NoStartTLS: STARTTLS is neither offered nor taken.
	NoStartTLS Behaviour = "no-starttls"
	// Login535: each log-in is refused.
	Login535 Behaviour = "login-535"
	// CutAtQuit: the connection is closed in place of the answer to QUIT.
	CutAtQuit Behaviour = "cut-at-quit"

	// Accept: the message is taken. The zero value of Behaviour means the same.
	Accept Behaviour = "accept"
	// HangAtMail: MAIL is never answered.
	HangAtMail Behaviour = "hang-at-mail"
	// Greylist450: the recipient is put off, 450.
	Greylist450 Behaviour = "greylist-450"
	// Full452: the server has no room, 452 in answer to MAIL.
	Full452 Behaviour = "full-452"
	// Recipient550: the recipient is unknown, 550.
	Recipient550 Behaviour = "recipient-550"
	// Data554: DATA is refused, 554.
	Data554 Behaviour = "data-554"
	// Content451: the whole message is put off after the dot, 451.
	Content451 Behaviour = "content-451"
	// CutInData: the connection is closed inside the content; the message is not accepted.
	CutInData Behaviour = "cut-in-data"
	// CutAfterDot: the message is accepted and the connection closed in place of the answer.
	CutAfterDot Behaviour = "cut-after-dot"
	// HangAfterDot: the message is accepted and nothing is ever answered.
	HangAfterDot Behaviour = "hang-after-dot"
)

// stage says when a behaviour is decided.
type stage int

const (
	atListen stage = iota
	atConnect
	atMail
)

var stages = map[Behaviour]stage{
	Refuse: atListen,

	NoBanner: atConnect, Garbage: atConnect, EOF: atConnect, Banner421: atConnect,
	NoStartTLS: atConnect, Login535: atConnect, CutAtQuit: atConnect,

	Accept: atMail, HangAtMail: atMail, Greylist450: atMail, Full452: atMail, Recipient550: atMail,
	Data554: atMail, Content451: atMail, CutInData: atMail, CutAfterDot: atMail, HangAfterDot: atMail,
}

// Faults lists the seventeen behaviours against which sending is proven: everything except Accept.
func Faults() []Behaviour {
	return append([]Behaviour{Refuse, NoBanner, Garbage, EOF, Banner421, NoStartTLS, Login535, CutAtQuit},
		MessageFaults()...)
}

// MessageFaults lists the behaviours that spoil one message.
func MessageFaults() []Behaviour {
	return []Behaviour{
		HangAtMail, Greylist450, Full452, Recipient550, Data554, Content451, CutInData, CutAfterDot, HangAfterDot,
	}
}

// Script says how a server behaves. The zero Script is a good server without TLS and without log-in.
type Script struct {
	// Listen is the loopback address and port; empty means a free port of 127.0.0.1.
	Listen string
	// Security is what the server speaks: none (also the zero value), STARTTLS or TLS from the first byte.
	Security app.Security

	// User and Password must be given by the client before it may send, if User is not empty.
	User, Password string
	// Mechanisms are the ways to log in that are offered; empty means PLAIN and LOGIN. CRAM-MD5 and
	// SCRAM-SHA-256 are understood too.
	Mechanisms []string

	// First is done once each, in this order: a behaviour of a connection by the next connection, a behaviour
	// of a message by the next MAIL command. Until it is used up nothing else goes wrong.
	First []Behaviour
	// Always is done by each connection or message after First.
	Always Behaviour
	// FaultRate is the share, from 0 to 1, of the messages after First that meet one of RandomFaults. Seed makes
	// the sequence repeatable.
	FaultRate float64
	Seed      uint64
	// RandomFaults are the candidates; empty means MessageFaults without the two that hang.
	RandomFaults []Behaviour

	// Recipients overrides the answer to RCPT for single addresses, in lower case, for instance
	// "gone@example.com": "550 5.1.1 No such user".
	Recipients map[string]string
	// Answers overrides the reply, code included, of a behaviour that gives one. A line break makes it a reply
	// of several lines.
	Answers map[Behaviour]string
	// Extensions are further lines of the answer to EHLO, such as "SIZE 1000" or "SMTPUTF8".
	Extensions []string
	// ReplyDelay is waited before each reply, as if the server were that far away.
	ReplyDelay time.Duration
	// Patience is how long WaitFor waits; zero means 30 seconds.
	Patience time.Duration
	// Forget drops the content of accepted messages, so that a long run does not fill the memory.
	Forget bool
	// OnMessage is called for each accepted message before it is acknowledged, if it is not nil. An error is
	// answered with 451 and the message is not accepted.
	OnMessage func(Message) error
}

func (s Script) check() error {
	for _, b := range s.First {
		if at, known := stages[b]; !known || at == atListen {
			return fmt.Errorf("mailtest: %q cannot stand in First", b)
		}
	}
	if s.Always != "" {
		if _, known := stages[s.Always]; !known {
			return fmt.Errorf("mailtest: unknown behaviour %q", s.Always)
		}
	}
	for _, b := range s.RandomFaults {
		if stages[b] != atMail {
			return fmt.Errorf("mailtest: %q is not a fault of a message", b)
		}
	}
	if s.FaultRate < 0 || s.FaultRate > 1 {
		return errors.New("mailtest: FaultRate is not between 0 and 1")
	}
	switch s.Security {
	case "", app.SecurityNone, app.SecurityStartTLS, app.SecurityTLS:
		return nil
	}
	return fmt.Errorf("mailtest: unknown security %q", s.Security)
}

// answer is the reply of b: the script's own, or the usual one.
func (s Script) answer(b Behaviour, usual string) string {
	if own, ok := s.Answers[b]; ok {
		return own
	}
	return usual
}
