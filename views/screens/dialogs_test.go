package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views"
	"clientele/views/client"
)

// keyed begins what is a key instead of a button.
const keyed = "key:"

// press presses what is called that, in what lies over the page or else on it.
func press(c fyne.Canvas, name string) error {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(fyne.Tappable); ok && o.Visible() {
			if n, ok := o.(fyne.Accessible); ok && n.AccessibilityLabel() == i18n.Text(name) {
				b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(8, 8)})
				return nil
			}
		}
	}
	return fmt.Errorf("there is no %q", name)
}

// dialogs are the dialogs, the menus and the editors, each from what was in sight before it.
func dialogs(t *testing.T, a *app.App, stage *views.Stage, c fyne.Canvas, run interface{ Advance(time.Duration) }, shown int64) []scene {
	t.Helper()
	pages := stage.Navigator()
	draft, published, err := billed(context.Background(), a, shown)
	if err != nil {
		t.Fatal(err)
	}
	front := func() *client.Page { return stage.Current().(*client.Page) }
	then := func(first func(), names ...string) func() {
		return func() {
			first()
			run.Advance(time.Second)
			for _, n := range names {
				if k, ok := strings.CutPrefix(n, keyed); ok {
					if f := c.Focused(); f != nil {
						f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(k)})
					}
				} else if err := press(c, n); err != nil {
					t.Error(err)
				}
				run.Advance(time.Second)
			}
		}
	}
	tab := func(n int) func() {
		return func() { pages.Client(shown); _ = press(c, "Discard"); run.Advance(time.Second); front().Tab(n) }
	}
	set := func(n string) func() { return func() { pages.Settings(n) } }
	return []scene{
		{"card", func() { pages.Client(shown); run.Advance(time.Second); front().ManageCard() }},
		{"generate", func() { pages.Client(shown); run.Advance(time.Second); front().GenerateInvoices() }},
		{"add-credit", then(func() { front().ManageCredits() }, "Add Credit")},
		{"remove-credit", then(func() { front().ManageCredits() }, "Remove Credit")},
		{"delete-entry", then(func() { front().ManageCredits() }, keyed+"Down", "Delete Entry…")},
		{"merge-pick", func() { front().MergeClients() }},
		{"contact-delete", then(tab(3), "Delete")},
		{"contact", then(tab(3), "Add New")},
		{"add-service", then(tab(4), "Add Service…")},
		{"edit-service", then(tab(4), keyed+"Down", "Edit…")},
		{"service-due", then(tab(4), "Due any day")},
		{"add-transaction", then(tab(6), "Add Transaction…")},
		{"edit-transaction", then(tab(6), keyed+"Down", "Edit…")},
		{"delete-transaction", then(tab(6), keyed+"Down", "Delete…")},
		{"upload", then(tab(7), "Upload…")},
		{"rename", then(tab(7), keyed+"Down", "Rename…")},
		{"file-delete", then(tab(7), keyed+"Down", "Delete")},
		{"mail-open", then(tab(8), keyed+"Down", "Open")},
		{"mail-write", then(tab(8), "Write Email", "Preview")},
		{"note-edit", then(tab(9), keyed+"Down", "Edit")},
		{"note-delete", then(tab(9), "Delete")},
		{"log-export", then(tab(10), "Export…")},
		{"status-menu", then(tab(1), "Change Status")},
		{"access", then(tab(1), "Reset & send password")},
		{"statement-email", then(func() { tab(1)(); run.Advance(time.Second); front().AccountStatement() }, "Email Statement…")},
		{"clients-created", then(pages.Clients, "Created")},
		{"clients-country", then(pages.Clients, "Country")},
		{"clients-export", then(pages.Clients, "Export")},
		{"refund", then(func() { pages.Invoice(published) }, "Refund…")},
		{"apply-credit", then(func() { pages.Invoice(published) }, "Apply Credit…")},
		{"invoice-more", then(func() { pages.Invoice(published) }, "More")},
		{"invoice-mail", then(func() { pages.Invoice(published) }, "Email Invoice…")},
		{"publish", then(func() { pages.Invoice(draft) }, "Publish…")},
		{"draft-delete", then(func() { pages.Invoice(draft) }, "Delete Draft")},
		{"new-invoice", then(pages.Invoices, "New Invoice…")},
		{"invoices-due", then(pages.Invoices, "Due")},
		{"transactions-sums", then(func() { stage.Section("transactions") }, "Any day")},
		{"transactions-method", then(func() { stage.Section("transactions") }, "Any method")},
		{"daily", then(func() { stage.Section("daily") }, "Run Today's Tasks")},
		{"daily-reports", then(func() { stage.Section("daily") }, "Reports")},
		{"mail-new", then(func() { pages.Mail() }, "New Message…")},
		{"mail-many", then(func() { pages.Mail() }, "Mails to Many…")},
		{"field", then(set("fields"), "Add Field")},
		{"field-delete", then(set("fields"), keyed+"Down", "Delete")},
		{"template", then(set("templates"), keyed+"Down", "Edit")},
		{"template-add", then(set("templates"), "Back", "Add Template")},
		{"sheet", then(set("cards"), "Save Recovery Sheet…")},
		{"hash-off", then(set("cards"), "Take the Hash off This Machine…")},
		{"hash", then(set("cards"), "Change the Hash…")},
		{"old-cards", then(set("cards"), "Backups with Old Cards…")},
		{"group", then(set("groups"), "Add Group")},
		{"group-edit", then(set("groups"), keyed+"Down", "Edit")},
		{"group-delete", then(set("groups"), keyed+"Down", "Delete")},
		{"server", then(set("sharing"), "Move to a Server…")},
		{"next-number", then(set("invoices"), "Change…")},
		{"logo", then(set("invoices"), "Choose a Picture…")},
		{"product", then(set("products"), "Add Product")},
		{"product-edit", then(set("products"), keyed+"Down", "Edit")},
		{"product-delete", then(set("products"), keyed+"Down", "Delete")},
		{"tax", then(set("taxes"), "Add Tax")},
		{"tax-delete", then(set("taxes"), keyed+"Down", "Delete")},
		{"tax-how", then(set("taxes"), "Change…")},
		{"restore", then(set("backups"), keyed+"Down", "Restore…")},
		{"backup-delete", then(set("backups"), keyed+"Down", "Delete")},
		{"backup-save", then(set("backups"), "Save to a File…")},
		{"export-all", then(set("backups"), "Export Everything…")},
		{"lock", set("lock")},
		{"twins", then(stage.Duplicates, "Merge Client Accounts…")},
	}
}
