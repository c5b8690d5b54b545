package settings

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// mailSection is the mail server and the sender, with trials of what is typed (ML-1).
type mailSection struct {
	sheet
	password *kit.Text
	where    *kit.Para // where the password is kept
	forget   *kit.Button
	known    *kit.Chip // fills in what a provider publishes of its server
	advice   *kit.Para // what that provider wants besides
	trial    *trial
	keeping  *task.Loader[keeping]
}

// keeping is what is known of the mail password.
type keeping struct{ has, safe bool }

func newMail(p *Page) section {
	m := &mailSection{password: kit.NewSecret(500, ""), where: kit.NewPara("", theme.Muted), keeping: task.NewLoader[keeping](p.desk.Run)}
	host, port := kit.NewText(500), kit.NewText(5)
	host.Entry.SetPlaceHolder("smtp.example.com")
	port.Entry.SetPlaceHolder(i18n.T("The usual one"))
	form := kit.NewForm(
		kit.Group{Title: i18n.T("Mail server"), Fields: []kit.Field{
			{Key: "smtp_host", Label: i18n.T("Server"), Input: host},
			{Key: "smtp_port", Label: i18n.T("Port"), Input: port},
			{Key: "smtp_security", Label: i18n.T("Encryption"), Input: kit.NewSelect(
				kit.Choice{Key: string(app.SecurityStartTLS), Label: i18n.T("STARTTLS, usual port 587")},
				kit.Choice{Key: string(app.SecurityTLS), Label: i18n.T("TLS, usual port 465")},
				kit.Choice{Key: string(app.SecurityNone), Label: i18n.T("None, usual port 25")},
			)},
			{Key: "allow_plain_passwords", Label: i18n.T("Mails with passwords in them"), Input: kit.NewChecks(
				kit.Choice{Key: ticked, Label: i18n.T("Send them without encryption too")})},
			{Key: "smtp_user", Label: i18n.T("User"), Help: i18n.T("Empty where the server wants no log-in."), Input: kit.NewText(500)},
			{Key: "smtp_password", Label: i18n.T("Password"), Input: m.password},
		}},
		kit.Group{Title: i18n.T("Sender"), Fields: []kit.Field{
			{Key: "mail_from_name", Label: i18n.T("Name"), Help: i18n.T("Empty for the business name."), Input: kit.NewText(500)},
			{Key: "mail_from", Label: i18n.T("Address"), Input: kit.NewText(254)},
			{Key: "mail_reply_to", Label: i18n.T("Replies go to"), Help: i18n.T("Empty for the same address."), Input: kit.NewText(254)},
			{Key: "mail_attachments_mb", Label: i18n.T("Attachments of one mail, in MB"), Help: i18n.T("Together. Many mail servers take no more than 20."), Input: kit.NewText(4)},
			{Key: "mail_signature", Label: i18n.T("Signature"), Wide: true, Help: i18n.T("At the end of each mail. Empty for the business name."), Input: kit.NewLongText(5000, 3)},
		}},
		kit.Group{Title: i18n.T("Mails of billing"), Fields: []kit.Field{
			{
				Key: "send_billing", Label: i18n.T("Ticked unless you decide otherwise"), Wide: true,
				Help: i18n.T("Each dialog has a tick box of its own for it."),
				Input: kit.NewChecks(
					kit.Choice{Key: "invoices", Label: i18n.T("Send an invoice as it is published")},
					kit.Choice{Key: "payments", Label: i18n.T("Confirm a payment that is recorded")},
					kit.Choice{Key: "refunds", Label: i18n.T("Confirm a refund")},
				),
			},
		}},
	)
	m.fill, m.merge, m.also, m.told = mailValues, mergeMail, m.keepPassword, m.look
	m.forget = kit.NewQuiet(i18n.T("Remove the Password"), nil, m.forgetPassword)
	m.forget.Hide()
	m.trial = newTrial(m)
	m.known, m.advice = kit.NewMenuChip(i18n.T("Fill In for a Provider"), m.providers), kit.NewPara("", theme.Plain)
	m.advice.Hide()
	inset := layout.NewCustomPaddedLayout(0, 0, theme.Unit, theme.Unit) // a card's frame is that much within its place
	above := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit),
		container.New(inset, kit.NewChips(m.known)), container.New(inset, m.advice), m.trial.object)
	note := kit.Border(nil, nil, nil, m.forget, container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, 0, 0), m.where))
	m.build(p.desk, i18n.T("Mail"), form, above, note, m.trial.connect, m.trial.send)
	return m
}

// providers offers the servers that are known, so that nobody has to look theirs up.
func (m *mailSection) providers() *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, p := range app.MailProviders() {
		menu.Items = append(menu.Items, fyne.NewMenuItem(p.Name, func() {
			m.form.Fill(map[string]string{"smtp_host": p.Host, "smtp_port": "", "smtp_security": string(p.Security)})
			m.advice.Set(strings.TrimSpace(i18n.T("The user is your whole email address.")+" "+p.Password), theme.Plain)
			m.advice.Show()
			m.column.Refresh()
			m.form.FocusOn(m.desk.Canvas(), "smtp_user")
		}))
	}
	return menu
}

func mailValues(s app.Settings) map[string]string {
	port := ""
	if s.SMTPPort != 0 {
		port = strconv.Itoa(s.SMTPPort)
	}
	return map[string]string{
		"smtp_host": s.SMTPHost, "smtp_port": port, "smtp_security": string(s.SMTPSecurity), "smtp_user": s.SMTPUser, "smtp_password": "",
		"mail_from_name": s.MailFromName, "mail_from": s.MailFrom, "mail_reply_to": s.MailReplyTo, "mail_signature": s.MailSignature,
		"allow_plain_passwords": tick(s.PlainPasswordsAllow), "mail_attachments_mb": strconv.Itoa(s.MailAttachmentsMB),
		"send_billing": billingTicks(s),
	}
}

// billingTicks are the boxes that are ticked for the mails of billing.
func billingTicks(s app.Settings) string {
	var all []string
	for _, t := range []struct {
		on  bool
		key string
	}{{s.SendInvoices, "invoices"}, {s.SendPayments, "payments"}, {s.SendRefunds, "refunds"}} {
		if t.on {
			all = append(all, t.key)
		}
	}
	return strings.Join(all, ",")
}

func mergeMail(s app.Settings, v map[string]string) app.Settings {
	s.SMTPHost, s.SMTPSecurity, s.SMTPUser = v["smtp_host"], app.Security(v["smtp_security"]), v["smtp_user"]
	s.MailFromName, s.MailFrom, s.MailReplyTo = v["mail_from_name"], v["mail_from"], v["mail_reply_to"]
	s.MailSignature, s.PlainPasswordsAllow = v["mail_signature"], v["allow_plain_passwords"] == ticked
	sends := strings.Split(v["send_billing"], ",")
	s.SendInvoices, s.SendPayments, s.SendRefunds = slices.Contains(sends, "invoices"), slices.Contains(sends, "payments"), slices.Contains(sends, "refunds")
	var err error
	if s.MailAttachmentsMB, err = strconv.Atoi(strings.TrimSpace(v["mail_attachments_mb"])); err != nil {
		s.MailAttachmentsMB = -1 // no size: the rules say so in words
	}
	s.SMTPPort = 0
	if port := strings.TrimSpace(v["smtp_port"]); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil {
			n = -1 // no port: the rules say so in words
		}
		s.SMTPPort = n
	}
	return s
}

// keepPassword puts a password that was typed into the keyring. An empty field leaves the one that is there.
func (m *mailSection) keepPassword(_ context.Context, v map[string]string) error {
	if v["smtp_password"] == "" {
		return nil
	}
	if err := m.desk.App.Settings.SetMailPassword(v["smtp_password"]); err != nil {
		return app.Problems{{
			Code: app.Unavailable, Field: "smtp_password", Err: err,
			Message: i18n.T("The keyring of this computer did not take the password. The other settings were saved. Unlock the keyring and save again."),
		}}
	}
	return nil
}

func (m *mailSection) forgetPassword() {
	kit.Confirm(m.desk.Canvas(), i18n.T("Remove the mail password?"),
		[]string{i18n.T("Mails wait until a password is entered again, if the server wants one.")}, i18n.T("Remove the Password"), true,
		func(done func(error)) {
			m.desk.Run.Task(i18n.T("Remove the Password"), func(context.Context, *task.Progress) error {
				return m.desk.App.Settings.SetMailPassword("")
			}, func(err error) {
				done(err)
				m.look()
			})
		})
}

// look asks whether a password is kept, and says where.
func (m *mailSection) look() {
	m.keeping.Load(func(context.Context) (k keeping, err error) {
		k.has, k.safe = m.desk.App.Settings.HasMailPassword()
		return k, nil
	}, func(k keeping, err error) {
		if err != nil {
			m.say(app.Explain(err))
			return
		}
		hint := ""
		if k.has {
			hint = i18n.T("Kept; type to change it")
		}
		m.password.Entry.SetPlaceHolder(hint)
		m.forget.Hidden = !k.has
		if k.safe {
			m.where.Set(i18n.T("The password is kept in the keyring of this computer, not in the data."), theme.Muted)
		} else {
			m.where.Set(i18n.T("This computer has no keyring that could be used, so the password is kept in the configuration file beside the data. Only you may read that file; keep its copies safe."), theme.Waiting)
		}
		m.column.Refresh()
	})
}
