package client

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// contacts is the tab with the further persons at a client, one at a time, chosen from a list of all (CO-1 to CO-4). Where there is none, it is the blank
// form for the first one.
type contacts struct {
	d    *desk.Desk
	page *Page

	client  app.Client // as it was read last, with its contacts
	at      int64      // the contact in the form; 0 is a new one
	version int64      // of that contact, as the form began with it
	key     string     // tells this new contact from all others
	asked   bool       // somebody chose Add New, so that a blank form stays
	gone    int64      // the contact that is being deleted from here
	saving  bool
	marked  bool // the tab says that something is not saved

	keeper  *desk.Keeper
	picker  *kit.SearchSelect
	chooser *kit.Form // holds the picker
	form    *contactForm
	view    *fyne.Container
	top     *fyne.Container
	billed  *kit.Pill
	message *kit.Para
	submitB *kit.Button
	revertB *kit.Button
	deleteB *kit.Button
}

// addNew is the choice at the end of the list of contacts.
const addNew = "new"

// contactKey is the choice of a contact in the list; 0 is a new one.
func contactKey(id int64) string {
	if id == 0 {
		return addNew
	}
	return strconv.FormatInt(id, 10)
}

func newContacts(d *desk.Desk, page *Page) *contacts {
	c := &contacts{d: d, page: page, key: newKey(), form: newContactForm(), message: kit.NewPara("", theme.Danger)}
	c.form.OnSubmit, c.form.OnCancel, c.form.onEdit = c.save, func() {}, func() {
		c.tell("")
		c.mark()
	}
	c.picker = kit.NewSearchSelect(i18n.T("Add New"))
	c.chooser = kit.NewForm(kit.Group{Fields: []kit.Field{{Key: addNew, Label: i18n.T("Contact"), Wide: true, Input: c.picker}}})
	c.chooser.OnSubmit = c.save
	c.chooser.OnDirty = func(dirty bool) {
		if dirty {
			c.chooser.MarkClean() // so that the next choice is told of too
			c.choose(c.picker.Value())
		}
	}
	c.billed = kit.NewPill(app.FieldLabel(app.FieldBilling), theme.Good)
	add := kit.NewButton(i18n.T("Add New"), icons.Add, func() { c.choose(addNew) })
	beside := container.NewVBox(layout.NewSpacer(), container.New(layout.NewCustomPaddedHBoxLayout(theme.Gap), container.NewCenter(c.billed), add))
	pad := layout.NewCustomPaddedLayout(theme.Gap, 0, theme.Inset, theme.Inset)
	c.top = container.New(pad, kit.Border(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 2*theme.Unit, 0), beside), c.chooser))
	c.keeper = d.Keep(desk.Typing{
		Place: func() app.Place { return app.Place{Form: app.FormContact, Client: page.id, Of: c.at} }, About: page.name, Typed: c.kept, Bring: c.bring,
		Grown: func() { c.view.Refresh() },
	})
	c.message.Hide()
	c.submitB = kit.NewPrimary("", nil, c.save)
	c.revertB = kit.NewButton(i18n.T("Discard Changes"), nil, c.revert)
	c.revertB.Disable()
	c.deleteB = kit.NewDanger(i18n.T("Delete"), icons.Delete, c.askDelete)
	footPad := layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset, theme.Inset)
	foot := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), c.message,
		kit.NewButtons(c.deleteB, kit.NewButton(i18n.T("Import vCard…"), icons.Import, c.chooseCards), layout.NewSpacer(), c.revertB, c.submitB))
	above := container.New(&kit.Stacked{}, c.top, c.keeper.Inset())
	c.view = kit.Border(above, container.New(footPad, foot), nil, nil, c.form.pane.object)
	return c
}

func (c *contacts) title() string             { return i18n.T("Contacts") }
func (c *contacts) object() fyne.CanvasObject { return c.view }
func (c *contacts) changed(app.Change)        {}
func (c *contacts) front(on fyne.Canvas)      { c.form.FocusFirst(on) }

// stored is a contact as it was read last.
func (c *contacts) stored(id int64) (data.Contact, bool) {
	i := slices.IndexFunc(c.client.Contacts, func(k data.Contact) bool { return k.ID == id })
	if i < 0 {
		return data.Contact{}, false
	}
	return c.client.Contacts[i], true
}

// show brings what is stored into the list and the form, except over what was typed.
func (c *contacts) show(l loaded) {
	c.client = l.client
	k, there := c.stored(c.at)
	values := contactValues(app.ContactDetailsOf(k))
	switch {
	case c.at == 0 && (c.asked || c.unsaved()), c.at == 0 && len(l.client.Contacts) == 0 && c.version == blank:
		c.form.client = l.client
		c.form.notice()
	case c.at != 0 && there && c.unsaved() && c.form.contested(values):
		// the version stays the old one, so that saving finds the conflict and asks
	case c.at != 0 && there:
		c.version = k.Version
		c.form.rebase(l.client, values)
	case c.at != 0 && c.unsaved() && c.gone != c.at:
		c.orphan()
	default:
		c.first()
	}
	c.offer()
}

// blank is the version of a contact that is not stored.
const blank = -1

// first shows the first contact, or the blank form where there is none.
func (c *contacts) first() {
	if len(c.client.Contacts) > 0 {
		c.open(c.client.Contacts[0])
		return
	}
	c.blank(false)
}

// open fills a contact into the form.
func (c *contacts) open(k data.Contact) {
	c.at, c.version, c.asked = k.ID, k.Version, false
	c.fill(contactValues(app.ContactDetailsOf(k)))
}

// blank empties the form for a new contact; asked tells whether somebody wanted that.
func (c *contacts) blank(asked bool) {
	c.at, c.version, c.asked, c.key = 0, blank, asked, newKey()
	c.fill(contactValues(app.ContactDetails{}))
}

func (c *contacts) fill(values map[string]string) {
	c.form.begin(c.client, c.at, values)
	c.form.SetErrors(nil)
	c.form.pane.relayout()
	c.tell("")
	c.mark()
	c.keeper.Offer()
}

// kept is what comes back after a crash.
func (c *contacts) kept() map[string]string {
	if !c.unsaved() {
		return nil
	}
	kept := c.form.kept()
	if kept != nil {
		kept[keyOfForm], kept[keyVersion] = c.key, strconv.FormatInt(c.version, 10)
	}
	return kept
}

// bring puts back what was kept. Where somebody else stored something in the same fields since, the version is the one that was typed into.
func (c *contacts) bring(kept map[string]string) {
	c.form.bring(kept)
	if k, there := c.stored(c.at); there {
		if v, err := strconv.ParseInt(kept[keyVersion], 10, 64); err == nil && c.form.contested(contactValues(app.ContactDetailsOf(k))) {
			c.version = v
		}
	} else if kept[keyVersion] == strconv.Itoa(blank) { // else it was typed in a contact that is there no more
		c.key = kept[keyOfForm]
	}
	c.mark()
}

// reopen brings back what an earlier run left, once nothing that is typed here would be lost.
func (c *contacts) reopen(t app.Typed) {
	c.leave(func() {
		k, there := c.stored(t.Place.Of)
		if there {
			c.open(k)
		} else {
			c.blank(true)
		}
		c.offer()
		c.keeper.Bring(t)
		if !there && t.Place.Of != 0 {
			c.tell(i18n.T("Somebody else deleted this contact meanwhile. What you typed is still here: Add Contact stores it as a new one."))
		}
	})
}

// orphan keeps what was typed where somebody else deleted the contact meanwhile: as a new contact that is not saved.
func (c *contacts) orphan() {
	typed := c.form.Values()
	c.blank(true)
	c.form.SetValues(typed)
	c.form.notice()
	c.mark()
	c.tell(i18n.T("Somebody else deleted this contact meanwhile. What you typed is still here: Add Contact stores it as a new one."))
}

// offer brings the list of contacts and the buttons in step with what is shown.
func (c *contacts) offer() {
	c.picker.SetChoices(append(contactChoices(c.client.Contacts), kit.Choice{Key: addNew, Label: i18n.T("Add New")})...)
	c.chooser.SetValues(map[string]string{addNew: contactKey(c.at)})
	showIf(c.top, len(c.client.Contacts) > 0)
	showIf(c.billed, c.at != 0 && c.client.Billing().ContactID == c.at)
	showIf(c.deleteB, c.at != 0)
	words := i18n.T("Save Changes")
	if c.at == 0 {
		words = i18n.T("Add Contact")
	}
	if c.submitB.Text != words {
		c.submitB.SetText(words)
	}
	c.view.Refresh()
}

func showIf(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// choose shows another contact, or the blank form, once nothing that was typed would be lost.
func (c *contacts) choose(key string) {
	id, _ := strconv.ParseInt(key, 10, 64) // 0 for a new one
	if key == "" || id == c.at && (id != 0 || c.unsaved()) {
		c.offer() // the list says what is shown
		return
	}
	c.offer()
	c.leave(func() {
		if k, there := c.stored(id); there {
			c.open(k)
			c.offer()
			return
		}
		c.blank(true)
		c.offer()
		c.form.FocusFirst(c.d.Canvas())
	})
}

// find opens the list of contacts, in which typing searches.
func (c *contacts) find() {
	if len(c.client.Contacts) > 0 {
		c.d.Canvas().Focus(c.picker.Focus())
	}
}

// unsaved tells whether something was typed that is not saved.
func (c *contacts) unsaved() bool { return c.form.began != nil && c.form.unsaved() }

// mark shows on the tab and the buttons whether something is not saved, and has it kept.
func (c *contacts) mark() {
	on := c.unsaved()
	c.keeper.Follow(on)
	if on == c.marked {
		return
	}
	c.marked = on
	enable(c.revertB, on)
	title := c.title()
	if on {
		title = i18n.T("%s (not saved)", title)
	}
	c.page.retitle(c, title)
}

// revert puts back what is stored.
func (c *contacts) revert() {
	if k, there := c.stored(c.at); there {
		c.open(k)
	} else {
		c.first()
	}
	c.offer()
}

// tell shows what is wrong with the form as a whole; nothing takes it away.
func (c *contacts) tell(words string) {
	if words == c.message.Text() {
		return
	}
	c.message.Set(words, theme.Danger)
	showIf(c.message, words != "")
	c.view.Refresh()
}

// name is how the contact in the form is called, as it is stored.
func (c *contacts) name() string {
	if k, there := c.stored(c.at); there {
		return fullName(k.FirstName, k.LastName, k.Company)
	}
	return i18n.T("the new contact")
}
