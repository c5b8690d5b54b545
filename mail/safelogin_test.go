package mail

import (
	"errors"
	"io"
	"net"
	"testing"

	"github.com/wneessen/go-mail/smtp"
)

// TestPasswordNeedsEncryption: on an open line to another machine the password is never sent in a form that can be
// read, whatever the server offers; the forms that only prove its knowledge are still used (ML-1).
func TestPasswordNeedsEncryption(t *testing.T) {
	tests := []struct {
		host, offered, want string // want is empty for none
	}{
		{"mail.example.com", "PLAIN LOGIN", ""},
		{"192.0.2.1", "PLAIN LOGIN", ""},
		{"localhost.example.com", "PLAIN", ""},
		{"mail.example.com", "PLAIN CRAM-MD5", "CRAM-MD5"},
		{"mail.example.com", "LOGIN SCRAM-SHA-1 CRAM-MD5", "SCRAM-SHA-1"},
		{"mail.example.com", "SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"},
		{"localhost", "LOGIN PLAIN", "PLAIN"},
		{"127.0.0.9", "LOGIN", "LOGIN"},
		{"::1", "plain", "PLAIN"},
	}
	for _, tt := range tests {
		t.Run(tt.host+" "+tt.offered, func(t *testing.T) {
			near, far := net.Pipe()
			defer near.Close()
			go func() {
				defer far.Close()
				_, _ = io.WriteString(far, "220 mail.test\r\n")
				_, _ = far.Read(make([]byte, 100))
				_, _ = io.WriteString(far, "250-mail.test\r\n250 AUTH "+tt.offered+"\r\n")
			}()
			client, err := smtp.NewClient(near, tt.host)
			if err != nil {
				t.Fatal(err)
			}
			if err := client.Hello("localhost"); err != nil {
				t.Fatal(err)
			}
			method, err := chooseLogin(client, target{host: tt.host, user: "u", password: "p"})
			if tt.want == "" {
				if !errors.Is(err, errNoSafeLogin) {
					t.Fatalf("got %v, %v; want no safe way", method, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			name, _, err := method.Start(&smtp.ServerInfo{Name: tt.host})
			if err != nil || name != tt.want {
				t.Errorf("got %q, %v; want %q", name, err, tt.want)
			}
		})
	}
}
