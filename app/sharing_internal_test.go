package app

import "testing"

// Over a network the connection to the shared database is encrypted, unless the address says otherwise, and the password never is in what the configuration keeps.
func TestAddressOfAServer(t *testing.T) {
	for _, c := range []struct {
		server     Server
		full, bare string
	}{
		{Server{"postgres://ann@db.example.com/office", "p w"}, "postgres://ann:p%20w@db.example.com/office?sslmode=require", "postgres://ann@db.example.com/office?sslmode=require"},
		{Server{" postgres://ann:own@db.example.com:5433/office ", ""}, "postgres://ann:own@db.example.com:5433/office?sslmode=require", "postgres://ann@db.example.com:5433/office?sslmode=require"},
		{Server{"postgresql://ann@db.example.com/office?sslmode=verify-full", ""}, "postgresql://ann@db.example.com/office?sslmode=verify-full", "postgresql://ann@db.example.com/office?sslmode=verify-full"},
		{Server{"postgres://ann@localhost/office", ""}, "postgres://ann@localhost/office", "postgres://ann@localhost/office"},
		{Server{"postgres://ann@db.example.com:70000/office", ""}, "", ""},
	} {
		full, bare, err := c.server.full()
		if full != c.full || bare != c.bare || (err != nil) != (c.full == "") {
			t.Errorf("%+v: %q, %q, %v", c.server, full, bare, err)
		}
	}
}
