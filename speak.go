package main

import (
	"log/slog"
	"os"

	"clientele/app/folder"
	"clientele/app/i18n"
)

// speak has a command, and what is said before the window opens, speak the language of the system where it is translated. How dates, numbers and money are
// written stays the same everywhere, as other programs may read them. The window chooses for itself.
func speak() {
	written := i18n.CurrentLocale()
	if tag := spoken().Tag; i18n.HasTexts(tag) {
		if err := i18n.SetLanguage(tag); err != nil {
			slog.Warn("language", "error", err)
		}
	}
	i18n.SetLocale(written)
}

// speakAlso does the same with the languages whose files lie in the data folder.
func speakAlso(f *folder.Folder) {
	loadLanguages(f)
	speak()
}

// loadLanguages reads the translations in the data folder, and answers what is wrong with those that were refused, by the names of their files.
func loadLanguages(f *folder.Folder) map[string]error {
	faults := i18n.LoadFolder(os.DirFS(f.Languages()))
	for name, fault := range faults {
		slog.Warn("a translation was refused", "file", name, "error", fault)
	}
	return faults
}

// spoken is the language of the system.
func spoken() i18n.Locale { return i18n.ParseLocale(fromEnvironment("LC_ALL", "LC_MESSAGES", "LANG")) }

// fromEnvironment is the first of some variables that is set: they tell the system's language, and how the person writes dates and numbers.
func fromEnvironment(names ...string) string {
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}
