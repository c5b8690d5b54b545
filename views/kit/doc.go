// Package kit holds the widgets of which every window is made. They know
// nothing of clients: they are given words, rows and functions.
//
// The grid, the form and the dialog are our own because the toolkit's do not do
// what an office needs: a table whose rows are chosen and opened from the
// keyboard and which is cheap to draw anew at each key stroke, a form that says
// in words what is wrong with which field, a dialog that stays open when what it
// was to do has failed.
//
// Everything here is called on the UI thread. Nothing here moves or polls while
// the window is idle.
package kit
