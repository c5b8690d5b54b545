package clientarea_test

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	chrome "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/mail/mailtest"
	"clientele/views/clientarea"
)

// audit finds what would keep people from reading or using a page: see audit.js.
//
//go:embed testdata/audit.js
var audit string

// patience is how long a page, a mail or a download may take on a busy machine.
const patience = 2 * time.Minute

// chromium is the browser of this machine, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed here: packaging/scripts/setup test installs it")
	return ""
}

// person is somebody before a real browser.
type person struct {
	*testing.T
	ctx     context.Context
	address string
	mail    *mailtest.Server
	mails   int // read so far
	folder  string
	width   int // of widths
}

// do runs steps in the browser.
func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		late, stop := context.WithTimeout(p.ctx, patience)
		defer stop()
		page, _ := chromedp.Run(late, chromedp.OuterHTML(chromedp.CSS("body")))
		p.Fatalf("%v on\n%s", err, page)
	}
}

// ask runs a step that has an answer.
func ask[T any](p *person, step chromedp.Action[T]) (answer T) {
	p.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	answer, err := chromedp.Run(ctx, step)
	if err != nil {
		p.Fatal(err)
	}
	return answer
}

// open opens an address, of the site where it begins with a slash.
func (p *person) open(address string) {
	p.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.address + address
	}
	p.do(chromedp.Navigate(address))
}

// The widths at which pages are looked at: of a desk and of a telephone.
var widths = []struct {
	name          string
	width, height int64
}{{"desk", 1280, 800}, {"phone", 390, 844}}

// sees waits for a page with a title, and checks that everybody can use it, at both widths. The second width stays, so that one page after the other is used at either.
func (p *person) sees(title string) {
	p.Helper()
	p.do(chromedp.WaitVisible(`//h1[normalize-space()="` + title + `"]`))
	for i := range widths {
		if i > 0 {
			p.resize()
		}
		size := widths[p.width]
		for _, fault := range ask(p, chromedp.Evaluate[[]string](audit)) {
			p.Errorf("“%s” on a %s: %s", title, size.name, fault)
		}
		p.picture(title, size.name)
	}
}

// resize takes the other width.
func (p *person) resize() {
	p.Helper()
	p.width = 1 - p.width
	p.do(chromedp.EmulateViewport(widths[p.width].width, widths[p.width].height))
}

// picture keeps a picture of the page where CLIENTELE_PICTURES names a folder.
func (p *person) picture(title, size string) {
	folder := os.Getenv("CLIENTELE_PICTURES")
	if folder == "" {
		return
	}
	png := ask(p, chromedp.FullScreenshot(100))
	name := strings.ToLower(strings.Join(strings.FieldsFunc(title, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9') }), "-"))
	if err := os.WriteFile(filepath.Join(folder, name+"-"+size+".png"), png, 0o600); err != nil {
		p.Fatal(err)
	}
}

// types replaces what is in a field that has a label.
func (p *person) types(label, text string) {
	p.Helper()
	field := `//label[starts-with(normalize-space(), "` + label + `")]/following-sibling::input`
	p.do(chromedp.Focus(field), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.SendKeys(field, text))
}

// presses presses a button or follows a link by its words.
func (p *person) presses(words string) {
	p.Helper()
	p.do(chromedp.Click(`//*[self::button or self::a][normalize-space()="` + words + `"]`))
}

// ticks ticks a box.
func (p *person) ticks(words string) {
	p.Helper()
	p.do(chromedp.Click(`//label[normalize-space()="` + words + `"]/input`))
}

// reads waits for a text on the page.
func (p *person) reads(text string) {
	p.Helper()
	p.do(chromedp.WaitVisible(`//main//*[contains(normalize-space(), "` + text + `")]`))
}

// saves follows a link to a file and returns what was downloaded under a name.
func (p *person) saves(words, name string) string {
	p.Helper()
	follow := chromedp.Click(`//*[self::button or self::a][normalize-space()="` + words + `"]`)
	ended := func(e chrome.EventDownloadProgress) bool { return e.State != chrome.DownloadProgressStateInProgress }
	if got := ask(p, chromedp.WaitEvent(chrome.DownloadProgress, ended, follow)); got.State != chrome.DownloadProgressStateCompleted {
		p.Fatalf("the download of “%s” was %s", name, got.State)
	}
	b, err := os.ReadFile(filepath.Join(p.folder, name))
	if err != nil {
		all, _ := os.ReadDir(p.folder)
		p.Fatalf("“%s” was not downloaded: %v, %v", name, err, all)
	}
	return string(b)
}

// begins says where downloads go, and has the page take itself for the one that the keyboard is in.
func (p *person) begins() {
	p.Helper()
	p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, t, chrome.SetDownloadBehavior, chrome.SetDownloadBehaviorParams{
			Behavior: chrome.SetDownloadBehaviorBehaviorAllow, DownloadPath: p.folder, EventsEnabled: new(true),
		})
		return chromedp.Void{}, err
	})
}

// receives waits for the next mail and returns its text.
func (p *person) receives(subject string) string {
	p.Helper()
	p.mails++
	if err := p.mail.WaitFor(p.mails); err != nil {
		p.Fatalf("no mail “%s”: %v", subject, err)
	}
	m, err := p.mail.Messages()[p.mails-1].Parse()
	if err != nil {
		p.Fatal(err)
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || got != subject {
		p.Fatalf("the mail is “%s”, %v, and not “%s”", got, err, subject)
	}
	return plainPart(p.T, m)
}

// plainPart is the text of a mail that arrived.
func plainPart(t *testing.T, m *mail.Message) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// after is the word after a mark in a text.
func after(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// somebody starts an office with a served client area and a mail server, and a browser before it.
func somebody(t *testing.T) (*person, *apptest.Office) {
	t.Helper()
	path := chromium(t)
	o := apptest.Open(t)
	post := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, post, patience)
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	server, err := clientarea.New(clientarea.Options{App: o.App, Listen: "127.0.0.1:0", Now: o.Clock.Now, Unhurried: true})
	if err != nil {
		t.Fatal(err)
	}
	ready, ended, sent := make(chan string, 1), make(chan error, 1), make(chan struct{})
	go func() { ended <- server.Run(ctx, func(address string) { ready <- address }) }()
	go func() { defer close(sent); o.Outbox.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		<-sent
	})
	address := <-ready
	o.Change(t, func(s *app.Settings) { s.ClientAreaURL, s.BankDetails = address, "IBAN DE00 1234 5678" })

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-sync", true), chromedp.NoFirstRun, chromedp.WSURLReadTimeout(patience), chromedp.Flag("lang", "en-GB"))
	allocator, quit := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(quit)
	tab, shut := chromedp.NewContext(allocator)
	t.Cleanup(shut)
	if err := chromedp.Do(tab); err != nil { // the browser lives as long as this context, and not as one of its steps
		t.Fatal(err)
	}
	p := &person{T: t, ctx: tab, address: address, mail: post, folder: t.TempDir(), width: 1}
	p.resize()
	p.begins()
	return p, o
}

// The whole way of a client, in a real browser, with real mail between: the welcome mail, the first log-in, a contact, a file, an invoice, a card, the forgotten password.
func TestInBrowser(t *testing.T) {
	p, o := somebody(t)
	id := o.Add(t, "ada@example.com", func(n *app.NewClient) {
		n.SendWelcome = true
		n.Address2 = strings.Repeat("Donaudampfschifffahrts", 4) + "gasse" // nothing to break a line at
	})
	s := &site{Office: o}
	invoice := s.invoiced(t, id, true)
	s.file(t, id, "Agreement.txt", "what was agreed", false)
	s.file(t, id, "Margins.txt", "for admins", true)

	welcome := p.receives("Welcome to Northwind Studio")
	mailed := after(welcome, "Password:")
	p.open(after(welcome, "Address:"))
	p.sees("Log in")
	p.types("Email", "ada@example.com")
	p.types("Password", "not this one")
	p.presses("Log in")
	p.do(chromedp.WaitVisible(`//*[@role="alert"]`))
	p.types("Password", mailed)
	p.presses("Log in")

	p.sees("Choose your own password")
	p.open("/contacts") // there is no way around it
	p.sees("Choose your own password")
	p.types("Current password", mailed)
	p.types("New password", "correct horse battery")
	p.types("New password again", "correct horse battery")
	p.presses("Save the password")
	p.sees("Welcome, Ada Lovelace")
	p.receives("Your password for Northwind Studio was changed")

	p.presses("Contacts")
	p.sees("Contacts")
	p.presses("Add a contact")
	p.sees("New contact")
	p.types("First name", "Charles")
	p.types("Last name", "Babbage")
	p.types("Email", "charles@example.com")
	p.ticks("Invoice")
	p.presses("Add the contact")
	p.sees("Contacts")
	p.reads("Gets: Invoice")
	p.presses("Charles Babbage")
	p.sees("Charles Babbage")
	p.types("Company", "Engines Ltd")
	p.presses("Save")
	p.reads("The contact was saved.")

	p.presses("Overview")
	p.sees("Welcome, Ada Lovelace")
	if got := p.saves("Agreement.txt", "Agreement.txt"); got != "what was agreed" {
		t.Errorf("the file holds %q", got)
	}
	number := *must(o.Invoices.Get(ctx, invoice)).Number
	p.presses(number)
	p.sees("Invoice " + number)
	if got := p.saves("Download as PDF", "Invoice "+number+".pdf"); !strings.HasPrefix(got, "%PDF-") {
		t.Errorf("the invoice is %.20q", got)
	}
	p.presses("Invoices")
	p.sees("Invoices")

	p.presses("Card")
	p.sees("Card")
	p.types("Card number", "4000 0566 5566 5557") // its last digit is wrong
	p.types("Expiry date", "08/29")
	p.presses("Save the card")
	p.reads("This is no card number.")
	p.sees("Card")
	p.types("Card number", "4000 0566 5566 5556")
	p.presses("Save the card")
	p.reads("•••• 5556")
	p.presses("Remove the card")
	p.sees("Remove this card?")
	p.presses("Cancel")

	p.presses("My details")
	p.sees("My details")
	p.types("City", "London")
	p.presses("Save")
	p.reads("Your changes were saved.")

	p.presses("Log out")
	p.sees("Log in")
	p.presses("Forgotten password?")
	p.sees("Forgotten password")
	p.types("Email", "ADA@example.com")
	p.presses("Send the link")
	p.sees("Look into your mailbox")
	link := after(p.receives("Reset your password at Northwind Studio"), "press the button there:")
	p.open(link)
	p.sees("Reset your password")
	p.presses("Reset my password")
	p.sees("Your password was reset")
	again := after(p.receives("Your new password for Northwind Studio"), "Password:")
	p.open(link)
	p.sees("This link is not valid")
	p.open("/")
	p.types("Email", "ada@example.com")
	p.types("Password", again)
	p.presses("Log in")
	p.sees("Choose your own password")
	p.open("/nothing")
	p.sees("There is nothing here")
	if c := o.Get(t, id); c.City != "London" || len(c.Contacts) != 1 || c.Contacts[0].Company != "Engines Ltd" || !c.Contacts[0].MailInvoice || c.Contacts[0].MailGeneral {
		t.Errorf("stored is %+v", c)
	}
	if c := must(o.Cards.Stored(ctx, id)); c.String() != "Visa •••• 5556" || c.Expiry.String() != "08/29" {
		t.Errorf("the card is %+v", c)
	}
}
