//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// region is a part of the screen in pixels.
type region struct{ x, y, w, h int }

// screen is an X server in memory whose picture lies in a mapped file: to look at it costs no other program's time. A window of the
// screen's own size covers it, as there is no window manager.
type screen struct {
	server, typist *exec.Cmd
	keys           io.WriteCloser
	name           string
	pixels         []byte
	stride         int
	seen           []byte
}

// The screen and every window on it.
const width, height = 1280, 800

// every is how often the screen is looked at.
const every = time.Millisecond

func openScreen(dir string) (*screen, error) {
	ready, number, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer ready.Close()
	s := &screen{server: exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-fbdir", dir, "-nolisten", "tcp")}
	s.server.ExtraFiles = []*os.File{number}
	err = s.server.Start()
	number.Close()
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(ready, 8))
	if err != nil || len(raw) == 0 {
		s.close()
		return nil, errors.New("no screen: Xvfb did not start")
	}
	s.name = ":" + strings.TrimSpace(string(raw))
	if err := s.mapFile(filepath.Join(dir, "Xvfb_screen0")); err != nil {
		s.close()
		return nil, err
	}
	s.typist = exec.Command("xdotool", "-")
	s.typist.Env = s.environment()
	if s.keys, err = s.typist.StdinPipe(); err == nil {
		err = s.typist.Start()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// mapFile maps the picture, which is a window dump: a header, colours, then pixels.
func (s *screen) mapFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	all, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return err
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(all[4*n:])) }
	s.stride = field(12)
	s.pixels = all[field(0)+12*field(19):]
	return nil
}

func (s *screen) close() {
	if s.keys != nil {
		s.keys.Close()
		s.typist.Wait()
	}
	s.server.Process.Signal(os.Interrupt)
	s.server.Wait()
}

func (s *screen) environment() []string { return append(os.Environ(), "DISPLAY="+s.name) }

// do has xdotool do one thing, soon.
func (s *screen) do(command string) error {
	_, err := io.WriteString(s.keys, command+"\n")
	return err
}

// look copies what a region shows.
func (s *screen) look(r region) []byte {
	s.seen = s.seen[:0]
	for y := r.y; y < r.y+r.h; y++ {
		s.seen = append(s.seen, s.pixels[y*s.stride+4*r.x:y*s.stride+4*(r.x+r.w)]...)
	}
	return bytes.Clone(s.seen)
}

// differs tells whether a region shows something else than it did.
func (s *screen) differs(r region, before []byte) bool {
	for y := range r.h {
		at := (r.y+y)*s.stride + 4*r.x
		if !bytes.Equal(s.pixels[at:at+4*r.w], before[4*y*r.w:4*(y+1)*r.w]) {
			return true
		}
	}
	return false
}

// ink counts the pixels of a region that differ from its first one, which is ground.
func (s *screen) ink(r region) (n int) {
	seen := s.look(r)
	for i := 0; i < len(seen); i += 4 {
		if !bytes.Equal(seen[i:i+3], seen[:3]) {
			n++
		}
	}
	return n
}

// until looks at the screen until ok, or fails after limit.
func until(limit time.Duration, ok func() bool) (time.Time, error) {
	for end := time.Now().Add(limit); ; time.Sleep(every) {
		now := time.Now()
		if ok() {
			return now, nil
		}
		if now.After(end) {
			return now, fmt.Errorf("nothing came to the screen within %v", limit)
		}
	}
}

// rest waits until a region has stayed the same for a while.
func (s *screen) rest(r region) {
	before, since := s.look(r), time.Now()
	for time.Since(since) < 120*time.Millisecond {
		time.Sleep(10 * time.Millisecond)
		if s.differs(r, before) {
			before, since = s.look(r), time.Now()
		}
	}
}
