package settings

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/settings/choices"
)

// canBeRequired are the fields of a client that an office may require (CL-5). The settings' own check holds the same list.
var canBeRequired = []string{
	app.FieldCompany, app.FieldAddress1, app.FieldCity, app.FieldState, app.FieldPostcode, app.FieldCountry, app.FieldPhone, app.FieldTaxID,
}

// The fields that can be required are ticked in two columns. The first has the key that problems with them have.
const (
	requiredKey  = "required_client_fields"
	requiredMore = "required_client_fields_more"
)

func newOffice(p *Page) section {
	required := make([]kit.Choice, len(canBeRequired))
	for i, key := range canBeRequired {
		required[i] = kit.Choice{Key: key, Label: app.FieldLabel(key)}
	}
	half := len(required) / 2
	form := kit.NewForm(
		kit.Group{Title: i18n.T("Business"), Fields: []kit.Field{
			{Key: "business_name", Label: i18n.T("Business name"), Help: i18n.T("Mails are signed with it."), Input: kit.NewText(500)},
		}},
		kit.Group{Title: i18n.T("New clients"), Fields: []kit.Field{
			{Key: "country", Label: i18n.T("Country"), Input: choices.Country(i18n.T("Choose a country"))},
			{Key: "currency", Label: i18n.T("Currency"), Input: kit.NewSearchSelect(i18n.T("Choose a currency"), choices.Currencies()...)},
			{Key: "language", Label: i18n.T("Language"), Help: i18n.T("Their mails are in it."), Input: kit.NewSearchSelect(i18n.T("Choose a language"), choices.Languages()...)},
			{Key: "send_welcome_email", Label: i18n.T("Welcome email"), Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Send one to each new client, unless unticked")})},
			{Key: requiredKey, Label: i18n.T("Required besides name and email address"), Input: kit.NewChecks(required[:half]...)},
			{Key: requiredMore, Label: i18n.T("Required too"), Input: kit.NewChecks(required[half:]...)},
		}},
		kit.Group{Title: i18n.T("Files of clients"), Fields: []kit.Field{
			{Key: "file_max_mb", Label: i18n.T("Largest file, in MB"), Input: kit.NewText(5)},
			{Key: "client_files_max_mb", Label: i18n.T("All files of one client, in MB"), Input: kit.NewText(7)},
			{Key: "file_extensions", Label: i18n.T("Usual kinds of files"), Help: i18n.T("Their endings, with commas between them. An upload of another kind warns. Empty means that all are usual."), Wide: true, Input: kit.NewText(500)},
		}},
	)
	s := &sheet{fill: officeValues, merge: mergeOffice}
	s.build(p.desk, i18n.T("Office"), form, nil, nil)
	return s
}

func officeValues(s app.Settings) map[string]string {
	return map[string]string{
		"business_name": s.BusinessName, "country": s.Country, "currency": s.Currency, "language": s.Language,
		"send_welcome_email": tick(s.SendWelcome), requiredKey: strings.Join(s.RequiredFields, ","), requiredMore: strings.Join(s.RequiredFields, ","),
		"file_max_mb": strconv.Itoa(s.MaxFileMB), "client_files_max_mb": strconv.Itoa(s.MaxClientFilesMB), "file_extensions": strings.Join(s.FileExtensions, ", "),
	}
}

func mergeOffice(s app.Settings, v map[string]string) app.Settings {
	s.BusinessName = v["business_name"]
	s.Country, s.Currency, s.Language = v["country"], v["currency"], v["language"]
	s.SendWelcome = v["send_welcome_email"] == ticked
	s.RequiredFields = slices.DeleteFunc(strings.Split(v[requiredKey]+","+v[requiredMore], ","), func(f string) bool { return f == "" })
	s.MaxFileMB, s.MaxClientFilesMB = wholeNumber(v["file_max_mb"]), wholeNumber(v["client_files_max_mb"])
	s.FileExtensions = strings.FieldsFunc(v["file_extensions"], func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	return s
}

// wholeNumber reads a number as it was entered; -1 stands for what is none, so that the rules say so in words.
func wholeNumber(v string) int {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil {
		return -1
	}
	return n
}
