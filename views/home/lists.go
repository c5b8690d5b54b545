package home

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// dueSoon names the invoices that are due next.
type dueSoon struct {
	page   *Page
	object *fyne.Container
}

func newDueSoon(p *Page) *dueSoon {
	return &dueSoon{page: p, object: container.New(layout.NewCustomPaddedVBoxLayout(0))}
}

// show lists them. Where nothing changed they stay, and with them the keyboard.
func (s *dueSoon) show(st app.Standing) {
	d, l := s.page.d, i18n.CurrentLocale()
	s.object.RemoveAll()
	for _, r := range st.DueSoon {
		owed := money.New(r.Balance(), money.Currency(r.Currency)).Format(l)
		when := i18n.T("due %s", r.Due.Format(l))
		if r.Due == st.Today {
			when = i18n.T("due today")
		}
		detail := i18n.T("%s · %s", r.Number, when)
		s.object.Add(kit.NewItem(r.ClientName, detail, container.NewCenter(kit.NewWhole(owed, theme.Plain)), r.ClientName+", "+detail+", "+owed, func() { d.Go.Invoice(r.ID) }))
	}
	switch {
	case st.DueCount == 0:
		s.object.Add(kit.NewPara(i18n.T("Nothing is due in the next days."), theme.Muted))
	case st.DueCount > int64(len(st.DueSoon)):
		all := kit.NewQuiet(i18n.T("Show all %d", st.DueCount), icons.Invoices, func() { d.Go.InvoicesBy(unpaid(app.AgeSoon, st, "")) })
		s.object.Add(container.NewHBox(all))
	}
}

// waiting tells what somebody has to look at.
type waiting struct {
	d      *desk.Desk
	object *fyne.Container
}

func newWaiting(d *desk.Desk) *waiting {
	return &waiting{d: d, object: container.New(layout.NewCustomPaddedVBoxLayout(0))}
}

// state is a line of it.
type state struct {
	title, detail string
	word          string // of the pill
	tone          theme.Tone
	open          func()
}

func (w *waiting) show(st app.Standing) {
	w.object.RemoveAll()
	for _, s := range w.states(st) {
		w.object.Add(kit.NewItem(s.title, s.detail, container.NewCenter(kit.NewPill(s.word, s.tone)), s.title+", "+s.word+", "+s.detail, s.open))
	}
}

func (w *waiting) states(st app.Standing) []state {
	states := []state{w.mail(st), w.daily(st.Daily, st.Today)}
	if st.Backup.Available {
		states = append(states, w.backup(st))
	}
	drafts := int64(0)
	for _, c := range st.Currencies {
		drafts += c.Drafts.N
	}
	if drafts > 0 {
		states = append(states, state{
			title: i18n.N(drafts, "One draft", "%d drafts"), detail: i18n.T("A draft is owed only once it is published."), word: billing.Draft.Name(), tone: theme.Muted,
			open: func() { w.d.Go.InvoicesBy(data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Draft}}) },
		})
	}
	return states
}

// daily tells what the last daily run came to, and when the next one is.
func (w *waiting) daily(st app.DailyState, today date.Date) state {
	s := state{title: i18n.T("Daily run"), word: i18n.T("Waiting"), tone: theme.Waiting, open: w.d.Go.Daily}
	if st.Waiting != "" {
		s.detail = st.Waiting
		return s
	}
	switch last := st.Last; {
	case last == nil:
		s.detail = i18n.T("It never ran yet.")
	case last.State == data.RunFailed || last.State == data.RunBroken:
		s.detail, s.word, s.tone = i18n.T("%s: %s.", last.Day.Format(i18n.CurrentLocale()), app.RunStateName(last.State)), i18n.T("Failed"), theme.Danger
	case last.State == data.RunStopped: // the rest waits
		s.detail = i18n.T("%s: %s.", last.Day.Format(i18n.CurrentLocale()), app.RunStateName(last.State))
	default:
		s.detail = i18n.T("%s: %s done, %s skipped.", last.Day.Format(i18n.CurrentLocale()), i18n.FormatInt(last.Done), i18n.FormatInt(last.Skipped))
		if last.Done == 0 && last.Skipped == 0 {
			s.detail = i18n.T("%s: nothing was due.", last.Day.Format(i18n.CurrentLocale()))
		}
		if st.Today {
			s.word, s.tone = i18n.T("Fine"), theme.Good
		}
	}
	s.detail += " " + nextRun(st.Next, today)
	return s
}

// nextRun says when the daily run starts next by itself.
func nextRun(n app.DailyNext, today date.Date) string {
	l := i18n.CurrentLocale()
	at := l.Digits(fmt.Sprintf("%02d:%02d", n.Hour, n.Minute))
	switch {
	case n.Day.IsZero():
		return i18n.T("The next one is started by hand.")
	case n.Soon:
		return i18n.T("The next one starts within the hour.")
	case n.AtStart && n.Day == today.AddDays(1):
		return i18n.T("The next one is tomorrow, at the first start.")
	case n.AtStart && n.Day == today:
		return i18n.T("The next one is at the next start.")
	case n.AtStart:
		return i18n.T("The next one is on %s, at the first start.", n.Day.Format(l))
	case n.Day == today:
		return i18n.T("The next one is today at %s.", at)
	case n.Day == today.AddDays(1):
		return i18n.T("The next one is tomorrow at %s.", at)
	}
	return i18n.T("The next one is on %s at %s.", n.Day.Format(l), at)
}

// mail tells how sending stands.
func (w *waiting) mail(st app.Standing) state {
	failed := st.Mails[data.MailFailed]
	on := st.Mails[data.MailQueued] + st.Mails[data.MailSending] + st.Mails[data.MailUncertain]
	show := func(of ...data.MailState) func() { return func() { w.d.Go.Mail(of...) } }
	switch {
	case failed > 0:
		return state{i18n.N(failed, "One mail failed", "%d mails failed"), i18n.T("Read the answer of the server and send it again."), i18n.T("Failed"), theme.Danger, show(data.MailFailed)}
	case on > 0:
		return state{
			i18n.N(on, "One mail waits", "%d mails wait"), i18n.T("Sent as soon as the server takes it."), i18n.T("Waiting"), theme.Waiting,
			show(data.MailQueued, data.MailSending, data.MailUncertain),
		}
	case !st.MailReady:
		return state{i18n.T("Mail"), i18n.T("No mail server is set up yet."), i18n.T("not set up"), theme.Muted, func() { w.d.Go.Settings("mail") }}
	}
	return state{i18n.T("Mail"), i18n.T("All mail is sent."), i18n.T("Fine"), theme.Good, show()}
}

// How many days old the newest backup may be before somebody should look after it, and before something is wrong.
const (
	backupDays = 2
	backupOld  = 7
)

// backup tells how old the newest backup is.
func (w *waiting) backup(st app.Standing) state {
	s := state{title: i18n.T("Backup"), word: i18n.T("Fine"), tone: theme.Good, open: func() { w.d.Go.Settings("backups") }}
	days := st.Backup.Days
	switch {
	case st.NoBackups != nil:
		s.detail, s.word, s.tone = app.Explain(st.NoBackups), i18n.T("Failed"), theme.Danger
		return s
	case st.Backup.Newest.Name == "":
		s.detail, s.word, s.tone = i18n.T("None was made yet. One is made by itself once a day."), i18n.T("Waiting"), theme.Waiting
		return s
	case days > backupOld:
		s.word, s.tone = i18n.T("Old"), theme.Danger
	case days > backupDays:
		s.word, s.tone = i18n.T("Old"), theme.Waiting
	}
	switch days {
	case 0:
		s.detail = i18n.T("The last one was made today.")
	case 1:
		s.detail = i18n.T("The last one was made yesterday.")
	default:
		s.detail = i18n.N(int64(days), "The last one was made one day ago.", "The last one was made %d days ago.")
	}
	return s
}
