package clientarea

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"clientele/app"
	"clientele/app/i18n"
)

// How long and how large a request may be (2.8 of the design's page on trust). Connections that browsers keep open cost nothing, so there may be many more of them than
// requests that are worked on at once.
const (
	headerTime  = 5 * time.Second
	readTime    = 30 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 60 * time.Second
	headerSize  = 16 << 10
	formSize    = 64 << 10
	connections = 2048
	atOnce      = 64
	downloads   = 32
	stopTime    = 10 * time.Second
	resetsWait  = 100
)

// Server is the site while it is served.
type Server struct {
	checked
	app     *app.App
	handler http.Handler
	look    lookCache
	pages   pages
	limits  *limiter
	working chan struct{} // a place for each request that is worked on
	sending chan struct{} // a place for each file that is sent
	resets  chan resetRequest
	// forget ends the watch over the settings.
	forget func()
}

// resetRequest is a reset that somebody asked for. It is looked into after the answer was given, so that the answer takes as long for everybody.
type resetRequest struct{ address, from string }

// New makes the site of its options, or says why they do not fit together.
func New(o Options) (*Server, error) {
	c, err := o.check()
	if err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		checked: c, app: o.App, limits: newLimiter(o.Now), working: make(chan struct{}, atOnce), sending: make(chan struct{}, downloads),
		resets: make(chan resetRequest, resetsWait),
	}
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	s.handler = s.gates(s.mux())
	s.forget = o.App.Events.Subscribe(func(c app.Change) {
		if c.Topic == app.TopicSettings {
			s.look.forget()
		}
	})
	return s, nil
}

// Close lets go of the application. Run does it by itself.
func (s *Server) Close() { s.forget() }

// Handler answers requests. Resets that are asked for wait until Run or Work looks at them.
func (s *Server) Handler() http.Handler { return s.handler }

// Work looks into resets that were asked for, until ctx ends, and then into those that are left.
func (s *Server) Work(ctx context.Context) {
	for {
		select {
		case r := <-s.resets:
			s.reset(ctx, r)
		case <-ctx.Done():
			for {
				select {
				case r := <-s.resets:
					s.reset(ctx, r)
				default:
					return
				}
			}
		}
	}
}

func (s *Server) reset(ctx context.Context, r resetRequest) {
	if err := s.app.ClientArea.RequestReset(context.WithoutCancel(ctx), r.address, r.from); err != nil {
		s.Log.Error("client area: reset", "error", err)
	}
}

// Run serves the site until ctx ends. ready, where it is given, gets the site's address once it can be opened. Requests that are being answered are finished.
func (s *Server) Run(ctx context.Context, ready func(address string)) error {
	defer s.Close()
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The client area cannot listen on %s: another program does, or it is no address of this computer.", s.Listen)}
	}
	server := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: headerSize,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug), BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	l = netutil.LimitListener(l, connections)
	if s.Cert != "" {
		pair, err := tls.LoadX509KeyPair(s.Cert, s.Key)
		if err != nil {
			return errors.Join(l.Close(), &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The certificate of the client area cannot be read (%s, %s). Both files are in PEM form and belong together.", s.Cert, s.Key)})
		}
		l = tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}})
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var helpers sync.WaitGroup
	helpers.Go(func() { s.Work(ctx) })
	helpers.Go(func() {
		<-ctx.Done()
		patience, stop := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer stop()
		if server.Shutdown(patience) != nil {
			_ = server.Close() // what a slow visitor still reads is cut off
		}
	})
	s.Log.Info("client area", "listen", l.Addr().String())
	if ready != nil {
		ready(s.address(l.Addr()))
	}
	err = server.Serve(l)
	cancel()
	helpers.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
