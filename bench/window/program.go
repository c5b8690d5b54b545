//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// program is one that has its window open.
type program struct {
	cmd   *exec.Cmd
	first time.Duration // from its start to its picture
}

// start starts a program and waits for ink in a region. Looks and widths of columns that a person chose on this machine stay out of it.
func (s *screen) start(r region, ink int, home string, env []string, name string, args ...string) (*program, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	cmd.Env = append(append(s.environment(), "LANG=en_US.UTF-8", "FYNE_SCALE=1", "XDG_CONFIG_HOME="+home), env...)
	if ink > 0 { // the window before is gone, but for what the pointer covers
		if _, err := until(patience, func() bool { return s.ink(r) <= ink/4 }); err != nil {
			return nil, fmt.Errorf("the window before %s: %w", filepath.Base(name), err)
		}
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &program{cmd: cmd}
	at, err := until(30*time.Second, func() bool { return s.ink(r) > ink })
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	p.first = at.Sub(began)
	return p, nil
}

func (p *program) stop() {
	p.cmd.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { p.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		p.cmd.Process.Kill()
		<-done
	}
}

// memory is the resident set in MiB.
func (p *program) memory() float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kib, _ := strconv.ParseFloat(f[1], 64)
			return kib / 1024
		}
	}
	return 0
}

// processor is the processor time used so far.
func (p *program) processor() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// settle waits for the end of what the start left to do, such as the check of the file, which takes longer the larger it is.
func (p *program) settle() {
	for range 60 {
		before := p.processor()
		if time.Sleep(5 * time.Second); p.processor()-before < 500*time.Millisecond {
			return
		}
	}
}

// idle is the share of a core, in percent, that a window uses while nobody touches it.
func (p *program) idle() float64 {
	const span = 10 * time.Second
	time.Sleep(2 * time.Second)
	before := p.processor()
	time.Sleep(span)
	return 100 * float64(p.processor()-before) / float64(span)
}
