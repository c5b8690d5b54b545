package views

import (
	"fyne.io/fyne/v2"

	"clientele/views/desk"
	"clientele/views/task"
)

// Stage is the window's inside without a person: for pictures of it and for tests.
type Stage struct{ window *Window }

// NewStage builds the window's inside on a window of any driver. It shows the office, or the first-start questions where none is set up.
func NewStage(w fyne.Window, run *task.Runner, p Params, prefs fyne.Preferences, setUp bool) *Stage {
	s := newWindow(w, run, p, prefs)
	if setUp {
		s.office()
	} else {
		s.wizard()
	}
	return &Stage{s}
}

// Navigator leads to the pages.
func (s *Stage) Navigator() desk.Navigator { return s.window }

// Current is the page in sight.
func (s *Stage) Current() desk.Page { return s.window.current() }

// Palette opens the palette.
func (s *Stage) Palette() { s.window.palette.Show() }

// Section shows a section of the rail by its key: "transactions", "services".
func (s *Stage) Section(key string) { s.window.Go(key) }

// Log shows the activity log of all clients.
func (s *Stage) Log() { s.window.Log() }

// Duplicates shows the list of likely duplicates.
func (s *Stage) Duplicates() { s.window.Duplicates() }

// Desk is what the pages of the window stand on.
func (s *Stage) Desk() *desk.Desk { return s.window.desk }
