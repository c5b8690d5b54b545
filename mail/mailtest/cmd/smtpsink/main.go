// Command smtpsink is a mail server for tests of the whole program. It listens on the loopback interface, writes
// each message that it accepts into a folder and prints one line for it. It delivers nothing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"mime"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"

	"clientele/app"
	"clientele/mail/mailtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "smtpsink:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("smtpsink", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:2525", "loopback address and port; port 0 takes a free one")
	dir := flags.String("dir", ".", "folder for the messages")
	security := flags.String("security", "none", "none, starttls or tls")
	certificate := flags.String("certificate", "", "file to write the server's certificate to")
	user := flags.String("user", "", "user that must log in; empty means no log-in")
	password := flags.String("password", "", "password of the user")
	first := flags.String("first", "", "behaviours done once each, such as greylist-450,cut-after-dot")
	always := flags.String("always", "", "behaviour done after those")
	rate := flags.Float64("faults", 0, "share of messages that meet a random fault, 0 to 1")
	seed := flags.Uint64("seed", 1, "seed of the random faults")
	delay := flags.Duration("delay", 0, "time before each reply")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := os.MkdirAll(*dir, 0o700); err != nil {
		return err
	}
	script := mailtest.Script{
		Listen: *listen, Security: app.Security(*security), User: *user, Password: *password,
		Always: mailtest.Behaviour(*always), FaultRate: *rate, Seed: *seed, ReplyDelay: *delay, Forget: true,
		OnMessage: (&folder{path: *dir, out: out}).store,
	}
	for name := range strings.SplitSeq(*first, ",") {
		if name = strings.TrimSpace(name); name != "" {
			script.First = append(script.First, mailtest.Behaviour(name))
		}
	}
	server, err := mailtest.New(script)
	if err != nil {
		return err
	}
	defer server.Stop()
	if *certificate != "" {
		if err := os.WriteFile(*certificate, server.CertificatePEM(), 0o600); err != nil {
			return err
		}
	}
	settings := server.MailServer()
	fmt.Fprintf(out, "listening %s:%d seed %d\n", settings.Host, settings.Port, *seed)
	<-ctx.Done()
	return nil
}

// folder keeps messages as files that are whole as soon as they have their name.
type folder struct {
	path  string
	out   io.Writer
	count atomic.Int64
}

func (f *folder) store(m mailtest.Message) error {
	name := fmt.Sprintf("%06d.eml", f.count.Add(1))
	// A sink that is started again goes on after the files of the last one.
	for exists(filepath.Join(f.path, name)) {
		name = fmt.Sprintf("%06d.eml", f.count.Add(1))
	}
	unfinished := filepath.Join(f.path, "."+name)
	if err := os.WriteFile(unfinished, m.Data, 0o600); err != nil {
		return err
	}
	if err := os.Rename(unfinished, filepath.Join(f.path, name)); err != nil {
		return err
	}
	// One write for one line, so that lines of several connections do not mix.
	_, err := fmt.Fprintf(f.out, "accepted %s id=%s from=%s to=%s subject=%q\n",
		name, m.ID, m.From, strings.Join(m.To, ","), subject(m))
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func subject(m mailtest.Message) string {
	parsed, err := m.Parse()
	if err != nil {
		return ""
	}
	text, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if err != nil {
		return parsed.Header.Get("Subject")
	}
	return text
}
