package tomany

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// readEvery is how often the list is read anew while it is open.
const readEvery = time.Second

// overview is the dialog with all mails to many and how far each is.
type overview struct {
	d      *desk.Desk
	load   *task.Loader[[]app.Campaign]
	rows   *fyne.Container
	acts   map[int64]*fyne.Container // the buttons of each mail to many
	closed bool
	dialog *kit.OpenDialog
}

// Show opens the list of mails to many.
func Show(d *desk.Desk) {
	if kit.DialogOpen() {
		return
	}
	o := &overview{d: d, load: task.NewLoader[[]app.Campaign](d.Run), rows: container.New(layout.NewCustomPaddedVBoxLayout(2 * theme.Unit))}
	o.dialog = kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("Mails to Many Clients"), Text: i18n.T("Choose clients in their list and Send Email to Many… to begin one."), Body: o.rows, Close: i18n.T("Close"), Width: 640,
		OnClose: func() { o.closed = true },
	})
	o.read()
}

// read reads the list, and reads it again as long as it is open.
func (o *overview) read() {
	o.load.Load(o.d.App.Campaigns.List, func(all []app.Campaign, err error) {
		switch {
		case o.closed:
			return
		case err != nil:
			o.d.Fail(err)
		default:
			o.show(all)
		}
		o.d.Run.After(readEvery, func() {
			if !o.closed {
				o.read()
			}
		})
	})
}

// show builds the list anew. The keyboard stays where it is: on a button of the same mail in the same place, as Resume comes where Pause was.
func (o *overview) show(all []app.Campaign) {
	defer o.goOn(o.at())
	o.acts = nil
	o.rows.RemoveAll()
	if len(all) == 0 {
		o.rows.Add(kit.NewPara(i18n.T("None was sent yet."), theme.Muted))
	}
	const most = 8 // as many as a dialog has room for
	for _, c := range all[:min(len(all), most)] {
		o.rows.Add(o.row(c))
	}
	o.rows.Refresh()
	o.dialog.Fit()
}

// at tells on which button of which mail the keyboard is; 0 is none.
func (o *overview) at() (id int64, place int) {
	for id, acts := range o.acts {
		for i, b := range acts.Objects {
			if f, ok := b.(fyne.Focusable); ok && f == o.d.Canvas().Focused() {
				return id, i
			}
		}
	}
	return 0, 0
}

func (o *overview) goOn(id int64, place int) {
	if acts := o.acts[id]; acts != nil && len(acts.Objects) > 0 {
		kit.Begin(o.d.Canvas(), acts.Objects[min(place, len(acts.Objects)-1)])
	}
}

func (o *overview) row(c app.Campaign) fyne.CanvasObject {
	word, tone := stateOf(c)
	head := kit.Border(nil, nil, nil, kit.NewPill(word, tone), kit.NewStrong(c.Subject))
	acts := kit.NewButtons()
	if o.acts == nil {
		o.acts = map[int64]*fyne.Container{}
	}
	o.acts[c.ID] = acts
	act := func(label string, do func(context.Context, int64) error) {
		acts.Add(kit.NewButton(label, nil, func() {
			o.d.Act(label, func(ctx context.Context) error { return do(ctx, c.ID) }, o.read)
		}))
	}
	switch c.State {
	case data.CampaignRunning:
		act(i18n.T("Pause"), o.d.App.Campaigns.Pause)
		act(i18n.T("Stop"), o.d.App.Campaigns.Stop)
	case data.CampaignPaused:
		act(i18n.T("Resume"), o.d.App.Campaigns.Resume)
		act(i18n.T("Stop"), o.d.App.Campaigns.Stop)
	case data.CampaignDone, data.CampaignStopped:
	}
	if c.Mails[data.MailFailed] > 0 {
		acts.Add(kit.NewButton(i18n.T("Show Failed"), icons.Mail, func() {
			o.dialog.Dismiss()
			o.d.Go.Mail(data.MailFailed)
		}))
	}
	return kit.NewCard("", container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), head, kit.NewPara(progress(c), theme.Muted), acts))
}

// progress says how far a mail to many is.
func progress(c app.Campaign) string {
	words := i18n.T("%s of %s clients written to, %s sent", i18n.FormatInt(c.Queued), i18n.FormatInt(c.Total), i18n.FormatInt(c.Mails[data.MailSent]))
	if n := c.Mails[data.MailFailed]; n > 0 {
		words += ", " + i18n.T("%s failed", i18n.FormatInt(n))
	}
	if c.Skipped > 0 {
		words += ", " + i18n.T("%s do not want it", i18n.FormatInt(c.Skipped))
	}
	return words + ". " + i18n.T("Begun %s by %s.", mailview.When(c.CreatedAt), c.Who)
}

// stateOf is what a state is called, and in which sense it is coloured.
func stateOf(c app.Campaign) (word string, tone theme.Tone) {
	switch c.State {
	case data.CampaignRunning:
		return i18n.T("Running"), theme.Info
	case data.CampaignPaused:
		return i18n.T("Paused"), theme.Waiting
	case data.CampaignDone:
		if c.Mails[data.MailQueued]+c.Mails[data.MailSending] > 0 {
			return i18n.T("Sending the last ones"), theme.Info
		}
		return i18n.T("Done"), theme.Good
	case data.CampaignStopped:
		return i18n.T("Stopped"), theme.Muted
	}
	return string(c.State), theme.Plain
}
