package app

import (
	"context"
	"io"
)

// Security says how the connection to the mail server is protected.
type Security string

// The three ways of ML-1. StartTLS refuses to go on where the server does not offer it.
const (
	SecurityNone     Security = "none"
	SecurityStartTLS Security = "starttls"
	SecurityTLS      Security = "tls"
)

// MailServer is what is needed to reach the office's SMTP server. The password is
// kept in the keyring of the operating system, never in the database.
type MailServer struct {
	Host     string
	Port     int // 0 means the usual port of the chosen Security: 587, 465 or 25
	Security Security
	User     string // empty means no authentication
	Password string
	// HelloName is what the client calls itself in EHLO; empty means "localhost", so that
	// the name of the machine does not leave it.
	HelloName string
}

// Address is a mailbox: a display name, which may be empty, and an address.
type Address struct {
	Name  string
	Email string
}

// Attachment is a file that goes with a message. Its contents are read while the message is being sent, so that even a large file is in memory only
// piece by piece.
type Attachment struct {
	Name string
	// ContentType is what kind of file it is; empty means what the ending of its name says.
	ContentType string
	Size        int64 // in bytes
	// Open begins to read the contents, from their first byte each time. The reader gives Size bytes, or an error in words that can be shown to a
	// person.
	Open func() (io.Reader, error)
}

// Message is one mail, complete and ready to go. MessageID is fixed when the mail is
// queued, without angle brackets, so that a repeat can be recognised by the receiver.
type Message struct {
	MessageID   string
	From        Address
	ReplyTo     Address // zero means none
	To          []Address
	CC          []Address
	Subject     string
	Text        string
	HTML        string // empty means plain text alone
	Attachments []Attachment
}

// Delivery is what became of one attempt to send, in the classes on which the outbox acts.
type Delivery string

const (
	// Delivered means that the server accepted the message.
	Delivered Delivery = "delivered"
	// Refused means that the server said no for good (5xx). Trying again would not help.
	Refused Delivery = "refused"
	// Deferred means not accepted now (4xx, no connection, a hang before the data). Try later.
	Deferred Delivery = "deferred"
	// Uncertain means that the connection broke while or after the message was handed over; the server
	// may or may not have it. Repeat once, later, with the same Message-ID.
	Uncertain Delivery = "uncertain"
	// Blocked means that the settings are at fault (log-in refused, STARTTLS not offered, certificate not
	// trusted). Stop the queue and tell the admin: each retry risks a lock-out.
	Blocked Delivery = "blocked"
	// Unreadable means that an attachment could not be read. The message was cut off before its end, so that no server takes it. Trying again would
	// not help until the attachment can be read.
	Unreadable Delivery = "unreadable"
)

// Attempt is the result of one attempt to send. Answer is the server's own words, or what
// happened to the connection, in one line that may be shown to a person. It never holds a password.
type Attempt struct {
	Delivery Delivery
	Code     int // the SMTP reply code, 0 where there was none
	Answer   string
}

// Mailer reaches a mail server.
type Mailer interface {
	// Connect opens one connection, secures it and logs in. On failure the session is nil
	// and the attempt says why (Deferred or Blocked); on success the attempt is Delivered and holds the
	// server's greeting.
	Connect(ctx context.Context, server MailServer) (MailSession, Attempt)
}

// MailSession is an open connection that takes one message after another. It is not safe for use by several
// goroutines at once.
type MailSession interface {
	// Send hands one message over. After Deferred with Code 0 or 421, Uncertain or Unreadable, the session is dead
	// and must be closed.
	Send(ctx context.Context, m Message) Attempt
	// Close says goodbye. Closing twice is fine.
	Close() error
}
