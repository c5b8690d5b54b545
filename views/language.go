package views

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"clientele/app/i18n"
	"clientele/views/settings"
)

// prefLanguage keeps the language that was chosen for the windows; nothing stands for that of the system.
const prefLanguage = "window.language"

// prefRegion keeps after whose manner dates and numbers are written; nothing stands for that of the system.
const prefRegion = "window.region"

// speak puts the windows into the language that was chosen, or that of the system where it is translated. Dates and numbers are written as the system has
// it, unless another language was chosen than the system's: then as that language writes them. A region that was chosen goes before both.
func speak(prefs fyne.Preferences, spoken, locale i18n.Locale) error {
	tag, chosen := prefs.String(prefLanguage), true
	if tag == "" || !i18n.HasTexts(tag) { // the file of the language may be gone since
		tag, chosen = spoken.OrDefault().Tag, false
		if !i18n.HasTexts(tag) {
			tag = "en"
		}
	}
	if err := i18n.SetLanguage(tag); err != nil {
		return err
	}
	if chosen && base(tag) != base(locale.OrDefault().Tag) {
		locale = i18n.LocaleFor(tag)
	}
	if region := prefs.String(prefRegion); i18n.IsRegion(region) {
		locale = i18n.LocaleFor(region)
	}
	i18n.SetLocale(locale.OrDefault())
	return speakToolkit()
}

// base is the language of a tag without its country: de of de-AT.
func base(tag string) string {
	name, _, _ := strings.Cut(tag, "-")
	return name
}

// speakToolkit has the toolkit's own texts follow, which it would take in the language of the system: the menu of a text field, the dialog that chooses a
// file.
func speakToolkit() error {
	texts, err := json.Marshal(toolkitTexts())
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(texts, lang.SystemLocale())
}

// toolkitTexts are the toolkit's texts by its own keys.
func toolkitTexts() map[string]string {
	return map[string]string{
		"Advanced": i18n.T("Advanced"), "Cancel": i18n.T("Cancel"), "Confirm": i18n.T("Confirm"), "Copy": i18n.T("Copy"), "Create Folder": i18n.T("Create Folder"),
		"Cut": i18n.T("Cut"), "Enter filename": i18n.T("Name of the file"), "Error": i18n.T("Error"), "Favourites": i18n.T("Favourites"), "File": i18n.T("File"),
		"Folder": i18n.T("Folder"), "New Folder": i18n.T("New Folder"), "No": i18n.T("No"), "OK": i18n.T("OK"), "Open": i18n.T("Open"), "Paste": i18n.T("Paste"),
		"Quit": i18n.T("Quit"), "Redo": i18n.T("Redo"), "Save": i18n.T("Save"), "Select all": i18n.T("Select All"),
		"Show Hidden Files": i18n.T("Show Hidden Files"), "Undo": i18n.T("Undo"), "Yes": i18n.T("Yes"),
		"file.name": i18n.T("Name"), "file.parent": i18n.T("Folder Above"),
	}
}

// again closes the windows, which asks about what is not saved, and opens the program anew; nil where that cannot be.
func (s *Window) again() func() {
	if s.params.Restart == nil {
		return nil
	}
	return func() { s.closeAnd(s.restart) }
}

// speech is what was chosen for the words of the windows.
func speech(prefs fyne.Preferences) settings.Speech {
	return settings.Speech{Language: prefs.String(prefLanguage), Region: prefs.String(prefRegion)}
}

// speech keeps what was chosen for the words of the windows. They are built anew when the program starts again, which the page offers.
func (s *Window) speech(of settings.Speech) {
	s.desk.Prefs.SetString(prefLanguage, of.Language)
	s.desk.Prefs.SetString(prefRegion, of.Region)
}
