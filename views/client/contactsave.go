package client

import (
	"context"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/task"
)

// leave asks where something was typed that is not saved.
func (c *contacts) leave(proceed func()) {
	if !c.unsaved() {
		proceed()
		return
	}
	words := i18n.T("The contact %s has changes that are not saved.", c.name())
	if c.at == 0 {
		words = i18n.T("The new contact is not saved.")
	}
	kit.AskUnsaved(c.d.Canvas(), words, func(done func(error)) {
		c.submit(func() { done(nil) }, proceed)
	}, func() {
		c.revert()
		proceed()
	})
}

// save stores the form, as the button and Ctrl+S do.
func (c *contacts) save() { c.submit(func() {}, func() {}) }

// submit stores the form. over is called when the outcome is known and before it is shown, saved after it was stored.
func (c *contacts) submit(over, saved func()) {
	if c.saving || c.form.began == nil {
		over()
		return
	}
	if c.at != 0 && !c.unsaved() {
		over()
		c.d.Say(i18n.T("Everything is saved already."))
		saved()
		return
	}
	values, id, version, key := c.form.Values(), c.at, c.version, c.key
	details := contactOf(values)
	c.setSaving(true)
	c.tell("")
	c.d.Run.Task(c.submitB.Text, func(ctx context.Context, _ *task.Progress) (err error) {
		if id != 0 {
			return c.d.App.Contacts.Update(ctx, id, version, details)
		}
		id, err = c.d.App.Contacts.Add(ctx, c.page.id, app.NewContact{ContactDetails: details, Key: key})
		return err
	}, func(err error) {
		c.setSaving(false)
		over()
		c.ended(id, values, err, saved)
	})
}

// ended shows what became of saving.
func (c *contacts) ended(id int64, values map[string]string, err error, saved func()) {
	switch {
	case err == nil:
		added := c.at == 0
		c.at, c.asked = id, false
		c.form.begin(c.client, id, values)
		words := i18n.T("The contact was saved.")
		if added {
			words = i18n.T("The contact was added.")
		}
		c.d.Say(words)
		c.mark()
		c.page.reload()
		saved()
	case app.CodeOf(explainedChange(err)) == app.Conflict:
		c.conflict(saved)
	case app.CodeOf(explainedChange(err)) == app.NotFound && c.at != 0:
		c.page.reload() // which keeps what was typed
	default:
		c.tell(c.form.fail(err, nil))
		c.mark()
	}
}

func (c *contacts) setSaving(on bool) {
	c.saving = on
	enable(c.submitB, !on)
	enable(c.deleteB, !on)
}

// conflict is what happens where somebody else changed the contact since the form began with it: it says what they changed, keeps what was typed, and
// asks. saved is called once the form is stored after all.
func (c *contacts) conflict(saved func()) {
	task.NewLoader[loaded](c.d.Run).Load(c.page.read, func(l loaded, err error) {
		if err != nil {
			c.tell(app.Explain(err))
			return
		}
		c.client = l.client
		k, there := c.stored(c.at)
		if !there {
			c.show(l)
			return
		}
		stored := contactValues(app.ContactDetailsOf(k))
		again := func() {
			c.version = k.Version
			c.form.rebase(l.client, stored)
			c.submit(func() {}, saved)
		}
		theirs := c.form.theirs(stored, contactLabel, l.looks.words)
		if len(theirs) == 0 {
			again() // they changed nothing that the form holds, so nothing of theirs is overwritten
			return
		}
		askConflict(c.d, i18n.T("Somebody else changed this contact"), theirs, again, func() {
			c.open(k)
			c.offer()
			c.page.reload()
		})
	})
}

func contactLabel(key string) string {
	if key == app.FieldCategory {
		return i18n.T("Email Notifications")
	}
	return label(key, nil)
}

// askDelete lists what deleting the contact means, and deletes it where that is wanted (CO-4, CO-6).
func (c *contacts) askDelete() {
	if !c.d.Allowed(app.Deleting) {
		return
	}
	k, there := c.stored(c.at)
	if !there || c.saving {
		return
	}
	name := fullName(k.FirstName, k.LastName, k.Company)
	kit.Confirm(c.d.Canvas(), i18n.T("Delete the contact %s?", name), c.consequences(k), i18n.T("Delete Contact"), true, func(done func(error)) {
		var undo int64
		c.gone = k.ID
		c.d.Run.Task(i18n.T("Delete Contact"), func(ctx context.Context, _ *task.Progress) (err error) {
			undo, err = c.d.App.Contacts.Delete(ctx, k.ID)
			return err
		}, func(err error) {
			done(explained(err))
			if err != nil {
				c.gone = 0
				return
			}
			c.d.Deleted(i18n.T("Contact deleted."), undo)
			c.page.reload()
		})
	})
}

// consequences are what deleting a contact means.
func (c *contacts) consequences(k data.Contact) []string {
	name := fullName(k.FirstName, k.LastName, k.Company)
	lines := []string{i18n.T("%s <%s> is taken from this client.", name, k.Email)}
	d := app.ContactDetailsOf(k)
	if !d.GetsNothing() {
		var kinds []string
		for _, x := range app.Categories {
			if d.Gets[x] {
				kinds = append(kinds, app.CategoryName(x))
			}
		}
		lines = append(lines, i18n.T("They get no more copies of these emails: %s.", strings.Join(kinds, ", ")))
	}
	if c.client.Billing().ContactID == k.ID {
		who := fullName(c.client.FirstName, c.client.LastName, c.client.Company)
		lines = append(lines, i18n.T("This is the Default Billing Contact. Invoices will again be addressed to the client, %s.", who))
	}
	if c.unsaved() {
		lines = append(lines, i18n.T("What you typed here and did not save is lost."))
	}
	return append(lines, i18n.T("This can be undone for %d days.", int(app.UndoLife.Hours()/24)))
}
