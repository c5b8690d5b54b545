package mailtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"clientele/app"
)

// maxLine is the longest line in bytes that SMTP allows, its end included (RFC 5321, 4.5.3.1.6). The server is
// strict, so that a client that writes longer ones is found out.
const maxLine = 1000

// errOver ends a conversation.
var errOver = errors.New("the conversation is over")

// conversation is one connection.
type conversation struct {
	server  *Server
	conn    net.Conn
	reader  *bufio.Reader
	number  int
	stopped <-chan struct{}
	fate    Behaviour // of the connection
	secure  bool
	hello   string
	user    string

	// The transaction under way; from is nil outside of one.
	from *string
	to   []string
	plan Behaviour
}

func newConversation(s *Server, conn net.Conn, number int, stopped <-chan struct{}) *conversation {
	return &conversation{server: s, conn: conn, reader: bufio.NewReader(conn), number: number, stopped: stopped}
}

func (c *conversation) run() {
	c.fate = c.server.next(atConnect)
	switch c.fate {
	case EOF:
		return
	case NoBanner:
		c.hang()
		return
	case Garbage:
		_, _ = c.conn.Write([]byte("\x00\xff\xfe this is not what you expected\r\n\x16\x03"))
		return
	}
	if c.server.script.Security == app.SecurityTLS && c.encrypt() != nil {
		return
	}
	if c.fate == Banner421 {
		_ = c.reply(c.server.script.answer(Banner421, "421 4.3.2 Service not available, try later"))
		return
	}
	err := c.reply("220 mail.test ESMTP ready")
	for err == nil {
		var line string
		if line, err = c.line(); err == nil {
			err = c.command(line)
		}
	}
}

func (c *conversation) command(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	switch strings.ToUpper(verb) {
	case "EHLO", "HELO":
		c.reset()
		c.hello = rest
		if strings.EqualFold(verb, "HELO") {
			return c.reply("250 mail.test")
		}
		return c.reply(c.greeting())
	case "STARTTLS":
		if !c.offersStartTLS() {
			return c.reply("502 5.5.1 Not supported")
		}
		if err := c.reply("220 2.0.0 Go ahead"); err != nil {
			return err
		}
		c.reset()
		c.hello = ""
		return c.encrypt()
	case "AUTH":
		return c.login(rest)
	case "MAIL":
		return c.mail(rest)
	case "RCPT":
		return c.recipient(rest)
	case "DATA":
		return c.data()
	case "RSET":
		c.reset()
		return c.reply("250 2.0.0 Forgotten")
	case "NOOP":
		return c.reply("250 2.0.0 Fine")
	case "QUIT":
		if c.fate != CutAtQuit {
			_ = c.reply("221 2.0.0 Goodbye")
		}
		return errOver
	}
	return c.reply("500 5.5.2 Unknown command")
}

func (c *conversation) greeting() string {
	lines := []string{"mail.test at your service", "8BITMIME", "ENHANCEDSTATUSCODES"}
	lines = append(lines, c.server.script.Extensions...)
	if c.offersStartTLS() {
		lines = append(lines, "STARTTLS")
	}
	if c.server.script.User != "" || c.fate == Login535 {
		lines = append(lines, "AUTH "+strings.Join(c.server.script.Mechanisms, " "))
	}
	return "250 " + strings.Join(lines, "\n")
}

func (c *conversation) offersStartTLS() bool {
	return c.server.script.Security == app.SecurityStartTLS && !c.secure && c.fate != NoStartTLS
}

func (c *conversation) mail(rest string) error {
	script := c.server.script
	switch {
	case c.hello == "":
		return c.reply("503 5.5.1 Say EHLO first")
	case c.from != nil:
		return c.reply("503 5.5.1 A transaction is under way")
	case script.User != "" && c.user == "":
		return c.reply("530 5.7.0 Authentication required")
	}
	from, ok := path(rest, "FROM:")
	if !ok {
		return c.reply("501 5.5.4 Bad MAIL command")
	}
	c.plan = c.server.next(atMail)
	switch c.plan {
	case HangAtMail:
		return c.hang()
	case Full452:
		return c.reply(script.answer(Full452, "452 4.3.1 Insufficient system storage"))
	}
	c.from = &from
	return c.reply("250 2.1.0 Sender fine")
}

func (c *conversation) recipient(rest string) error {
	if c.from == nil {
		return c.reply("503 5.5.1 Say MAIL first")
	}
	to, ok := path(rest, "TO:")
	if !ok {
		return c.reply("501 5.5.4 Bad RCPT command")
	}
	script := c.server.script
	if own, ok := script.Recipients[strings.ToLower(to)]; ok {
		return c.reply(own)
	}
	switch c.plan {
	case Greylist450:
		return c.reply(script.answer(Greylist450, "450 4.2.0 Greylisted, try again in five minutes"))
	case Recipient550:
		return c.reply(script.answer(Recipient550, "550 5.1.1 No such user"))
	}
	c.to = append(c.to, to)
	return c.reply("250 2.1.5 Recipient fine")
}

func (c *conversation) data() error {
	if c.from == nil || len(c.to) == 0 {
		return c.reply("503 5.5.1 Say MAIL and RCPT first")
	}
	script := c.server.script
	if c.plan == Data554 {
		return c.reply(script.answer(Data554, "554 5.7.1 Refused as spam"))
	}
	if err := c.reply("354 End with a dot on its own line"); err != nil {
		return err
	}
	if c.plan == CutInData {
		_, err := c.reader.ReadByte()
		return errors.Join(err, errOver)
	}
	content, complaint, err := c.content()
	if err != nil {
		return err
	}
	message := Message{
		From: *c.from, To: slices.Clone(c.to), Data: content,
		Hello: c.hello, User: c.user, Secure: c.secure, Connection: c.number,
	}
	plan := c.plan
	c.reset()
	if complaint != "" {
		return c.reply(complaint)
	}
	if plan == Content451 {
		return c.reply(script.answer(Content451, "451 4.3.0 Try again later"))
	}
	if err := c.server.deliver(message); err != nil {
		return c.reply("451 4.3.0 The message could not be stored")
	}
	switch plan {
	case CutAfterDot:
		return errOver
	case HangAfterDot:
		return c.hang()
	}
	return c.reply("250 2.0.0 Accepted")
}

// content reads up to the final dot and takes the stuffed dots out. The complaint is a refusal, empty if the lines
// are as the standard wants them.
func (c *conversation) content() (content []byte, complaint string, err error) {
	var all bytes.Buffer
	for {
		line, err := c.reader.ReadBytes('\n')
		if err != nil {
			return nil, "", err
		}
		if bytes.Equal(line, []byte(".\r\n")) {
			return all.Bytes(), complaint, nil
		}
		line = bytes.TrimPrefix(line, []byte("."))
		switch {
		case len(line) > maxLine:
			complaint = "550 5.6.0 Line too long"
		case !bytes.HasSuffix(line, []byte("\r\n")) || bytes.Count(line, []byte("\r")) != 1:
			complaint = "550 5.6.0 Bare CR or LF"
		}
		all.Write(line)
	}
}

func (c *conversation) encrypt() error {
	conn := tls.Server(c.conn, c.server.tlsConfig())
	if err := conn.Handshake(); err != nil {
		return err
	}
	c.conn, c.reader, c.secure = conn, bufio.NewReader(conn), true
	return nil
}

// hang says nothing until the client goes away or the server stops.
func (c *conversation) hang() error {
	_, _ = io.Copy(io.Discard, c.reader)
	return errOver
}

func (c *conversation) reset() { c.from, c.to, c.plan = nil, nil, "" }

func (c *conversation) line() (string, error) {
	line, err := c.reader.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err
}

// reply sends "code text"; further lines of the text become further lines of the reply.
func (c *conversation) reply(text string) error {
	if delay := c.server.script.ReplyDelay; delay > 0 {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-c.stopped:
			return errOver
		}
	}
	code, rest, _ := strings.Cut(text, " ")
	lines := strings.Split(rest, "\n")
	var out strings.Builder
	for i, line := range lines {
		mark := "-"
		if i == len(lines)-1 {
			mark = " "
		}
		fmt.Fprintf(&out, "%s%s%s\r\n", code, mark, line)
	}
	c.server.count(&c.server.replies)
	_, err := io.WriteString(c.conn, out.String())
	return err
}

// path reads the address of "FROM:<a@b> PARAMETERS".
func path(rest, keyword string) (string, bool) {
	if len(rest) < len(keyword) || !strings.EqualFold(rest[:len(keyword)], keyword) {
		return "", false
	}
	rest = strings.TrimSpace(rest[len(keyword):])
	if !strings.HasPrefix(rest, "<") {
		return "", false
	}
	address, _, found := strings.Cut(rest[1:], ">")
	return address, found
}
