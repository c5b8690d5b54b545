package app

import "clientele/app/i18n"

// MailProvider is a mail service that many offices use, with the server by which it takes mail, as it publishes it.
type MailProvider struct {
	Name     string
	Host     string
	Security Security // on its usual port
	// Password says in words which password it wants, or what has to be allowed there first.
	Password string
}

// MailProviders lists the providers that are known, in the order in which they are offered.
func MailProviders() []MailProvider {
	appPassword := i18n.T("It wants an app password, which you make in the security settings of your account there. The password that you log in with is refused.")
	allowed := i18n.T("Access by other programs (POP3 and IMAP) has to be allowed in the settings of your mailbox there.")
	return []MailProvider{
		{"Gmail, Google Workspace", "smtp.gmail.com", SecurityStartTLS, appPassword},
		{"Microsoft 365", "smtp.office365.com", SecurityStartTLS, i18n.T("“Authenticated SMTP” has to be allowed for this mailbox by whoever looks after your Microsoft 365.")},
		{"iCloud", "smtp.mail.me.com", SecurityStartTLS, appPassword},
		{"Yahoo", "smtp.mail.yahoo.com", SecurityTLS, appPassword},
		{"Fastmail", "smtp.fastmail.com", SecurityTLS, appPassword},
		{"Zoho", "smtp.zoho.com", SecurityTLS, appPassword},
		{"IONOS (United Kingdom)", "smtp.ionos.co.uk", SecurityStartTLS, ""},
		{"IONOS (Deutschland)", "smtp.ionos.de", SecurityStartTLS, ""},
		{"GMX", "mail.gmx.net", SecurityStartTLS, allowed},
		{"WEB.DE", "smtp.web.de", SecurityStartTLS, allowed},
	}
}
