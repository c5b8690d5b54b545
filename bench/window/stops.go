//go:build linux

package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// stopped are the waits of what was posted to the window's goroutine: the 99th percentile and the longest of each round, in ms.
type stopped struct{ p99, longest []float64 }

// stopActs are what is done while the window's goroutine is watched.
var stopActs = []string{"nothing", "search", "scroll", "import"}

// importRows is how many clients are imported while the window is watched.
const importRows = 5000

// inside watches the window's goroutine of a program that has measured.go built in.
func (b *bench) inside() error {
	if _, err := os.Stat(*measured); err != nil {
		return nil
	}
	folder := filepath.Join(b.scratch, "inside")
	if err := os.CopyFS(folder, os.DirFS(b.folder)); err != nil { // the import changes it
		return err
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(b.scratch, "inside.sock")
	defer os.Remove(socket)
	p, err := b.s.start(rows, 3000, b.scratch, []string{"CLIENTELE_MEASURE=" + socket}, *measured, "--data", folder)
	if err != nil {
		return err
	}
	defer p.stop()
	w, err := net.Dial("unix", socket)
	if err != nil {
		return err
	}
	defer w.Close()
	in := &watcher{b: b, conn: w, lines: bufio.NewScanner(w)}
	for _, act := range []struct {
		name string
		do   func() error
	}{
		{"nothing", func() error { time.Sleep(2 * time.Second); return nil }},
		{"search", func() error { return b.s.search(100, &typed{}) }},
		{"scroll", b.scroll},
		{"import", func() error { return b.imports(in) }},
	} {
		in.take("")
		in.ask("cpu", act.name+".cpu")
		if err := act.do(); err != nil {
			return fmt.Errorf("%s: %w", act.name, err)
		}
		in.take(act.name)
		in.ask("cpu", "")
	}
	in.ask("heap", "heap")
	in.ask("maps", "maps")
	return in.err
}

// watcher speaks with measured.go.
type watcher struct {
	b     *bench
	conn  net.Conn
	lines *bufio.Scanner
	err   error
}

func (w *watcher) say(line string) string {
	if _, err := fmt.Fprintln(w.conn, line); err != nil {
		w.err = err
	}
	w.lines.Scan()
	return w.lines.Text()
}

// ask has a profile written, if profiles are wanted.
func (w *watcher) ask(what, file string) {
	if *profiles == "" {
		return
	}
	line := what
	if file != "" {
		line += " " + filepath.Join(*profiles, w.b.n+"-"+file)
	}
	fmt.Fprintln(os.Stderr, line, "→", w.say(line))
}

// take notes what was seen since the last time, under a name, or drops it.
func (w *watcher) take(name string) {
	var n, p50, p99, longest int
	if _, err := fmt.Sscan(w.say("stops"), &n, &p50, &p99, &longest); err != nil {
		w.err = err
	}
	if name == "" || n == 0 {
		return
	}
	s := w.b.stops[name]
	if s == nil {
		s = &stopped{}
		w.b.stops[name] = s
	}
	s.p99 = append(s.p99, float64(p99)/1000)
	s.longest = append(s.longest, float64(longest)/1000)
}

// scroll turns the wheel over the list, then goes through it by keys.
func (b *bench) scroll() error {
	if err := b.s.do("mousemove 640 500 click --repeat 60 --delay 30 5"); err != nil {
		return err
	}
	time.Sleep(2500 * time.Millisecond)
	if err := b.s.do("click 1 key --repeat 20 --delay 100 Next key --delay 0 End key --delay 0 Home"); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	b.s.rest(rows)
	return nil
}

// imports brings clients in through the window, from the palette to the end.
func (b *bench) imports(in *watcher) error {
	file := filepath.Join(b.scratch, "i.csv")
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "First Name,Last Name,Company Name,Email,Country,Phone Number")
	for i := range importRows {
		fmt.Fprintf(w, "First,Surname%05d,,c%d@import.example,GB,+44 20 7946 0958\n", i, i)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, step := range []string{
		"key --delay 0 ctrl+k", "type --delay 20 import", "key --delay 0 Return", "type --delay 5 " + file, "key --delay 0 Return",
		"key --delay 0 ctrl+s", // check
	} {
		if err := b.s.do(step); err != nil {
			return err
		}
		time.Sleep(time.Second)
		b.s.rest(everything)
	}
	in.take("") // what is watched is the import, not the way to it
	if err := b.s.do("key --delay 0 ctrl+s"); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	b.s.rest(everything)
	return nil
}
