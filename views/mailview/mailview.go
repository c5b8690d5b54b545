// Package mailview shows mails of the outbox wherever there are some: as rows of a list, and whole in a dialog.
package mailview

import (
	"time"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// Columns are the columns of a list of mails, newest first.
func Columns() []kit.Column {
	return []kit.Column{
		{Key: "date", Title: i18n.T("Date"), Width: 136},
		{Key: "subject", Title: i18n.T("Subject"), Width: 220, Grow: true},
		{Key: "to", Title: i18n.T("To"), Width: 180, Grow: true},
		{Key: "state", Title: i18n.T("State"), Kind: kit.PillColumn, Width: 120},
		{Key: "answer", Title: i18n.T("Server's answer"), Width: 180, Grow: true},
	}
}

// Row is a mail as a row of such a list.
func Row(m data.Mail) *kit.Row {
	word, tone := State(m.State)
	return &kit.Row{
		Cells: []string{When(m.CreatedAt), m.Subject, m.ToLine, word, m.Answer},
		Tones: []theme.Tone{theme.Muted, theme.Plain, theme.Plain, tone, theme.Muted},
		Muted: m.State == data.MailCancelled || m.State == data.MailSuppressed,
	}
}

// State is what the state of a mail is called, and in which sense it is coloured.
func State(s data.MailState) (word string, tone theme.Tone) {
	switch s {
	case data.MailQueued:
		return i18n.T("Queued"), theme.Waiting
	case data.MailSending:
		return i18n.T("Sending"), theme.Info
	case data.MailSent:
		return i18n.T("Sent"), theme.Good
	case data.MailFailed:
		return i18n.T("Failed"), theme.Danger
	case data.MailUncertain:
		return i18n.T("Uncertain"), theme.Waiting
	case data.MailSuppressed:
		return i18n.T("Suppressed"), theme.Muted
	case data.MailCancelled:
		return i18n.T("Cancelled"), theme.Muted
	}
	return string(s), theme.Plain
}

// When is an instant, in milliseconds since 1970, as the locale writes day and time in the zone of this computer; nothing for 0.
func When(ms int64) string {
	if ms == 0 {
		return ""
	}
	at := time.UnixMilli(ms)
	l := i18n.CurrentLocale()
	return date.Today(at).Format(l) + " " + l.Digits(at.Format("15:04"))
}
