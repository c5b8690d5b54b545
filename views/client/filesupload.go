package client

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

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

// uploads asks what is to become of files on this computer and uploads them to a client.
type uploads struct {
	d      *desk.Desk
	client int64
	paths  []string
	dialog *kit.OpenDialog
	// What was entered so far, which stays when another file is added.
	title     string
	adminOnly bool
}

// choose asks for a file.
func (f *files) choose() { chooseUpload(f.d, f.id) }

// chooseUpload asks for a file to upload to a client.
func chooseUpload(d *desk.Desk, client int64) {
	u := &uploads{d: d, client: client, adminOnly: true}
	u.choose()
}

// Dropped asks about files that were dropped onto the page.
func (p *Page) Dropped(paths []string) {
	if p.got == nil || len(paths) == 0 {
		return
	}
	p.bring(p.files)
	u := &uploads{d: p.d, client: p.id, adminOnly: true}
	u.add(paths...)
}

func (u *uploads) choose() {
	desk.OpenFile{Title: i18n.T("Which file is to be uploaded?"), Chosen: func(path string) { u.add(path) }, Left: func() {
		if len(u.paths) > 0 {
			u.add()
		}
	}}.Ask(u.d)
}

// looked is what was found out about the files.
type looked struct {
	files   []app.Candidate
	refused []string // why others cannot be uploaded
}

// add looks at more files and asks about all.
func (u *uploads) add(paths ...string) {
	for _, p := range paths {
		if !slices.Contains(u.paths, p) {
			u.paths = append(u.paths, p)
		}
	}
	all := slices.Clone(u.paths)
	var l looked
	u.d.Run.Task(i18n.T("Looking at the files"), func(ctx context.Context, _ *task.Progress) error {
		for _, path := range all {
			c, err := u.d.App.Files.Inspect(ctx, u.client, path)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				l.refused = append(l.refused, app.Explain(err))
			default:
				l.files = append(l.files, c)
			}
		}
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			u.d.Fail(err)
		case len(l.files) == 0:
			u.d.Bar.Fail(strings.Join(l.refused, "\n"))
		default:
			u.ask(l)
		}
	})
}

// ask asks for title and Admin Only before anything is uploaded.
func (u *uploads) ask(l looked) {
	single := len(l.files) == 1
	var fields []kit.Field
	if single {
		fields = append(fields, kit.Field{Key: app.FieldTitle, Label: i18n.T("Title"), Wide: true, Input: kit.NewText(200)})
		if u.title == "" {
			u.title = l.files[0].Name
		}
	} else {
		u.title = ""
	}
	form := kit.NewForm(kit.Group{Fields: append(fields, adminOnlyField())})
	form.SetValues(map[string]string{app.FieldTitle: u.title, app.FieldAdminOnly: tickAdminOnly(u.adminOnly)})

	body := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))
	for _, c := range l.files {
		for _, words := range c.Warnings {
			body.Add(kit.NewPara(words, theme.Waiting))
		}
	}
	for _, words := range l.refused {
		body.Add(kit.NewPara(words, theme.Danger))
	}
	again := kit.NewQuiet(i18n.T("Add Another File"), icons.Add, func() {
		u.title, u.adminOnly = form.Value(app.FieldTitle), form.Value(app.FieldAdminOnly) != ""
		u.paths = nil
		for _, c := range l.files {
			u.paths = append(u.paths, c.Path)
		}
		u.dialog.Dismiss()
		u.choose()
	})
	body.Add(container.NewHBox(again))

	d := kit.Dialog{Title: i18n.T("Upload a file"), Text: described(l.files[0]), Form: form, Body: body, Action: i18n.T("Upload")}
	if !single {
		d.Title, d.Text = i18n.N(int64(len(l.files)), "Upload a file", "Upload %d files"), ""
		for _, c := range l.files {
			d.Consequences = append(d.Consequences, described(c))
		}
	}
	d.Do = func(done func(error)) {
		details := app.FileDetails{Title: form.Value(app.FieldTitle), AdminOnly: form.Value(app.FieldAdminOnly) != ""}
		done(nil)
		u.run(l.files, details)
	}
	u.dialog = kit.ShowDialog(u.d.Canvas(), d)
}

func described(c app.Candidate) string {
	return i18n.T("%s, %s", filepath.Base(c.Path), i18n.FormatBytes(c.Size))
}

// run uploads one file after the other. What is there stays there where a later one fails.
func (u *uploads) run(all []app.Candidate, details app.FileDetails) {
	var kept []int64
	var failed, twins []string
	u.d.Run.Task(i18n.T("Upload"), func(ctx context.Context, p *task.Progress) error {
		p.InBytes()
		for _, c := range all {
			p.Step(c.Name)
			id, err := u.d.App.Files.UploadFrom(ctx, u.client, c.Path, details, p)
			switch {
			case ctx.Err() != nil && err != nil:
				return ctx.Err()
			case err != nil:
				failed = append(failed, app.Explain(err))
				continue
			}
			kept = append(kept, id)
			if twin, ok, err := u.d.App.Files.Twin(ctx, id); err == nil && ok {
				twins = append(twins, i18n.T("“%s” has the same contents as “%s”.", c.Name, twin.Title))
			}
		}
		return nil
	}, func(err error) {
		words := i18n.N(int64(len(kept)), "One file was uploaded.", "%d files were uploaded.")
		if len(kept) == 1 && len(all) == 1 {
			words = i18n.T("“%s” was uploaded.", all[0].Name)
		}
		switch {
		case errors.Is(err, context.Canceled):
			u.d.Say(i18n.T("The upload was stopped.") + " " + words)
		case err != nil:
			u.d.Fail(err)
		case len(failed) > 0 && len(kept) == 0:
			u.d.Bar.Fail(strings.Join(failed, "\n"))
		case len(failed) > 0:
			u.d.Bar.Fail(strings.Join(append(failed, words), "\n"))
		default:
			u.d.Say(strings.Join(append([]string{words}, twins...), " "))
		}
	})
}
