package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"clientele/app"
)

// TB is what Start needs of a testing.TB. It keeps the testing package out of programs that use the server.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Server is a scripted SMTP server. All methods are safe for concurrent use.
type Server struct {
	script Script
	cert   *certificate

	mu          sync.Mutex
	addr        *net.TCPAddr
	listener    net.Listener
	open        map[net.Conn]struct{}
	stopped     chan struct{} // closed by Stop; each Start makes a new one
	changed     chan struct{} // closed and renewed at each change of the counters or the mailbox
	queue       []Behaviour
	random      *rand.Rand
	messages    []Message
	connections int
	replies     int
	logins      int
	mails       int

	running sync.WaitGroup
}

// Start runs a server for the time of a test.
func Start(t TB, script Script) *Server {
	t.Helper()
	s, err := New(script)
	if err != nil {
		t.Fatalf("mail server for the test: %v", err)
	}
	t.Cleanup(s.Stop)
	return s
}

// New runs a server until Stop.
func New(script Script) (*Server, error) {
	if err := script.check(); err != nil {
		return nil, err
	}
	if len(script.RandomFaults) == 0 {
		script.RandomFaults = []Behaviour{
			Greylist450, Full452, Recipient550, Data554, Content451, CutInData, CutAfterDot,
		}
	}
	if len(script.Mechanisms) == 0 {
		script.Mechanisms = []string{"PLAIN", "LOGIN"}
	}
	if script.Listen == "" {
		script.Listen = "127.0.0.1:0"
	}
	addr, err := net.ResolveTCPAddr("tcp", script.Listen)
	if err != nil {
		return nil, fmt.Errorf("mailtest: %w", err)
	}
	if !addr.IP.IsLoopback() {
		return nil, fmt.Errorf("mailtest: %s is not a loopback address", script.Listen)
	}
	cert, err := testCertificate()
	if err != nil {
		return nil, fmt.Errorf("mailtest: %w", err)
	}
	s := &Server{
		script: script, cert: cert, addr: addr,
		changed: make(chan struct{}),
		queue:   append([]Behaviour(nil), script.First...),
		random:  rand.New(rand.NewPCG(script.Seed, 0)),
	}
	return s, s.Start()
}

// Start listens again after Stop, on the same port. What was accepted and counted before is kept.
func (s *Server) Start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		return errors.New("mailtest: the server runs already")
	}
	listener, err := net.ListenTCP("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("mailtest: %w", err)
	}
	s.addr = listener.Addr().(*net.TCPAddr)
	if s.script.Always == Refuse {
		return listener.Close()
	}
	s.listener = listener
	s.open = map[net.Conn]struct{}{}
	s.stopped = make(chan struct{})
	s.running.Add(1)
	go s.accept(listener, s.stopped)
	return nil
}

// Stop closes the port and cuts all connections, and returns when nothing of the server runs any more. Stopping
// twice is fine.
func (s *Server) Stop() {
	s.mu.Lock()
	if s.listener != nil {
		_ = s.listener.Close()
		s.listener = nil
		close(s.stopped)
		for conn := range s.open {
			_ = conn.Close()
		}
	}
	s.mu.Unlock()
	s.running.Wait()
}

func (s *Server) accept(listener net.Listener, stopped chan struct{}) {
	defer s.running.Done()
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.listener != listener {
			s.mu.Unlock()
			_ = conn.Close()
			return
		}
		s.open[conn] = struct{}{}
		s.connections++
		c := newConversation(s, conn, s.connections, stopped)
		s.running.Add(1)
		s.announce()
		s.mu.Unlock()
		go func() {
			defer s.running.Done()
			c.run()
			_ = conn.Close()
			s.mu.Lock()
			delete(s.open, conn)
			s.mu.Unlock()
		}()
	}
}

// next decides what happens at this stage.
func (s *Server) next(at stage) Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at == atMail {
		s.mails++
		s.announce()
	}
	if len(s.queue) > 0 {
		if b := s.queue[0]; stages[b] == at {
			s.queue = s.queue[1:]
			return b
		}
		return Accept
	}
	if s.script.Always != "" && stages[s.script.Always] == at {
		return s.script.Always
	}
	if at == atMail && s.random.Float64() < s.script.FaultRate {
		return s.script.RandomFaults[s.random.IntN(len(s.script.RandomFaults))]
	}
	return Accept
}

// announce wakes all waiting WaitFor calls; s.mu is held.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Server) count(counter *int) {
	s.mu.Lock()
	*counter++
	s.announce()
	s.mu.Unlock()
}

// MailServer is what a client needs to reach the server and to log in.
func (s *Server) MailServer() app.MailServer {
	s.mu.Lock()
	defer s.mu.Unlock()
	security := s.script.Security
	if security == "" {
		security = app.SecurityNone
	}
	return app.MailServer{
		Host: s.addr.IP.String(), Port: s.addr.Port, Security: security,
		User: s.script.User, Password: s.script.Password,
	}
}

// RootCAs holds the certificate of the server, for a client that shall trust it.
func (s *Server) RootCAs() *x509.CertPool { return s.cert.pool }

// CertificatePEM is the same certificate as a file would hold it.
func (s *Server) CertificatePEM() []byte { return s.cert.pem }

func (s *Server) tlsConfig() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{s.cert.pair}, MinVersion: tls.VersionTLS12}
}

// Connections counts the connections that were opened.
func (s *Server) Connections() int { return s.read(&s.connections) }

// Replies counts the replies given, greetings included; one of several lines counts once.
func (s *Server) Replies() int { return s.read(&s.replies) }

// Logins counts the AUTH commands.
func (s *Server) Logins() int { return s.read(&s.logins) }

// Mails counts the MAIL commands.
func (s *Server) Mails() int { return s.read(&s.mails) }

func (s *Server) read(counter *int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *counter
}

// WaitFor returns when at least n messages were accepted, or with an error after Script.Patience.
func (s *Server) WaitFor(n int) error {
	return s.WaitUntil(fmt.Sprintf("%d messages", n), func() bool { return len(s.Messages()) >= n })
}

// WaitUntil returns when done, which may ask the server's methods, says true, or with an error that names what was
// waited for after Script.Patience. It asks again after each change on the server.
func (s *Server) WaitUntil(what string, done func() bool) error {
	patience := s.script.Patience
	if patience == 0 {
		patience = 30 * time.Second
	}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-limit.C:
			return fmt.Errorf("mailtest: waited %s in vain for %s; %d messages came", patience, what, len(s.Messages()))
		}
	}
}
