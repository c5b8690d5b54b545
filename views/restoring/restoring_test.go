package restoring

import (
	"strings"
	"testing"

	"clientele/app"
)

// What is in a backup is counted as people count: one of something is not many.
func TestBackupIsCountedInWords(t *testing.T) {
	got := strings.Join(words(app.Manifest{Clients: 55, Invoices: 1, Transactions: 2}), "\n")
	if !strings.Contains(got, "It holds 55 clients, one invoice and 2 transactions.") {
		t.Errorf("it says %s", got)
	}
}
