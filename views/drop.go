package views

import (
	"fyne.io/fyne/v2"

	"clientele/views/kit"
)

// dropped gives files that were dropped onto the window to the page in sight, where it takes any, and otherwise opens the first one as an import.
func (s *Window) dropped(uris []fyne.URI) {
	if len(uris) == 0 || kit.DialogOpen() {
		return
	}
	if page, ok := s.current().(interface{ Dropped(paths []string) }); ok {
		page.Dropped(pathsOf(uris))
		return
	}
	s.importFile(uris[0].Path())
}

func pathsOf(uris []fyne.URI) []string {
	paths := make([]string, len(uris))
	for i, u := range uris {
		paths[i] = u.Path()
	}
	return paths
}
