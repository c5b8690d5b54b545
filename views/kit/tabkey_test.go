package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// The keyboard leaves a field of several lines as it leaves any other.
func TestTabLeavesLongText(t *testing.T) {
	for _, e := range []*Entry{NewEntry(), NewMultiLineEntry(3)} {
		if tabs, ok := fyne.Focusable(e).(fyne.Tabbable); ok && tabs.AcceptsTab() {
			t.Errorf("a field keeps Tab to itself (several lines: %v)", e.MultiLine)
		}
	}
}
