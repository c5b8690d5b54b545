// Command probe opens an empty window of the toolkit: what the program's own window is measured against.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	app.SetMetadata(fyne.AppMetadata{ID: "app.clientele.probe", Migrations: map[string]bool{"fyneDo": true}})
	a := app.NewWithID("app.clientele.probe")
	w := a.NewWindow("Probe")
	w.SetContent(widget.NewLabel("probe probe probe probe probe probe probe probe probe probe"))
	w.Resize(fyne.NewSize(1280, 800))
	w.ShowAndRun()
}
