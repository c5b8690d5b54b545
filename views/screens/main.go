// Command screens renders the main screens of the window into docs/screens, light and dark, from one fixed set of made-up clients and one fixed moment.
// It needs no display: make screens.
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/atomicfile"
	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views"
	"clientele/views/client"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
	"clientele/views/theme"
)

// densities are the names of the densities.
var densities = map[string]theme.Density{"compact": theme.Compact, "comfortable": theme.Comfortable, "dense": theme.Dense}

// made is how many clients are made up for the pictures.
const made = 2000

// moment is when all pictures are taken.
var moment = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

func now() time.Time { return moment }

// offline is a mailer that reaches nobody, so that mails stay where they are in the pictures.
type offline struct{}

func (offline) Connect(context.Context, app.MailServer) (app.MailSession, app.Attempt) {
	return nil, app.Attempt{Delivery: app.Deferred, Answer: "no route to host"}
}

func main() {
	out := flag.String("o", "docs/screens", "where the pictures go")
	language := flag.String("language", "en", "language of the windows")
	width := flag.Int("width", 1280, "width of the window")
	height := flag.Int("height", 800, "height of the window")
	density := flag.String("density", "compact", "room of table rows: compact, comfortable or dense")
	text := flag.Float64("text", 1, "factor of the text's size")
	flag.Parse()
	look := theme.Options{Density: densities[*density], TextFactor: float32(*text)}
	if err := run(*out, *language, look, fyne.NewSize(float32(*width), float32(*height))); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

func run(out, language string, look theme.Options, size fyne.Size) error {
	if err := i18n.SetLanguage(language); err != nil {
		return err
	}
	if language == "en" {
		i18n.SetLocale(i18n.LocaleFor("en-GB"))
	}
	dir := filepath.Join(os.TempDir(), "clientele-pictures") // a picture names it, so it is the same each time
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	a, closeStore, err := office(dir, made)
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }()
	if err := os.MkdirAll(out, 0o750); err != nil {
		return err
	}
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		look.Mode = mode
		if err := pictures(a, filepath.Join(out, "%s-"+name+".png"), look, size); err != nil {
			return err
		}
	}
	return nil
}

// office is an office with so many made-up clients, and one more with a welcome mail that waits.
func office(dir string, clients int) (*app.App, func() error, error) {
	ctx := context.Background()
	store, err := data.Open(ctx, data.Options{Path: filepath.Join(dir, "clientele.db"), Now: now})
	if err != nil {
		return nil, nil, err
	}
	config, err := configuration.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	a := app.New(app.Params{
		Store: store, Configuration: config, Mailer: offline{}, Keyring: app.FileKeyring{Configuration: config}, Now: now, Who: "Ann",
		File: filepath.Join(dir, "clientele.db"), Backups: filepath.Join(dir, "backups"),
	})
	if err := a.Demo(ctx, clients, 1, app.Quiet{}); err != nil {
		return nil, nil, err
	}
	for key, v := range map[string]string{"smtp_host": "smtp.northwind.example", "mail_from": "office@northwind.example", "mail_from_name": "Northwind Studio"} {
		if err := a.Settings.SetValue(ctx, key, v); err != nil {
			return nil, nil, err
		}
	}
	if _, err := a.Fields.Save(ctx, data.CustomField{Name: "Account manager", Kind: data.FieldText}); err != nil {
		return nil, nil, err
	}
	if err := a.Cards.Start(ctx); err != nil {
		return nil, nil, err
	}
	client, err := a.Clients.Add(ctx, app.NewClient{SendWelcome: true, Profile: newClient()})
	if err != nil {
		return nil, nil, err
	}
	if err := bill(ctx, a, client); err != nil {
		return nil, nil, err
	}
	return a, store.Close, furnish(ctx, a, client)
}

func newClient() app.Profile {
	p := app.NewProfile(app.Settings{Country: "GB", Currency: "GBP", Language: "en"})
	p.FirstName, p.LastName, p.Company, p.Email = "Harriet", "Ashworth", "Ashworth & Daughters Ltd", "harriet@ashworth.example"
	p.Address1, p.City, p.Postcode, p.Phone, p.TaxID = "14 Mill Lane", "York", "YO1 7HH", "+44 20 7946 0958", "GB123456789"
	p.NoLateFees, p.Notes = true, "Prefers a call before noon.\nPays by bank transfer at the end of the month."
	p.Custom = map[int64]string{1: "Ann"}
	return p
}

// pictures takes each screen once.
func pictures(a *app.App, path string, look theme.Options, size fyne.Size) error {
	fa := test.NewApp()
	defer fa.Quit()
	fa.Settings().SetTheme(theme.New(look))
	run := task.NewInline()
	run.Advance(moment.Sub(run.Now()))
	w := test.NewWindow(container.NewStack())
	defer w.Close()
	w.Resize(size)
	stage := views.NewStage(w, run, views.Params{App: a, Version: "0.1.0", Folder: "~/.local/share/clientele", Now: now}, fa.Preferences(), true)
	all, err := scenes(a, stage, made+1)
	if err != nil {
		return err
	}
	for _, s := range all {
		bare(w.Canvas())
		s.show()
		run.Advance(time.Second)
		for _, over := range w.Canvas().Overlays().List() {
			over.Refresh() // a dialog that grew goes back to the middle
		}
		if err := save(fmt.Sprintf(path, s.name), w.Canvas().Capture()); err != nil {
			return err
		}
	}
	first := test.NewWindow(container.NewStack())
	defer first.Close()
	first.Resize(size)
	views.NewStage(first, run, views.Params{App: a, Now: now, OpenSample: func(context.Context, app.Progress) error { return nil }}, fa.Preferences(), false)
	return save(fmt.Sprintf(path, "first-start"), first.Canvas().Capture())
}

// scene is one of the main screens, and how to come to it.
type scene struct {
	name string
	show func()
}

// scenes are the main screens in their order, each from the one before it, with the client of that number in front.
func scenes(a *app.App, stage *views.Stage, shown int64) ([]scene, error) {
	pages := stage.Navigator()
	draft, published, err := billed(context.Background(), a, shown)
	if err != nil {
		return nil, err
	}
	twin, err := sameCurrency(context.Background(), a, shown)
	if err != nil {
		return nil, err
	}
	front := func() *client.Page { return stage.Current().(*client.Page) }
	tab := func(n int) func() { return func() { front().Tab(n) } }
	return []scene{
		{"home", func() { stage.Section("home") }},
		{"clients", pages.Clients},
		{"add-client", pages.AddClient},
		{"client", func() { pages.Client(shown) }},
		{"profile", tab(2)},
		{"contacts", tab(3)},
		{"client-services", tab(4)},
		{"client-invoices", tab(5)},
		{"client-transactions", tab(6)},
		{"files", tab(7)},
		{"emails", tab(8)},
		{"notes", tab(9)},
		{"log", tab(10)},
		{"credits", func() { front().ManageCredits() }},
		{"statement", func() { front().AccountStatement() }},
		{"close-client", func() { front().CloseClient() }},
		{"merge-clients", func() { client.PreviewMerge(stage.Desk(), shown, twin) }},
		{"delete-client", func() { front().DeleteClient() }},
		{"write-email", func() { front().WriteMail() }},
		{"import", pages.Import},
		{"invoices", pages.Invoices},
		{"invoice", func() { pages.Invoice(published) }},
		{"payment", func() { pages.Invoice(published); payment.Show(stage.Desk(), shown, published) }},
		{"invoice-draft", func() { pages.Invoice(draft) }},
		{"transactions", func() { stage.Section("transactions") }},
		{"services", func() { stage.Section("services") }},
		{"daily-run", func() { stage.Section("daily") }},
		{"activity", stage.Log},
		{"mail", func() { pages.Mail() }},
		{"settings", func() { pages.Settings("office") }},
		{"settings-mail", func() { pages.Settings("mail") }},
		{"settings-fields", func() { pages.Settings("fields") }},
		{"settings-templates", func() { pages.Settings("templates") }},
		{"settings-area", func() { pages.Settings("clientarea") }},
		{"settings-cards", func() { pages.Settings("cards") }},
		{"settings-daily", func() { pages.Settings("daily") }},
		{"settings-groups", func() { pages.Settings("groups") }},
		{"settings-sharing", func() { pages.Settings("sharing") }},
		{"settings-invoices", func() { pages.Settings("invoices") }},
		{"settings-products", func() { pages.Settings("products") }},
		{"settings-taxes", func() { pages.Settings("taxes") }},
		{"settings-backups", func() {
			if _, err := a.Backups.Make(context.Background(), app.Quiet{}); err != nil {
				panic(err)
			}
			pages.Settings("backups")
		}},
		{"duplicates", stage.Duplicates},
		{"settings-look", func() { pages.Settings("look") }},
		{"about", func() { pages.Settings("about") }},
		{"palette", func() { pages.Clients(); stage.Palette() }},
	}, nil
}

// sameCurrency is the newest other client that is billed in the currency of one: clients of two currencies cannot be merged.
func sameCurrency(ctx context.Context, a *app.App, id int64) (int64, error) {
	of, err := a.Clients.Get(ctx, id)
	if err != nil {
		return 0, err
	}
	for other := id - 1; other > 0; other-- {
		c, err := a.Clients.Get(ctx, other)
		if err != nil {
			return 0, err
		}
		if c.Currency == of.Currency {
			return other, nil
		}
	}
	return 0, fmt.Errorf("no other client is billed in %s", of.Currency)
}

// bare takes away what lies over the page. What is hidden only stays among the overlays, so it is taken out.
func bare(c fyne.Canvas) {
	kit.CloseDialogs()
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
}

func save(path string, picture image.Image) error {
	fmt.Println(path)
	return atomicfile.Write(context.Background(), path, func(w io.Writer) error {
		return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, picture)
	})
}
