package clientarea_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/views/clientarea"
)

// CA-1: with a certificate the site is served by TLS and by nothing else; files that do not belong together are told of before anybody is let in.
func TestTLS(t *testing.T) {
	o := apptest.Open(t)
	known := httptest.NewTLSServer(http.NotFoundHandler()) // its certificate is one for 127.0.0.1
	known.Close()
	pair := known.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, kind string, b []byte) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cert, keyFile := write("cert.pem", "CERTIFICATE", pair.Certificate[0]), write("key.pem", "PRIVATE KEY", key)
	serve := func(ctx context.Context, key string, ready func(string)) error {
		server := must(clientarea.New(clientarea.Options{App: o.App, Listen: "127.0.0.1:0", Cert: cert, Key: key, Now: o.Clock.Now}))
		return server.Run(ctx, ready)
	}
	ctx, stop := context.WithCancel(t.Context())
	err = serve(ctx, cert, func(string) {
		t.Error("served with a certificate for a key")
		stop()
	})
	if app.CodeOf(err) != app.Unavailable || !strings.Contains(app.Explain(err), "belong together") {
		t.Errorf("a certificate for a key: %v", err)
	}
	stop()
	ctx, stop = context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- serve(ctx, keyFile, func(address string) { ready <- address }) }()
	address := <-ready
	pool := x509.NewCertPool()
	pool.AddCert(known.Certificate())
	web := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}}
	ask := func(address string) (int, string, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/login", nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := web.Do(r)
		if err != nil {
			return 0, "", err
		}
		defer got.Body.Close()
		b, err := io.ReadAll(got.Body)
		return got.StatusCode, string(b), err
	}
	if status, page, err := ask(address); !strings.HasPrefix(address, "https://127.0.0.1:") || status != http.StatusOK || !strings.Contains(page, "Log in") {
		t.Errorf("%s: %d, %v", address, status, err)
	}
	if status, page, err := ask("http" + strings.TrimPrefix(address, "https")); err == nil && (status == http.StatusOK || strings.Contains(page, "Log in")) {
		t.Errorf("without TLS it answers: %d %s", status, page)
	}
	stop()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
