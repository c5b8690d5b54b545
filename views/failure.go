package views

import (
	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/i18n"
	"clientele/assets"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/theme"
)

// ShowFailure tells in a window of its own why the program cannot start, for those who started it with a click and see no terminal. It returns when
// the window is closed.
func ShowFailure(words string) {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: ID, Name: "Clientele", Migrations: map[string]bool{"fyneDo": true}})
	a := fyneapp.NewWithID(ID)
	a.SetIcon(assets.Icon)
	a.Settings().SetTheme(theme.New(lookOf(a.Preferences())))
	w := a.NewWindow("Clientele")
	w.SetContent(failure(words, a.Quit))
	w.Resize(fyne.NewSize(560, 280))
	w.CenterOnScreen()
	w.ShowAndRun()
}

// failure is what the window says.
func failure(words string, leave func()) fyne.CanvasObject {
	end := kit.NewPrimary(i18n.T("Close"), icons.Close, leave)
	return container.New(layout.NewCustomPaddedLayout(theme.Inset, theme.Inset, theme.Inset, theme.Inset),
		kit.Border(nil, container.NewHBox(layout.NewSpacer(), end), nil, nil,
			kit.NewErrorState(i18n.T("Clientele cannot open the data"), words, "", nil)))
}
