package activity

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// detailHeight is how high the whole of a line is shown at most; it scrolls beyond that.
const detailHeight float32 = 132

// detail is the whole of one line, below the list.
type detail struct {
	title  *kit.Para
	more   *kit.Para
	object *fyne.Container
}

func newDetail() *detail {
	d := &detail{title: kit.NewPara("", theme.Plain), more: kit.NewPara("", theme.Muted)}
	words := container.New(&below{}, d.title, d.more)
	room := container.New(&fixed{detailHeight}, kit.Scrolled(words))
	d.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), kit.NewCard("", room))
	d.object.Hide()
	return d
}

func (d *detail) show(l app.LogLine) {
	parts := []string{l.Words}
	if about := l.About(); about != "" {
		parts = append(parts, about)
	}
	title := strings.Join(parts, ": ") + "\n" + i18n.T("%s, %s", l.Who, mailview.When(l.At))
	if l.Client != "" {
		title += "  ·  " + l.Client
	}
	d.title.Set(title, theme.Plain)
	more := l.Told()
	if more == "" {
		more = i18n.T("No further details.")
	}
	d.more.Set(more, theme.Muted)
	d.object.Show()
	d.object.Refresh()
}

// below puts texts below one another, each as high as its lines are at the width.
type below struct{}

func (*below) MinSize(o []fyne.CanvasObject) (m fyne.Size) {
	m.Width = 1
	for _, x := range o {
		m.Height += x.MinSize().Height + theme.Unit
	}
	return m
}

func (*below) Layout(o []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, x := range o {
		x.Resize(fyne.NewSize(size.Width, x.Size().Height))
		h := x.MinSize().Height
		x.Resize(fyne.NewSize(size.Width, h))
		x.Move(fyne.NewPos(0, y))
		y += h + theme.Unit
	}
}

// fixed is of one height, so that the list does not jump from line to line.
type fixed struct{ height float32 }

func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, f.height) }

func (f *fixed) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
