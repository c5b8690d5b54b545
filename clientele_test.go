package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver by which differences are planted
	"github.com/rogpeppe/go-internal/testscript"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/app/folder"
	"clientele/app/instance"
	"clientele/data/datatest"
	"clientele/mail/mailtest"
	"clientele/views/terminal"
)

// TestMain is the program itself where a script calls it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"clientele": main,
		deskProgram: deskMain,
		// This one has a window that closes once it was asked to show itself.
		"clientele-window": func() {
			window = func(ctx context.Context, p windowParams) error {
				select {
				case <-p.Show:
					fmt.Println("shown")
				case <-ctx.Done():
				}
				return nil
			}
			failure = func(words string) { fmt.Println("window: " + words) }
			main()
		},
	})
}

// TestCommands runs the scripts of testdata/commands against the program as a person would call it (AP-7, AP-8), on both engines.
func TestCommands(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { testscript.Run(t, scripts(t, "")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		datatest.PostgresURL(t) // skips where there is no server
		testscript.Run(t, scripts(t, datatest.PostgresVariable))
	})
}

// scripts are the scripts with the words that they may use besides the usual ones.
func scripts(t *testing.T, server string) testscript.Params {
	return testscript.Params{
		Dir: "testdata/commands",
		Setup: func(e *testscript.Env) error {
			for k, v := range map[string]string{
				"HOME": e.WorkDir, "XDG_DATA_HOME": filepath.Join(e.WorkDir, "share"), "LocalAppData": filepath.Join(e.WorkDir, "share"),
				"DISPLAY": "", "WAYLAND_DISPLAY": "", "DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": e.WorkDir, "DATA": filepath.Join(e.WorkDir, "office"),
			} {
				e.Setenv(k, v)
			}
			if server == "" {
				return nil
			}
			// The scripts are the same: the folder's configuration names the shared database.
			url := datatest.PostgresURL(e.T().(testing.TB))
			e.Setenv("URL", url)
			f, err := folder.Open(e.Getenv("DATA"), false)
			if err != nil {
				return err
			}
			c, err := configuration.Open(f.Path())
			if err != nil {
				return err
			}
			c.DatabaseURL = url
			return c.Save()
		},
		Condition: func(c string) (bool, error) {
			switch c {
			case "sqlite":
				return server == "", nil
			case "mounts": // only root may, and not in every container
				return exec.CommandContext(t.Context(), "unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt").Run() == nil, nil
			}
			return false, fmt.Errorf("unknown condition %s", c)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"plant": plant, "welcome": welcome, "smtp": smtp, "mailed": mailed, "rows": rows, "opened": waitOpened, "window": waitWindow, "visit": visit,
		},
	}
}

// plant changes the database behind the program's back.
func plant(ts *testscript.TestScript, _ bool, args []string) {
	driver, source := "sqlite", filepath.Join(ts.Getenv("DATA"), folder.DatabaseName)
	if url := ts.Getenv("URL"); url != "" {
		driver, source = "pgx", url
	}
	db, err := sql.Open(driver, source)
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[0])
	ts.Check(err)
}

// welcome adds a client with a welcome mail, which the window would do.
func welcome(ts *testscript.TestScript, _ bool, args []string) {
	s, err := openForCommand(context.Background(), terminal.Where{Folder: ts.Getenv("DATA")})
	ts.Check(err)
	defer s.Close()
	p := app.Profile{FirstName: "Ann", LastName: "Lee", Email: args[0], Country: "GB", Currency: "GBP", Language: "en", Status: "Active"}
	_, err = s.App.Clients.Add(context.Background(), app.NewClient{Profile: p, SendWelcome: true})
	ts.Check(err)
}

// mailServers are those of all scripts, by their ports.
var mailServers sync.Map

// mailed N waits until the script's mail server has taken so many mails.
func mailed(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	s, ok := mailServers.Load(ts.Getenv("PORT"))
	if !ok {
		ts.Fatalf("there is no mail server")
	}
	ts.Check(s.(*mailtest.Server).WaitFor(n))
}

// smtp PORT is a mail server for the rest of the script; its port goes into the variable PORT. "smtp closed" finds a port where nobody listens.
func smtp(ts *testscript.TestScript, _ bool, args []string) {
	switch args[0] {
	case "start":
		script := mailtest.Script{User: "office", Password: "open sesame"}
		for _, b := range args[1:] {
			script.First = append(script.First, mailtest.Behaviour(b))
		}
		s, err := mailtest.New(script)
		ts.Check(err)
		ts.Defer(s.Stop)
		ts.Setenv("PORT", strconv.Itoa(s.MailServer().Port))
		mailServers.Store(ts.Getenv("PORT"), s)
	case "closed":
		l, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		ts.Setenv("PORT", strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
		ts.Check(l.Close())
	}
}

// rows N FILE writes a file of clients.
func rows(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var b strings.Builder
	b.WriteString("First Name,Last Name,Email,Country\n")
	for i := range n {
		fmt.Fprintf(&b, "First%d,Last%d,client%d@example.com,GB\n", i, i, i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// waitOpened waits until a program in the background has the data open, by the log that it writes.
func waitOpened(ts *testscript.TestScript, _ bool, args []string) {
	until(ts, "the data was opened", func() bool {
		b, err := os.ReadFile(filepath.Join(ts.Getenv("DATA"), args[0]))
		return err == nil && strings.Contains(string(b), `"opened"`)
	})
}

// waitWindow waits until a program in the background has the folder for its window.
func waitWindow(ts *testscript.TestScript, _ bool, _ []string) {
	until(ts, "a window is open", func() bool {
		note, ok, err := instance.Running(ts.Getenv("DATA"))
		return ok && err == nil && note.Address != ""
	})
}

// listens is what a line of the log says of the client area's address.
var listens = regexp.MustCompile(`"msg":"client area".*"listen":"([^"]+)"`)

// visit PATH WORDS opens a page of the client area that a program in the background serves, and looks for words on it.
func visit(ts *testscript.TestScript, _ bool, args []string) {
	address := ""
	until(ts, "the client area was served", func() bool {
		b, err := os.ReadFile(filepath.Join(ts.Getenv("DATA"), "commands.log"))
		if m := listens.FindSubmatch(b); err == nil && m != nil {
			address = string(m[1])
		}
		return address != ""
	})
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+address+args[0], nil)
	ts.Check(err)
	got, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer got.Body.Close()
	page, err := io.ReadAll(got.Body)
	ts.Check(err)
	if !strings.Contains(string(page), args[1]) {
		ts.Fatalf("%s has no %q: %d %s", args[0], args[1], got.StatusCode, page)
	}
}

func until(ts *testscript.TestScript, what string, done func() bool) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			ts.Fatalf("waited in vain until %s", what)
		}
	}
}

// TestDisplay: where there is no display, no window is tried.
func TestDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	always := runtime.GOOS == "windows" || runtime.GOOS == "darwin"
	if hasDisplay() != always {
		t.Errorf("a display: %v", hasDisplay())
	}
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	if !hasDisplay() {
		t.Error("Wayland is none")
	}
}
