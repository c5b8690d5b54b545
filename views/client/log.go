package client

import (
	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/activity"
	"clientele/views/desk"
)

// log is the tab with everything that was done to a client (SU-5), newest first. It is read when the tab is first looked at.
type log struct{ list *activity.List }

func newLog(d *desk.Desk, id int64) *log { return &log{activity.NewList(d, id)} }

func (l *log) title() string             { return i18n.T("Log") }
func (l *log) object() fyne.CanvasObject { return l.list.Object() }
func (l *log) show(loaded)               {}
func (l *log) front(c fyne.Canvas)       { l.list.Show(c) }
func (l *log) changed(c app.Change)      { l.list.Changed(c) }
