package mails

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// banner tells how sending stands while it does not go by itself, with the server's own words and what can be done.
type banner struct {
	widget.BaseWidget
	desk   *desk.Desk
	tone   theme.Tone
	ground *canvas.Rectangle
	title  *kit.Para
	words  *kit.Para
	acts   *fyne.Container
	object fyne.CanvasObject
}

func newBanner(d *desk.Desk) *banner {
	b := &banner{desk: d, ground: canvas.NewRectangle(color.Transparent), title: kit.NewStrong(""), words: kit.NewPara("", theme.Plain), acts: kit.NewButtons()}
	text := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), b.title, b.words)
	row := kit.Border(nil, nil, nil, container.NewVBox(layout.NewSpacer(), b.acts, layout.NewSpacer()), text)
	b.object = container.NewStack(b.ground, container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Gap, theme.Gap), row))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// set shows how sending stands; where there is nothing to say the banner is gone.
func (b *banner) set(s app.OutboxStatus) {
	settings := kit.NewButton(i18n.T("Open Mail Settings"), icons.Settings, func() { b.desk.Go.Settings("mail") })
	again := func(label string) *kit.Button { return kit.NewButton(label, icons.Retry, b.desk.App.Outbox.SendNow) }
	switch {
	case s.Blocked != "":
		b.show(theme.Danger, i18n.T("No mail goes out until the mail settings are mended"), s.Blocked, settings, again(i18n.T("Try Again")))
	case s.Waiting != "":
		title := i18n.T("The mail server cannot be reached; the mails wait")
		if !s.NextTry.IsZero() {
			title = i18n.T("The mail server cannot be reached; the next try is at %s", mailview.When(s.NextTry.UnixMilli()))
		}
		b.show(theme.Waiting, title, s.Waiting, again(i18n.T("Try Now")))
	case s.Sending:
		b.show(theme.Info, i18n.T("Mails are being sent"), "")
	default:
		b.Hide()
	}
}

func (b *banner) show(tone theme.Tone, title, words string, acts ...*kit.Button) {
	b.tone = tone
	b.title.Set(title, tone)
	b.words.Set(words, theme.Plain)
	b.words.Hidden = words == ""
	b.acts.RemoveAll()
	for _, a := range acts {
		b.acts.Add(a)
	}
	b.Show()
	b.Refresh()
}

// CreateRenderer is for the toolkit.
func (b *banner) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return &bannerRenderer{WidgetRenderer: widget.NewSimpleRenderer(b.object), b: b}
}

func (b *banner) paint() {
	b.ground.FillColor = ftheme.Color(b.tone.Fill())
	b.ground.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
}

type bannerRenderer struct {
	fyne.WidgetRenderer
	b *banner
}

// Refresh takes the colours of the theme.
func (r *bannerRenderer) Refresh() {
	r.b.paint()
	r.WidgetRenderer.Refresh()
}
