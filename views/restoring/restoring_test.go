package restoring

import (
	"strings"
	"testing"

	"clientele/app"
)

// What is in a backup, and what it replaces, is counted as people count: one of something is not many. Where there is nothing yet, nothing is said to be replaced.
func TestBackupIsCountedInWords(t *testing.T) {
	m := app.Manifest{Clients: 55, Invoices: 1, Transactions: 2}
	got := strings.Join(words(m, here{clients: 1, invoices: 60}), "\n")
	for _, want := range []string{"It holds 55 clients, one invoice and 2 transactions.", "Here there are one client and 60 invoices now."} {
		if !strings.Contains(got, want) {
			t.Errorf("it says %s", got)
		}
	}
	if got := strings.Join(words(m, here{}), "\n"); strings.Contains(got, "replaced") {
		t.Errorf("where there is nothing it says %s", got)
	}
}
