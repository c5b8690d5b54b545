package settings

import (
	"context"
	"io"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// logo is the card with the business's logo, which is kept at once as it is chosen.
type logo struct {
	desk   *desk.Desk
	loader *task.Loader[[]byte]
	file   []byte
	words  *kit.Para
	frame  *fyne.Container
	remove *kit.Button
	object fyne.CanvasObject
}

// The room for the preview.
const (
	logoWidth  = 240
	logoHeight = 80
	// tooLong is one byte more than the rules take, so that they say it is too large.
	tooLong = 1<<20 + 1
)

func newLogo(d *desk.Desk) *logo {
	l := &logo{desk: d, loader: task.NewLoader[[]byte](d.Run), frame: container.NewHBox(), words: kit.NewPara("", theme.Muted)}
	l.remove = kit.NewButton(i18n.T("Remove the Logo"), icons.Delete, func() { l.keep(nil, i18n.T("The logo was removed.")) })
	choose := kit.NewButton(i18n.T("Choose a Picture…"), icons.Import, l.choose)
	l.object = kit.NewCard(i18n.T("Logo"), container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), l.frame, l.words), l.remove, choose)
	l.show(nil)
	return l
}

// load reads the logo that is kept.
func (l *logo) load() {
	l.loader.Load(l.desk.App.Documents.Logo, func(file []byte, err error) {
		if err != nil {
			l.words.Set(app.Explain(err), theme.Danger)
			return
		}
		l.show(file)
	})
}

func (l *logo) show(file []byte) {
	l.file = file
	l.frame.RemoveAll()
	if len(file) == 0 {
		l.words.Set(i18n.T("No logo yet. A PNG or JPEG of up to 1 MB stands at the top of invoices and statements."), theme.Muted)
		l.remove.Disable()
	} else {
		picture := canvas.NewImageFromResource(fyne.NewStaticResource("logo", file))
		picture.FillMode = canvas.ImageFillContain
		picture.SetMinSize(fyne.NewSize(logoWidth, logoHeight))
		l.frame.Add(picture)
		l.words.Set(i18n.T("As it stands at the top of invoices and statements."), theme.Muted)
		l.remove.Enable()
	}
	l.object.Refresh()
}

// choose asks for a file.
func (l *logo) choose() {
	desk.OpenFile{Title: i18n.T("Choose a Picture"), Endings: []string{".png", ".jpg", ".jpeg"}, Chosen: l.read}.Ask(l.desk)
}

// read reads a picture that was chosen, and keeps it.
func (l *logo) read(path string) {
	l.loader.Load(func(context.Context) ([]byte, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return io.ReadAll(io.LimitReader(f, tooLong))
	}, func(file []byte, err error) {
		if err != nil {
			l.desk.Fail(err)
			return
		}
		l.keep(file, i18n.T("The logo was saved."))
	})
}

func (l *logo) keep(file []byte, said string) {
	l.desk.Act(i18n.T("Logo"), func(ctx context.Context) error { return l.desk.App.Documents.SetLogo(ctx, file) }, func() {
		l.desk.Say(said)
		l.load()
	})
}
