// Command probe opens a window of the toolkit that holds nothing of the program's: what the program's own window is measured against.
//
//	probe          one label
//	probe -texts N N texts, which all change with each key; with none of them, one rectangle changes its colour
//	probe -caret   a page of texts below a field that has the keyboard
package main

import (
	"flag"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	texts := flag.Int("texts", -1, "how many texts change with each key")
	caret := flag.Bool("caret", false, "show a field that has the keyboard")
	flag.Parse()
	app.SetMetadata(fyne.AppMetadata{ID: "app.clientele.probe", Migrations: map[string]bool{"fyneDo": true}})
	a := app.NewWithID("app.clientele.probe")
	w := a.NewWindow("Probe")
	w.SetContent(widget.NewLabel("probe probe probe probe probe probe probe probe probe probe"))
	if *texts >= 0 {
		w.SetContent(changing(w.Canvas(), *texts))
	}
	if *caret {
		field := widget.NewEntry()
		w.SetContent(container.NewBorder(field, nil, nil, nil, changing(w.Canvas(), page)))
		w.Canvas().Focus(field)
	}
	w.Resize(fyne.NewSize(1280, 800))
	w.CenterOnScreen()
	w.ShowAndRun()
}

// page is how many texts a page of the program's list has.
const page = 160

// changing shows something else with each key.
func changing(c fyne.Canvas, n int) fyne.CanvasObject {
	colours := []color.Color{color.NRGBA{R: 0xff, A: 0xff}, color.NRGBA{B: 0xff, A: 0xff}}
	mark := canvas.NewRectangle(colours[0])
	grid := container.NewGridWithColumns(8)
	var texts []*canvas.Text
	for i := range n {
		texts = append(texts, canvas.NewText("probe "+strconv.Itoa(i), color.White))
		grid.Add(texts[i])
	}
	at := 0
	c.SetOnTypedRune(func(rune) {
		at++
		mark.FillColor = colours[at%2]
		mark.Refresh()
		for i, t := range texts {
			t.Text = "probe " + strconv.Itoa(at*n+i)
			t.Refresh()
		}
	})
	return container.NewGridWithRows(2, mark, grid)
}
