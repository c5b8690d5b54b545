package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/restoring"
	"clientele/views/task"
	"clientele/views/theme"
)

// backupSection is the list of backups, with what can be done with them (IO-4).
type backupSection struct {
	listing
	desk    *desk.Desk
	loader  *task.Loader[listedBackups]
	backups []app.Backup
	state   *kit.Para
}

// listedBackups is what the section shows.
type listedBackups struct {
	all   []app.Backup
	state app.BackupState
}

func newBackups(p *Page) section {
	s := &backupSection{desk: p.desk, loader: task.NewLoader[listedBackups](p.desk.Run), state: kit.NewPara("", theme.Muted)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "made", Title: i18n.T("Made"), Width: 150},
		kit.Column{Key: "why", Title: i18n.T("Why"), Width: 170, Grow: true},
		kit.Column{Key: "clients", Title: i18n.T("Clients"), Kind: kit.NumberColumn, Width: 90},
		kit.Column{Key: "size", Title: i18n.T("Size"), Kind: kit.NumberColumn, Width: 96},
		kit.Column{Key: "sound", Title: i18n.T("Found sound"), Width: 150},
	)
	remove := func() { s.at(s.remove) }
	grid.OnDelete = remove
	s.build(
		p.desk.Canvas(), i18n.T("Backups"), grid, kit.NewPrimary(i18n.T("Back Up Now"), icons.Backup, s.now),
		kit.NewButton(i18n.T("Verify"), icons.Check, func() { s.at(s.verify) }),
		kit.NewButton(i18n.T("Restore…"), icons.Undo, func() { s.at(s.restore) }),
		kit.NewButton(i18n.T("Delete"), icons.Delete, remove),
	)
	more := kit.NewChips(
		kit.NewButton(i18n.T("Save to a File…"), icons.Export, func() { SaveBackup(s.desk) }),
		kit.NewButton(i18n.T("Restore from a File…"), icons.Import, func() { restoring.Choose(s.desk) }),
		kit.NewButton(i18n.T("Export Everything…"), icons.Export, func() { ExportAll(s.desk) }),
	)
	foot := container.New(layout.NewCustomPaddedLayout(theme.Gap, 0, 0, 0), container.NewVBox(s.state, more))
	s.root = kit.Border(nil, foot, nil, nil, s.root)
	return s
}

func (s *backupSection) shown() { s.load() }

func (s *backupSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicBackups {
		s.load()
	}
}

// load reads the list anew.
func (s *backupSection) load() {
	s.loader.Load(func(ctx context.Context) (l listedBackups, err error) {
		if l.state, err = s.desk.App.Backups.State(ctx); err != nil {
			return l, err
		}
		l.all, err = s.desk.App.Backups.List(ctx)
		return l, err
	}, func(l listedBackups, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.backups = true, l.all
		s.state.Set(stateWords(l.state, s.desk.App.Backups.Folder()), theme.Muted)
		rows := make(kit.Rows, len(l.all))
		for i, b := range l.all {
			rows[i] = backupRow(b)
		}
		s.fill(rows, s.none(l.state))
	})
}

// none is shown in the place of an empty list.
func (s *backupSection) none(st app.BackupState) fyne.CanvasObject {
	if !st.Available {
		return kit.NewEmptyState(icons.Backup, i18n.T("The server is backed up"),
			i18n.T("This data lies on a PostgreSQL server. It is backed up there, such as by pg_dump, and not by Clientele."), nil)
	}
	return kit.NewEmptyState(icons.Backup, i18n.T("No backups yet"),
		i18n.T("One is made each day while Clientele runs, and before each act that cannot be undone. It is read again before it counts."),
		kit.NewPrimary(i18n.T("Back Up Now"), icons.Backup, s.now))
}

// stateWords says how many backups there are, and where.
func stateWords(st app.BackupState, folder string) string {
	if !st.Available || st.Count == 0 {
		return i18n.T("Backups lie in %s. Keep a copy on another disk: a backup on the same disk does not help where the disk fails.", folder)
	}
	return i18n.N(int64(st.Count), "One backup, %s, in %s. Keep a copy on another disk: a backup on the same disk does not help where the disk fails.",
		"%d backups, %s, in %s. Keep a copy on another disk: a backup on the same disk does not help where the disk fails.", i18n.FormatBytes(st.Bytes), folder)
}

func backupRow(b app.Backup) *kit.Row {
	sound, tone := i18n.T("not verified"), theme.Waiting
	if !b.Verified.IsZero() {
		sound, tone = desk.Moment(b.Verified), theme.Plain
	}
	return &kit.Row{
		Cells: []string{desk.Moment(b.Made), app.ReasonName(b.Reason), i18n.FormatInt(b.Clients), i18n.FormatBytes(b.Bytes), sound},
		Tones: []theme.Tone{theme.Plain, theme.Plain, theme.Plain, theme.Plain, tone},
	}
}

// at does something with the backup of the chosen row.
func (s *backupSection) at(do func(app.Backup)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.backups) {
		do(s.backups[i])
	}
}

func (s *backupSection) now() {
	title := i18n.T("Back Up Now")
	s.desk.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
		_, err := s.desk.App.Backups.Make(ctx, p)
		return err
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		s.desk.Say(i18n.T("The data was backed up, and the backup was read again."))
	})
}

func (s *backupSection) verify(b app.Backup) {
	if b.Encrypted {
		s.desk.Say(i18n.T("An encrypted backup is looked at by restoring it: its passphrase is asked for then."))
		return
	}
	var wrong []string
	s.desk.Run.Task(i18n.T("Reading the backup"), func(ctx context.Context, p *task.Progress) (err error) {
		wrong, err = s.desk.App.Backups.Verify(ctx, b.Name, p)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.desk.Fail(err)
		case len(wrong) > 0:
			kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: i18n.T("This backup is not sound"), Consequences: wrong, Text: i18n.T("Do not rely on it. Make another one, and look at the disk."), Close: i18n.T("Close")})
		default:
			s.desk.Say(i18n.T("The backup of %s is sound.", desk.Moment(b.Made)))
		}
	})
}

func (s *backupSection) restore(b app.Backup) {
	restoring.Ask(s.desk, filepath.Join(s.desk.App.Backups.Folder(), b.Name))
}

func (s *backupSection) remove(b app.Backup) {
	kit.Confirm(s.desk.Canvas(), i18n.T("Delete the backup of %s?", desk.Moment(b.Made)), []string{
		i18n.T("The file is removed for good."),
	}, i18n.T("Delete Backup"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Delete Backup"), func(ctx context.Context, _ *task.Progress) error {
			return s.desk.App.Backups.Delete(ctx, b.Name)
		}, func(err error) { done(desk.Explained(err)) })
	})
}
