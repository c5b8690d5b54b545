package client

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// attachments is the choice among the documents that are made for a mail and the client's files, with what the chosen ones come to, and a warning where the client would otherwise not see one.
type attachments struct {
	*kit.Checks
	docs   []app.DraftDocument
	all    []data.File
	notice *kit.Para
	object *fyne.Container
}

func newAttachments(docs []app.DraftDocument, files []data.File) *attachments {
	choices := make([]kit.Choice, 0, len(docs)+len(files))
	for _, d := range docs {
		choices = append(choices, kit.Choice{Key: documentKey(d), Label: d.Name})
	}
	for _, f := range files {
		label := f.Title + "  (" + i18n.FormatBytes(f.Size) + ")"
		if f.AdminOnly {
			label += "  " + i18n.T("Admin Only")
		}
		choices = append(choices, kit.Choice{Key: strconv.FormatInt(f.ID, 10), Label: label})
	}
	a := &attachments{Checks: kit.NewChecks(choices...), docs: docs, all: files, notice: kit.NewPara("", theme.Muted)}
	a.notice.Hide()
	a.object = container.New(&belowLayout{}, a.Checks.Object(), a.notice)
	return a
}

// documentKey tells a document from the files, which have numbers.
func documentKey(d app.DraftDocument) string { return "document" + strconv.FormatInt(d.Invoice, 10) }

// documentKeys is the value with these documents ticked.
func documentKeys(docs []app.DraftDocument) string {
	keys := make([]string, len(docs))
	for i, d := range docs {
		keys[i] = documentKey(d)
	}
	return strings.Join(keys, ",")
}

// made are the ticked documents.
func (a *attachments) made() []app.DraftDocument {
	on := strings.Split(a.Value(), ",")
	return slices.DeleteFunc(slices.Clone(a.docs), func(d app.DraftDocument) bool { return !slices.Contains(on, documentKey(d)) })
}

// Object is what is drawn.
func (a *attachments) Object() fyne.CanvasObject { return a.object }

func (a *attachments) picked() []data.File {
	on := strings.Split(a.Value(), ",")
	var files []data.File
	for _, f := range a.all {
		if slices.Contains(on, strconv.FormatInt(f.ID, 10)) {
			files = append(files, f)
		}
	}
	return files
}

// chosen are the numbers of the ticked files.
func (a *attachments) chosen() []int64 {
	var ids []int64
	for _, f := range a.picked() {
		ids = append(ids, f.ID)
	}
	return ids
}

// names are the ticked documents and files as they will be called.
func (a *attachments) names() []string {
	var names []string
	for _, d := range a.made() {
		names = append(names, d.Name)
	}
	for _, f := range a.picked() {
		names = append(names, f.Name+"  ("+i18n.FormatBytes(f.Size)+")")
	}
	return names
}

// warned tells whether the warning about Admin Only files can be seen.
func (a *attachments) warned() bool {
	return slices.ContainsFunc(a.picked(), func(f data.File) bool { return f.AdminOnly }) && a.notice.Visible()
}

// tell says below the boxes what the ticked files come to. most is how large they may be together.
func (a *attachments) tell(most int64) {
	var size int64
	var hidden []string
	files := a.picked()
	for _, f := range files {
		size += f.Size
		if f.AdminOnly {
			hidden = append(hidden, "“"+f.Title+"”")
		}
	}
	words := i18n.N(int64(len(files)), "One file is attached: %s of at most %s.", "%d files are attached: %s of at most %s.",
		i18n.FormatBytes(size), i18n.FormatBytes(most))
	tone := theme.Muted
	switch {
	case len(files) == 0:
		words = ""
	case size > most:
		tone = theme.Danger
	case len(hidden) > 0:
		tone = theme.Waiting
	}
	if len(hidden) > 0 {
		words += "\n" + i18n.T("Admin Only files are among them, which everybody who receives this mail will see: %s.", strings.Join(hidden, ", "))
	}
	if n := len(a.made()); n > 0 {
		words = strings.TrimPrefix(words+"\n"+i18n.N(int64(n), "The document is made when the mail is sent.", "%d documents are made when the mail is sent."), "\n")
	}
	a.notice.Set(words, tone)
	a.notice.Hidden = words == ""
}
