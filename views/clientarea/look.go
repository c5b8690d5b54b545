package clientarea

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"clientele/app"
	files "clientele/assets/clientarea"
)

// look is how the site of this office looks.
type look struct {
	business string
	language string
	bank     string
	logo     []byte
	style    []byte
	version  string // of the style, so that browsers keep it until it is another one
}

// lookLife is how long a look is kept: another desktop may have changed the settings.
const lookLife = 2 * time.Second

// lookCache keeps the look for a moment, since each page needs it.
type lookCache struct {
	mu   sync.Mutex
	kept *look
	at   time.Time
}

func (c *lookCache) get(ctx context.Context, s *Server) (*look, error) {
	now := s.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if age := now.Sub(c.at); c.kept != nil && age >= 0 && age < lookLife {
		return c.kept, nil
	}
	set, err := s.app.Settings.Get(ctx)
	if err != nil {
		return nil, err
	}
	logo, err := s.app.Documents.Logo(ctx)
	if err != nil {
		return nil, err
	}
	l, err := newLook(set, logo)
	if err == nil {
		c.kept, c.at = l, now
	}
	return l, err
}

func (c *lookCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = nil
}

func newLook(set app.Settings, logo []byte) (*look, error) {
	l := &look{business: set.BusinessName, language: set.Language, bank: set.BankDetails, logo: logo}
	sheet, err := files.Files.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	brand := parseColour(set.AreaColour)
	var b bytes.Buffer
	fmt.Fprintf(&b, ":root { --brand: %s; --on-brand: %s; --link: %s; }\n", brand, brand.on(), brand.readable())
	b.Write(sheet)
	l.style = b.Bytes()
	sum := sha256.Sum256(l.style)
	l.version = hex.EncodeToString(sum[:6])
	return l, nil
}

// styleAge is how long browsers may keep the style and the logo.
const styleAge = 5 * time.Minute

func (s *Server) styleSheet(v *visit) {
	s.asset(v, "text/css; charset=utf-8", func(l *look) []byte { return l.style })
}

func (s *Server) logo(v *visit) {
	s.asset(v, "", func(l *look) []byte { return l.logo })
}

// asset sends what every page shows; kind is found out where it is empty.
func (s *Server) asset(v *visit, kind string, of func(*look) []byte) {
	l, err := s.look.get(v.r.Context(), s)
	if err != nil {
		s.fail(v, err)
		return
	}
	b := of(l)
	if len(b) == 0 {
		s.say(v, http.StatusNotFound)
		return
	}
	if kind == "" {
		kind = http.DetectContentType(b)
	}
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(styleAge.Seconds())))
	_, _ = v.w.Write(b) // whoever is gone needs no answer
}
