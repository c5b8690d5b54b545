package mail_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app"
	"clientele/mail/mailtest"
)

// ML-1: files of every size arrive whole and in their order, whatever reader gives them.
func TestFilesArriveWhole(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	session := connect(t, newMailer(server), server.MailServer())
	rapid.Check(t, func(rt *rapid.T) {
		sizes := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 200), rapid.SampledFrom([]int{57 * 1024, 57*1024 - 1, 57*1024 + 1, 3 * 57 * 1024})), 1, 4).Draw(rt, "sizes")
		seed := rapid.Byte().Draw(rt, "seed")
		files := make([]file, len(sizes))
		for i, n := range sizes {
			files[i] = file{Name: "f.bin", Content: make([]byte, n)}
			for j := range files[i].Content {
				files[i].Content[j] = byte(j*7+i) ^ seed
			}
		}
		m := message("files@example.com")
		m.Attachments = attach(files...)
		if a := session.Send(context.Background(), m); a.Delivery != app.Delivered {
			rt.Fatalf("%+v", a)
		}
		all := server.Messages()
		parsed, err := all[len(all)-1].Parse()
		if err != nil {
			rt.Fatal(err)
		}
		var r received
		r.read(t, parsed.Header.Get, parsed.Body)
		if len(r.attachments) != len(files) || r.text != m.Text {
			rt.Fatalf("%d files, text %q", len(r.attachments), r.text)
		}
		for i, f := range r.attachments {
			if !bytes.Equal(f.Content, files[i].Content) {
				rt.Errorf("file %d of %d bytes came with %d others", i, len(files[i].Content), len(f.Content))
			}
		}
	})
}

// What the server says of its limit is compared with the size of the whole message to the byte, before it hears of it.
func TestSizeIsCountedBefore(t *testing.T) {
	m := message("size@example.com")
	m.Attachments = attach(file{Name: "a.bin", Content: make([]byte, 100_001)}, file{Name: "b.bin", Content: make([]byte, 57)})
	free := mailtest.Start(t, mailtest.Script{})
	mustDeliver(t, connect(t, newMailer(free), free.MailServer()), m)
	size := len(free.Messages()[0].Data)
	for limit, want := range map[int]app.Delivery{size: app.Delivered, size - 1: app.Refused} {
		server := mailtest.Start(t, mailtest.Script{Extensions: []string{"SIZE " + strconv.Itoa(limit)}})
		if a := connect(t, newMailer(server), server.MailServer()).Send(context.Background(), m); a.Delivery != want {
			t.Errorf("a message of %d bytes at a limit of %d: %+v", size, limit, a)
		}
	}
}

// An attachment that cannot be read, or is not what was counted, goes to nobody: the message has no end, so the server throws it away.
func TestUnreadableFile(t *testing.T) {
	broken := errors.New("the disk has a bad sector")
	big := make([]byte, 200_000)
	for name, open := range map[string]func() (io.Reader, error){
		"cannot be opened":     func() (io.Reader, error) { return nil, broken },
		"breaks in the middle": func() (io.Reader, error) { return io.MultiReader(bytes.NewReader(big[:150_000]), failing{broken}), nil },
		"breaks at the end":    func() (io.Reader, error) { return io.MultiReader(bytes.NewReader(big), failing{broken}), nil },
		"is shorter":           func() (io.Reader, error) { return bytes.NewReader(big[1:]), nil },
		"is longer":            func() (io.Reader, error) { return io.MultiReader(bytes.NewReader(big), strings.NewReader("x")), nil },
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, mailtest.Script{})
			mailer := newMailer(server)
			session := connect(t, mailer, server.MailServer())
			m := message("broken@example.com")
			m.Attachments = []app.Attachment{{Name: "Plan ä.pdf", Size: int64(len(big)), Open: open}}
			a := session.Send(context.Background(), m)
			if a.Delivery != app.Unreadable || !strings.Contains(a.Answer, "Plan ä.pdf") {
				t.Errorf("%+v", a)
			}
			checkOneLine(t, a.Answer)
			if a := session.Send(context.Background(), message("next@example.com")); a.Delivery != app.Deferred || a.Code != 0 {
				t.Errorf("the connection goes on inside of the message: %+v", a)
			}
			mustDeliver(t, connect(t, mailer, server.MailServer()), message("other@example.com"))
			if n := len(server.Messages()); n != 1 {
				t.Errorf("%d messages arrived", n)
			}
		})
	}
}

// Stopping while a file is being read is no fault of the file: the mail waits.
func TestStoppedInAFile(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	ctx, stop := context.WithCancel(context.Background())
	m := message("stopped@example.com")
	m.Attachments = []app.Attachment{{Name: "a.bin", Size: 1, Open: func() (io.Reader, error) {
		stop()
		return nil, ctx.Err()
	}}}
	if a := connect(t, newMailer(server), server.MailServer()).Send(ctx, m); a.Delivery != app.Deferred || len(server.Messages()) != 0 {
		t.Errorf("%+v, %d arrived", a, len(server.Messages()))
	}
}

// A file of 50 MB is in memory piece by piece: sending it allocates a fraction of it, and nothing that grows with it.
func TestLargeFileTakesLittleMemory(t *testing.T) {
	const size = 50 << 20
	const most = 2 << 20
	got := make(chan int64, 1)
	server := sink(t, got)
	session, a := newMailer(mailtest.Start(t, mailtest.Script{})).Connect(context.Background(), server)
	if session == nil {
		t.Fatalf("%+v", a)
	}
	defer session.Close()
	m := message("large@example.com")
	sum := sha256.New()
	m.Attachments = []app.Attachment{{Name: "video.mp4", Size: size, Open: func() (io.Reader, error) {
		return io.TeeReader(io.LimitReader(pattern{}, size), sum), nil
	}}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a = session.Send(context.Background(), m)
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	t.Logf("%d MB sent with %d kB allocated in all", size>>20, allocated>>10)
	if n := <-got; a.Delivery != app.Delivered || n < size*4/3 || allocated > most {
		t.Errorf("%+v, %d bytes arrived, %d bytes allocated", a, n, allocated)
	}
}

// pattern is an endless file.
type pattern struct{}

func (pattern) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(i)
	}
	return len(b), nil
}

// failing is a reader that fails.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// sink is a mail server that counts one message and keeps nothing of it.
func sink(t *testing.T, got chan<- int64) app.MailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		in := bufio.NewReaderSize(conn, 64<<10)
		say := func(s string) { _, _ = io.WriteString(conn, s+"\r\n") }
		say("220 sink")
		for {
			line, err := in.ReadSlice('\n')
			if err != nil {
				return
			}
			if !bytes.HasPrefix(line, []byte("DATA")) {
				say("250 yes")
				continue
			}
			say("354 go on")
			n := int64(0)
			for !bytes.Equal(line, []byte(".\r\n")) {
				if line, err = in.ReadSlice('\n'); err != nil {
					return
				}
				n += int64(len(line))
			}
			got <- n
			say("250 taken")
		}
	}()
	address := listener.Addr().(*net.TCPAddr)
	return app.MailServer{Host: "127.0.0.1", Port: address.Port, Security: app.SecurityNone}
}
