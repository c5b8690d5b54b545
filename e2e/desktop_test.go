//go:build e2e

// Package e2e drives the built program as a person does: in a real window, by keyboard, with a real mail server and a real file.
package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long anything in the window may take before the test fails.
const patience = 30 * time.Second

// desktop is the program in its window, and the command line beside it.
type desktop struct {
	t       *testing.T
	program string
	data    string
	shots   string
	cmd     *exec.Cmd
	ended   chan error
	window  string
	log     bytes.Buffer
}

// start opens the program on a fresh folder, or on one that is there.
func start(t *testing.T, folder string) *desktop {
	t.Helper()
	program := os.Getenv("CLIENTELE_PROGRAM")
	if program == "" {
		t.Skip("CLIENTELE_PROGRAM does not name a built program; make e2e sets it")
	}
	if os.Getenv("DISPLAY") == "" {
		t.Skip("there is no display, so no window can be opened")
	}
	for _, tool := range []string{"xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	d := &desktop{t: t, program: program, data: folder, shots: os.Getenv("CLIENTELE_SHOTS")}
	if d.shots == "" {
		d.shots = t.TempDir()
	}
	d.open()
	return d
}

// open starts the program and waits for its window.
func (d *desktop) open() {
	d.t.Helper()
	d.cmd = exec.Command(d.program, "--data", d.data)
	d.cmd.Env = append(os.Environ(), "LANG=en_GB.UTF-8", "FYNE_SCALE=1", "XDG_CONFIG_HOME="+filepath.Join(d.data, "..", "config"))
	d.cmd.Stdout, d.cmd.Stderr = &d.log, &d.log
	if err := d.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.ended = make(chan error, 1)
	go func() { d.ended <- d.cmd.Wait() }()
	d.t.Cleanup(d.kill)
	d.wait("the window to open", func() bool {
		out, err := exec.Command("xdotool", "search", "--onlyvisible", "--pid", fmt.Sprint(d.cmd.Process.Pid)).Output()
		d.window = strings.TrimSpace(strings.Split(string(out), "\n")[0])
		return err == nil && d.window != ""
	})
	d.do("windowfocus", "--sync", d.window)
}

// kill ends the program as a power cut does.
func (d *desktop) kill() {
	if d.cmd.ProcessState == nil {
		d.cmd.Process.Kill()
		<-d.ended
		d.ended <- nil
	}
	if d.t.Failed() {
		d.t.Logf("the program said:\n%s", d.log.String())
	}
}

// wait asks again and again until ok, since a window tells nobody when it is done.
func (d *desktop) wait(what string, ok func() bool) {
	d.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		if ok() {
			return
		}
		select {
		case err := <-d.ended:
			d.ended <- err
			d.t.Fatalf("waiting for %s: the program ended (%v)\n%s", what, err, d.log.String())
		default:
		}
	}
	d.shot("waiting")
	d.t.Fatalf("waited in vain for %s", what)
}

func (d *desktop) do(args ...string) {
	d.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}

// key presses keys one after another.
func (d *desktop) key(keys ...string) {
	d.t.Helper()
	d.do(append([]string{"key", "--delay", "40"}, keys...)...)
}

// text types.
func (d *desktop) text(s string) { d.t.Helper(); d.do("type", "--delay", "12", "--", s) }

// fields types one text after another, with Tab between.
func (d *desktop) fields(texts ...string) {
	d.t.Helper()
	for i, s := range texts {
		if i > 0 {
			d.key("Tab")
		}
		if s != "" {
			d.text(s)
		}
	}
}

// restless is how long a window may go on changing before it counts as settled all the same: the cursor in a field fades in and out for ever.
const restless = 1500 * time.Millisecond

// settle waits until the window has been still for a moment, so that what is typed next goes where it should.
func (d *desktop) settle() {
	d.t.Helper()
	last, same := "", 0
	end := time.Now().Add(restless)
	d.wait("the window to be still", func() bool {
		out, _ := exec.Command("import", "-window", d.window, "-resize", "25%", "-depth", "8", "rgb:-").Output()
		if now := string(out); now == last {
			same++
		} else {
			last, same = now, 0
		}
		return same >= 2 || time.Now().After(end)
	})
}

// shot keeps a picture.
func (d *desktop) shot(name string) {
	d.t.Helper()
	exec.Command("import", "-window", d.window, filepath.Join(d.shots, name+".png")).Run()
}

// brightness is how bright the window is on the whole, of 255.
func (d *desktop) brightness() int {
	d.t.Helper()
	out, err := exec.Command("import", "-window", d.window, "-colorspace", "Gray", "-resize", "1x1!", "-depth", "8", "gray:-").Output()
	if err != nil || len(out) != 1 {
		d.t.Fatalf("the window cannot be seen: %v, %d bytes", err, len(out))
	}
	return int(out[0])
}

// run runs a command of the program beside the window and answers what it printed and its exit code.
func (d *desktop) run(args ...string) (string, int) {
	d.t.Helper()
	var out, problems bytes.Buffer
	cmd := exec.Command(d.program, append([]string{"--data", d.data}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		d.t.Fatal(err)
	}
	if problems.Len() > 0 {
		d.t.Logf("%v: %s", args, problems.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// clients are the email addresses of all clients.
func (d *desktop) clients() []string {
	d.t.Helper()
	out, code := d.run("export", "clients", "--format", "json")
	if code != 0 {
		d.t.Fatalf("export ended with %d", code)
	}
	var rows []map[string]any
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		d.t.Fatalf("export is no JSON: %v", err)
	}
	var all []string
	for _, r := range rows {
		all = append(all, fmt.Sprint(r["Email"]))
	}
	return all
}

// quit closes the window as a person does and expects a clean end.
func (d *desktop) quit() {
	d.t.Helper()
	d.key("ctrl+q")
	select {
	case err := <-d.ended:
		d.ended <- err
		if err != nil {
			d.t.Fatalf("the program ended with %v\n%s", err, d.log.String())
		}
	case <-time.After(patience):
		d.shot("quit")
		d.t.Fatal("the program did not end")
	}
}
