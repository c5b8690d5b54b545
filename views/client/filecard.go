package client

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// cardFiles is how many files the Summary lists.
const cardFiles = app.OverviewFiles

// fileCard is the card of the Summary with the client's newest files (SU-1). Each of them opens.
type fileCard struct {
	page   *Page
	object *fyne.Container
	shown  []data.File
}

func newFileCard(page *Page) *fileCard {
	return &fileCard{page: page, object: container.New(layout.NewCustomPaddedVBoxLayout(0))}
}

// show lists the newest files; one more than fit says that there are more. Lines that say the same stay, and with them the keyboard.
func (k *fileCard) show(newest []data.File) {
	if len(k.object.Objects) > 0 && slices.Equal(newest, k.shown) {
		return
	}
	k.shown = newest
	k.object.RemoveAll()
	for _, x := range newest[:min(cardFiles, len(newest))] {
		word, tone := seenBy(x)
		detail := i18n.FormatBytes(x.Size) + ", " + mailview.When(x.UploadedAt)
		k.object.Add(kit.NewItem(x.Title, detail, container.NewCenter(kit.NewPill(word, tone)), x.Title+", "+word, func() { openFile(k.page.d, x) }))
	}
	if len(newest) == 0 {
		k.object.Add(kit.NewPara(i18n.T("No files."), theme.Muted))
	}
	foot := container.NewHBox(kit.NewQuiet(i18n.T("Add File"), icons.Add, func() { chooseUpload(k.page.d, k.page.id) }))
	if len(newest) > cardFiles {
		foot.Add(kit.NewQuiet(i18n.T("All Files"), nil, func() { k.page.bring(k.page.files) }))
	}
	k.object.Add(foot)
}
