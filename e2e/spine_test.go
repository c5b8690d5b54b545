//go:build e2e

package e2e

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"clientele/mail/mailtest"
)

// The spine, in a real window: first start, import with bad rows, search, open, add with a welcome mail that arrives, one more while the server is
// down, which waits and goes when it is back (AP-1, IO-1, CL-2 to CL-8, ML-1, ML-2, ML-4, AP-2).
func TestSpine(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	at := server.MailServer()
	folder := filepath.Join(t.TempDir(), "data")
	d := start(t, folder)

	d.settle()
	d.shot("1-first-start")
	d.text("Harbour Works")
	d.key("Return")
	d.wait("the office to be set up", func() bool {
		out, code := d.run("settings", "get", "set_up")
		return code == 0 && strings.TrimSpace(out) == "true"
	})
	for key, v := range map[string]string{
		"smtp_host": at.Host, "smtp_port": fmt.Sprint(at.Port), "smtp_security": "none", "mail_from": "office@harbour.example", "country": "GB", "currency": "GBP",
		"allow_plain_passwords": "true",
	} {
		if _, code := d.run("settings", "set", key, v); code != 0 {
			t.Fatalf("setting %s ended with %d", key, code)
		}
	}

	file := filepath.Join(t.TempDir(), "clients.csv")
	writeClients(t, file, 3000)
	d.key("ctrl+k")
	d.settle()
	d.text("import")
	d.settle()
	d.key("Return")
	d.settle()
	d.text(file)
	d.key("Return")
	d.settle()
	d.shot("2-import")
	d.key("ctrl+s") // check
	d.settle()
	d.shot("3-checked")
	d.key("ctrl+s") // import
	d.wait("the clients to come in", func() bool { return len(d.clients()) == 2980 })
	d.settle()
	d.shot("4-imported")

	d.key("ctrl+k")
	d.settle()
	d.text("surname01234")
	d.settle()
	d.shot("5-palette")
	d.key("Return")
	d.settle()
	d.shot("6-client")

	d.add(t, "Ada", "Lovelace", "ada@engine.example")
	d.wait("the welcome mail to arrive", func() bool { return len(server.Messages()) == 1 })
	if got := server.Messages()[0]; !strings.Contains(fmt.Sprintf("%+v", got), "ada@engine.example") {
		t.Errorf("the mail that arrived is %+v", got)
	}
	d.settle()
	d.shot("7-added")

	server.Stop()
	d.add(t, "Grace", "Hopper", "grace@engine.example")
	d.wait("the client to be kept though the mail cannot go", func() bool { return slices.Contains(d.clients(), "grace@engine.example") })
	d.settle()
	d.shot("8-server-down")
	if n := len(server.Messages()); n != 1 {
		t.Errorf("%d mails arrived while the server was down", n)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	d.key("ctrl+k")
	d.settle()
	d.text("send waiting")
	d.settle()
	d.key("Return")
	d.wait("the waiting mail to arrive", func() bool { return len(server.Messages()) == 2 })
	for id, n := range server.Counts() {
		if n != 1 {
			t.Errorf("mail %s arrived %d times", id, n)
		}
	}
	d.settle()
	d.shot("9-arrived")
	d.quit()
	if out, code := d.run("check"); code != 0 {
		t.Errorf("check ended with %d: %s", code, out)
	}
}

// add fills in the form for a new client and saves it.
func (d *desktop) add(t *testing.T, first, last, address string) {
	t.Helper()
	d.key("ctrl+n")
	d.settle()
	d.fields(first, last, "", address)
	d.key("ctrl+s")
	d.wait("the new client", func() bool { return slices.Contains(d.clients(), address) })
	d.settle()
}

// A window that is killed while something is typed opens again with all that was saved (R1, in the window), and brings back what was being typed.
func TestKilledWindowOpensAgain(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	d := start(t, folder)
	d.settle()
	d.text("Harbour Works")
	d.key("Return")
	d.wait("the office to be set up", func() bool {
		out, code := d.run("settings", "get", "set_up")
		return code == 0 && strings.TrimSpace(out) == "true"
	})
	d.settle()
	d.add(t, "Ada", "Lovelace", "ada@engine.example")
	d.key("ctrl+n")
	d.settle()
	d.fields("Half", "Typed", "", "half@engine.example")
	d.wait("what is typed to be kept", func() bool {
		text, _ := os.ReadFile(filepath.Join(folder, "unsaved.json"))
		return strings.Contains(string(text), "half@engine.example")
	})
	d.kill()
	d.open()
	d.settle()
	d.shot("killed-and-back")
	if got := d.clients(); !slices.Equal(got, []string{"ada@engine.example"}) {
		t.Errorf("after the kill there are %v", got)
	}
	d.key("ctrl+n")
	d.settle()
	d.shot("offered-back")
	d.key("shift+Tab", "shift+Tab", "space")
	d.settle()
	d.shot("brought-back")
	d.key("ctrl+s")
	d.wait("the client that was being typed", func() bool { return slices.Contains(d.clients(), "half@engine.example") })
	if out, code := d.run("check"); code != 0 {
		t.Errorf("check ended with %d: %s", code, out)
	}
	d.quit()
}

// A window comes up in the look that was chosen (AP-5), and one that the system asks to end stops at once, cleanly, and leaves the data sound.
func TestWindowEndsWhenAsked(t *testing.T) {
	folder := t.TempDir()
	config := filepath.Join(folder, "config", "fyne", "app.clientele.Clientele")
	if err := os.MkdirAll(config, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "preferences.json"), []byte(`{"window.look":"{\"Mode\":2}"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d := start(t, filepath.Join(folder, "data"))
	d.settle()
	d.shot("dark")
	if dark := d.brightness(); dark > 90 {
		t.Errorf("the window is as bright as %d of 255 though the dark look was chosen", dark)
	}
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-d.ended:
		d.ended <- err
		if err != nil {
			t.Errorf("the program ended with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("the program goes on though it was asked to end")
	}
	if out, code := d.run("check"); code != 0 {
		t.Errorf("check ended with %d: %s", code, out)
	}
}

// writeClients writes a file of n clients of which twenty cannot come in.
func writeClients(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	w.Write([]string{"First Name", "Last Name", "Company Name", "Email", "Country", "Phone Number"})
	for i := range n {
		row := []string{"First", fmt.Sprintf("Surname%05d", i), "", fmt.Sprintf("c%d@import.example", i), "GB", "+44 20 7946 0958"}
		switch {
		case i >= n-20 && i%2 == 0:
			row[3] = "no address"
		case i >= n-20:
			row[4] = "Narnia"
		}
		w.Write(row)
	}
	w.Flush()
	if err := errors.Join(w.Error(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
