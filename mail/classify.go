package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"

	"clientele/app"
)

// stage is the step of the conversation at which something happened. The same reply means different things at
// different steps.
type stage int

const (
	// dialling: name look-up, connection, greeting, EHLO.
	dialling stage = iota
	// securing: STARTTLS and the TLS handshake.
	securing
	// loggingIn: AUTH.
	loggingIn
	// addressing: MAIL, RCPT and DATA, all before the first byte of content.
	addressing
	// writing: the content, before the dot that ends it.
	writing
	// ending: the dot and the answer to it.
	ending
)

// classify says what the outbox has to make of an error, and gives the reply code if the server gave one.
//
// A connection that breaks before the dot was written cannot have delivered the message, so it is tried again
// freely. From the dot on nobody can tell: that is Uncertain.
func classify(at stage, err error) (app.Delivery, int) {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return classifyReply(at, reply.Code), reply.Code
	}
	switch at {
	case securing:
		if errors.Is(err, errNoStartTLS) || isUntrusted(err) {
			return app.Blocked, 0
		}
	case loggingIn:
		// What is no fault of the line is a log-in that cannot work: no safe mechanism, or a server that cannot
		// prove that it knows the password.
		if !isLineFault(err) {
			return app.Blocked, 0
		}
	case ending:
		return app.Uncertain, 0
	}
	return app.Deferred, 0
}

func classifyReply(at stage, code int) app.Delivery {
	switch {
	case at == ending && code >= 200 && code < 300:
		return app.Delivered
	case code >= 400 && code < 500:
		return app.Deferred
	case code < 500 || code > 599:
		// A reply that has no place here. After the dot it may mean anything.
		if at == ending {
			return app.Uncertain
		}
		return app.Deferred
	}
	switch at {
	case dialling, writing:
		return app.Deferred
	case securing, loggingIn:
		return app.Blocked
	}
	switch code {
	case 530, 534, 535, 538:
		// Log in first, or in another way: nothing about this one message.
		return app.Blocked
	}
	return app.Refused
}

// isUntrusted says whether the certificate of the server was refused.
func isUntrusted(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &authority) ||
		errors.As(err, &hostname) || errors.As(err, &invalid)
}

// isLineFault says whether err came from the connection rather than from what was said on it.
func isLineFault(err error) bool {
	var (
		network  net.Error
		protocol textproto.ProtocolError
	)
	return errors.As(err, &network) || errors.As(err, &protocol) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, errStopped)
}
