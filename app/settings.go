package app

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/email"
	"clientele/app/filetype"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Settings are what the office chose, shared by all its desktops. The SMTP password is not among them: it is in the keyring of each
// machine.
type Settings struct {
	SetUp               bool // the first-start questions were answered
	BusinessName        string
	Country             string // ISO 3166-1 alpha-2, for new clients
	Currency            string // ISO 4217, for new clients
	Language            string // BCP 47, for new clients and their mails
	RequiredFields      []string
	SendWelcome         bool // the tick box of a new client
	ClientAreaURL       string
	SMTPHost            string
	SMTPPort            int
	SMTPSecurity        Security
	SMTPUser            string
	MailFromName        string
	MailFrom            string
	MailReplyTo         string
	MailSignature       string
	PlainPasswordsAllow bool     // mails with passwords may go over an unencrypted connection
	MaxFileMB           int      // how large one file of a client may be, in megabytes
	MaxClientFilesMB    int      // how large all files of one client may be together, in megabytes
	FileExtensions      []string // of the files that are usual here, in small letters without a dot; of others an upload warns. None means all are
	MailAttachmentsMB   int      // how large the files that go with one mail may be together, in megabytes
	CardsLast4Only      bool     // of cards only the last four digits and the dates are stored
	BillingSettings
	AreaSettings
	DailySettings
	MailSettings
}

// MailReady tells whether mail can be sent: a server and a sender are set.
func (s Settings) MailReady() bool { return s.SMTPHost != "" && s.MailFrom != "" }

// setting is one row: how it is read into Settings, written from it, and checked.
type setting struct {
	key   string
	set   func(s *Settings, value string) error
	get   func(s Settings) string
	check func(value string) string // in words what is wrong, or ""
	lines bool                      // it has several lines; else it is one
}

// How long the text of a setting may be, in characters. maxLinesSetting is for those of several lines.
const (
	maxSetting      = 500
	maxLinesSetting = 5000
	// maxAttachmentsMB is the most that the setting for attachments can be; hardly any server takes more in one mail.
	maxAttachmentsMB = 1000
	megabyte         = 1 << 20
)

func text(key string, field func(*Settings) *string, check func(string) string) setting {
	return setting{
		key: key, check: check,
		set: func(s *Settings, v string) error { *field(s) = v; return nil },
		get: func(s Settings) string { return *field(&s) },
	}
}

// lines is a setting of several lines of text.
func lines(key string, field func(*Settings) *string) setting {
	s := text(key, field, nil)
	s.lines = true
	return s
}

func flag(key string, field func(*Settings) *bool) setting {
	return setting{
		key: key,
		check: func(v string) string {
			if _, err := strconv.ParseBool(v); err != nil {
				return i18n.T("This is true or false.")
			}
			return ""
		},
		set: func(s *Settings, v string) (err error) { *field(s), err = strconv.ParseBool(v); return err },
		get: func(s Settings) string { return strconv.FormatBool(*field(&s)) },
	}
}

// How large the limits for files can be set.
const (
	maxFileMB        = 10_000
	maxClientFilesMB = 1_000_000
)

// extensionPattern is what the extension of a file looks like, with or without its dot.
var extensionPattern = regexp.MustCompile(`^\.?[A-Za-z0-9_+-]{1,20}$`)

func megabytes(key string, field func(*Settings) *int, most int) setting {
	return setting{
		key: key,
		set: func(s *Settings, v string) (err error) { *field(s), err = strconv.Atoi(v); return err },
		get: func(s Settings) string { return strconv.Itoa(*field(&s)) },
		check: func(v string) string {
			if n, err := strconv.Atoi(v); err != nil || n < 1 || n > most {
				return i18n.T("Enter a whole number of megabytes from 1 to %d.", most)
			}
			return ""
		},
	}
}

// optionalFields are the fields of a client that a setting can require.
var optionalFields = []string{
	FieldCompany, FieldAddress1, FieldCity, FieldState, FieldPostcode, FieldCountry, FieldPhone, FieldTaxID,
}

// settings is the one list of settings: every key there is.
var settings = slices.Concat([]setting{
	flag("set_up", func(s *Settings) *bool { return &s.SetUp }),
	text("business_name", func(s *Settings) *string { return &s.BusinessName }, nil),
	text("country", func(s *Settings) *string { return &s.Country }, func(v string) string {
		if !i18n.ValidCountry(v) {
			return i18n.T("Choose a country. On the command line it is its two letters, such as DE or US.")
		}
		return ""
	}),
	text("currency", func(s *Settings) *string { return &s.Currency }, func(v string) string {
		if !money.Currency(v).Valid() {
			return i18n.T("Choose a currency. On the command line it is its three letters, such as EUR or USD.")
		}
		return ""
	}),
	text("language", func(s *Settings) *string { return &s.Language }, func(v string) string {
		if !i18n.ValidLanguage(v) {
			return i18n.T("Choose a language. On the command line it is its short form, such as en or de.")
		}
		return ""
	}),
	{
		key: "required_client_fields",
		set: func(s *Settings, v string) error { s.RequiredFields = splitList(v); return nil },
		get: func(s Settings) string { return strings.Join(s.RequiredFields, ",") },
		check: func(v string) string {
			for _, f := range splitList(v) {
				if !slices.Contains(optionalFields, f) {
					return i18n.T("“%s” is no field that can be required. These can: %s.", f, strings.Join(optionalFields, ", "))
				}
			}
			return ""
		},
	},
	flag("send_welcome_email", func(s *Settings) *bool { return &s.SendWelcome }),
	text("client_area_url", func(s *Settings) *string { return &s.ClientAreaURL }, checkSite),
	text("smtp_host", func(s *Settings) *string { return &s.SMTPHost }, func(v string) string {
		if strings.ContainsAny(v, " /@:") {
			return i18n.T("This is the name of the server alone, such as smtp.example.com, without port or address.")
		}
		return ""
	}),
	{
		key: "smtp_port",
		set: func(s *Settings, v string) (err error) { s.SMTPPort, err = strconv.Atoi(v); return err },
		get: func(s Settings) string { return strconv.Itoa(s.SMTPPort) },
		check: func(v string) string {
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n > 65535 {
				return i18n.T("A port is a number from 1 to 65535. 0 means the usual one.")
			}
			return ""
		},
	},
	{
		key: "smtp_security",
		set: func(s *Settings, v string) error { s.SMTPSecurity = Security(v); return nil },
		get: func(s Settings) string { return string(s.SMTPSecurity) },
		check: func(v string) string {
			if !slices.Contains([]Security{SecurityNone, SecurityStartTLS, SecurityTLS}, Security(v)) {
				return i18n.T("Choose starttls, tls or none.")
			}
			return ""
		},
	},
	text("smtp_user", func(s *Settings) *string { return &s.SMTPUser }, nil),
	text("mail_from_name", func(s *Settings) *string { return &s.MailFromName }, nil),
	text("mail_from", func(s *Settings) *string { return &s.MailFrom }, checkAddress),
	text("mail_reply_to", func(s *Settings) *string { return &s.MailReplyTo }, checkAddress),
	lines("mail_signature", func(s *Settings) *string { return &s.MailSignature }),
	flag("allow_plain_passwords", func(s *Settings) *bool { return &s.PlainPasswordsAllow }),
	megabytes("file_max_mb", func(s *Settings) *int { return &s.MaxFileMB }, maxFileMB),
	megabytes("client_files_max_mb", func(s *Settings) *int { return &s.MaxClientFilesMB }, maxClientFilesMB),
	{
		key: "file_extensions",
		set: func(s *Settings, v string) error { s.FileExtensions = splitList(v); return nil },
		get: func(s Settings) string { return strings.Join(s.FileExtensions, ",") },
		check: func(v string) string {
			for _, e := range splitList(v) {
				if !extensionPattern.MatchString(e) {
					return i18n.T("Enter endings of files such as pdf, jpg, docx, with commas between them. “%s” is none.", e)
				}
			}
			return ""
		},
	},
	flag("cards_last4_only", func(s *Settings) *bool { return &s.CardsLast4Only }),
	megabytes("mail_attachments_mb", func(s *Settings) *int { return &s.MailAttachmentsMB }, maxAttachmentsMB),
}, billingSettings, areaSettings, dailySettings, mailSettings)

func checkAddress(v string) string {
	if v == "" {
		return ""
	}
	if _, err := email.Parse(v); err != nil {
		return err.Error()
	}
	return ""
}

func splitList(v string) []string {
	var all []string
	for _, f := range strings.Split(v, ",") {
		if f = strings.TrimSpace(f); f != "" {
			all = append(all, f)
		}
	}
	return all
}

// defaults are the settings of a new office.
func defaults() Settings {
	return Settings{
		Country: "US", Currency: "USD", Language: "en", RequiredFields: []string{FieldCountry}, SendWelcome: true,
		SMTPSecurity: SecurityStartTLS, MailAttachmentsMB: 20, BillingSettings: billingDefaults(), AreaSettings: areaDefaults(), DailySettings: dailyDefaults(), MailSettings: mailDefaults(),
		MaxFileMB: 50, MaxClientFilesMB: 1024, FileExtensions: filetype.Known(),
	}
}

// SettingsService reads and changes the settings.
type SettingsService struct {
	core
	keyring Keyring
}

// Get reads the settings.
func (s *SettingsService) Get(ctx context.Context) (Settings, error) {
	var got Settings
	err := s.read(ctx, func(tx *data.Tx) (err error) {
		got, err = settingsOf(tx)
		return err
	})
	return got, err
}

// settingsOf reads the settings in a transaction. What an older or newer version stored and this one does not understand keeps its
// default.
func settingsOf(tx *data.Tx) (Settings, error) {
	rows, err := tx.Settings()
	if err != nil {
		return Settings{}, err
	}
	s := defaults()
	for _, d := range settings {
		if v, ok := rows[d.key]; ok && (d.check == nil || d.check(v) == "") {
			if err := d.set(&s, v); err != nil {
				return Settings{}, err
			}
		}
	}
	return s, nil
}

// Save checks and stores the settings; what did not change is not written. All wrong ones come back together, by their keys.
func (s *SettingsService) Save(ctx context.Context, changed Settings) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	changed.tidy()
	var wrong Problems
	for _, d := range settings {
		if words := d.problem(d.get(changed)); words != "" {
			wrong.add(d.key, words)
		}
	}
	if changed.SetUp && changed.BusinessName == "" {
		wrong.add("business_name", i18n.T("Enter the name of your business: mails are signed with it."))
	}
	changed.DailySettings.check(&wrong)
	if err := wrong.or(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := settingsOf(tx)
		if err != nil {
			return err
		}
		return s.store(tx, changes, before, changed)
	})
}

// store writes what differs between two states of the settings.
func (s *SettingsService) store(tx *data.Tx, changes *[]Change, before, after Settings) error {
	var d difference
	for _, row := range settings {
		if was, is := row.get(before), row.get(after); was != is {
			if err := tx.SetSetting(row.key, is); err != nil {
				return err
			}
			d.text(settingName(row.key), settingShown(was), settingShown(is))
		}
	}
	if len(d.lines) == 0 {
		return nil
	}
	*changes = append(*changes, Change{Topic: TopicSettings})
	return tx.AddActivity(s.entry(actSettingChanged, 0, "", d.String()))
}

// settingShown is a value as the log has it.
func settingShown(v string) string {
	switch v {
	case "true", "false":
		return yesNo(v == "true")
	}
	return v
}

// problem says in words what is wrong with a value, or "".
func (d setting) problem(v string) string {
	most, control := maxSetting, unicode.IsControl
	if d.lines {
		most, control = maxLinesSetting, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }
	}
	switch {
	case utf8.RuneCountInString(v) > most:
		return i18n.T("This is longer than %d characters.", most)
	case !utf8.ValidString(v) || strings.ContainsFunc(v, control):
		if !d.lines && strings.ContainsAny(v, "\r\n") {
			return i18n.T("This must be one line.")
		}
		return i18n.T("This holds characters that cannot be seen.")
	}
	if d.check == nil {
		return ""
	}
	return d.check(v)
}

// tidy brings values into the form in which they are stored.
func (s *Settings) tidy() {
	for _, p := range []*string{&s.MailSignature, &s.BusinessAddress, &s.BankDetails, &s.InvoiceNotes} {
		*p = strings.TrimRight(strings.ReplaceAll(*p, "\r\n", "\n"), "\n ")
	}
	for _, p := range []*string{
		&s.BusinessName, &s.Country, &s.Currency, &s.Language, &s.ClientAreaURL, &s.SMTPHost, &s.SMTPUser, &s.MailFromName, &s.MailFrom, &s.MailReplyTo,
		&s.BusinessTaxID, &s.InvoiceNumberFormat, &s.AreaListen, &s.AreaCert, &s.AreaKey, &s.AreaColour,
	} {
		*p = strings.TrimSpace(*p)
	}
	for i, e := range s.FileExtensions {
		s.FileExtensions[i] = strings.ToLower(strings.TrimPrefix(e, "."))
	}
	s.Country, s.Currency, s.AreaColour = strings.ToUpper(s.Country), strings.ToUpper(s.Currency), strings.ToLower(s.AreaColour)
}

// Keys lists the keys of all settings.
func (s *SettingsService) Keys() []string {
	keys := make([]string, len(settings))
	for i, d := range settings {
		keys[i] = d.key
	}
	return keys
}

// Value reads one setting as text. NotFound where there is no such key.
func (s *SettingsService) Value(ctx context.Context, key string) (string, error) {
	all, err := s.Get(ctx)
	if err != nil {
		return "", err
	}
	for _, d := range settings {
		if d.key == key {
			return d.get(all), nil
		}
	}
	return "", s.unknown(key)
}

// SetValue checks and stores one setting given as text.
func (s *SettingsService) SetValue(ctx context.Context, key, value string) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	for _, d := range settings {
		if d.key == key {
			return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
				before, err := settingsOf(tx)
				if err != nil {
					return err
				}
				after := before
				words := ""
				if err := d.set(&after, strings.TrimSpace(value)); err != nil {
					words = d.problem(value)
				} else {
					after.tidy()
					words = d.problem(d.get(after))
				}
				if words != "" {
					return Problems{{Code: Invalid, Field: key, Message: words}}
				}
				return s.store(tx, changes, before, after)
			})
		}
	}
	return s.unknown(key)
}

func (s *SettingsService) unknown(key string) error {
	return &Error{Code: NotFound, Field: key, Message: i18n.T("There is no setting “%s”. These are there: %s.", key, strings.Join(s.Keys(), ", "))}
}
