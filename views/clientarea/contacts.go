package clientarea

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/data"
)

// contactLine is a contact of the list.
type contactLine struct{ Path, Name, Email, Gets string }

func (s *Server) contacts(v *visit) {
	all, err := s.app.ClientArea.Contacts(v.r.Context(), *v.visitor)
	if err != nil {
		s.fail(v, err)
		return
	}
	p := v.page
	var lines []contactLine
	for _, c := range all {
		d := app.ContactDetailsOf(c)
		var gets []string
		for _, k := range app.Categories {
			if d.Gets[k] {
				gets = append(gets, p.categoryName(k))
			}
		}
		line := contactLine{contactPath(c.ID), contactName(c), c.Email, p.T("Gets no mails")}
		if len(gets) > 0 {
			line.Gets = p.T("Gets: %s", strings.Join(gets, ", "))
		}
		lines = append(lines, line)
	}
	s.show(v, "contacts", p.T("Contacts"), lines)
}

func contactPath(id int64) string { return "/contacts/" + strconv.FormatInt(id, 10) }

func contactName(c data.Contact) string { return strings.TrimSpace(c.FirstName + " " + c.LastName) }

// contactBody is the form of a contact.
type contactBody struct {
	Version           int64
	Key, Save, Delete string
	Fields            []field
	Gets              ticks
}

// contactFields are the fields of the form, in their order; the first ones are required.
var contactFields = []string{
	app.FieldFirstName, app.FieldLastName, app.FieldEmail, app.FieldCompany, app.FieldPhone, app.FieldTaxID, app.FieldAddress1, app.FieldAddress2, app.FieldPostcode,
	app.FieldCity, app.FieldState, app.FieldCountry,
}

const requiredFields = 3

// contactValue is where the value of a field is.
func contactValue(d *app.ContactDetails, key string) *string {
	return map[string]*string{
		app.FieldFirstName: &d.FirstName, app.FieldLastName: &d.LastName, app.FieldCompany: &d.Company, app.FieldEmail: &d.Email, app.FieldPhone: &d.Phone,
		app.FieldTaxID: &d.TaxID, app.FieldAddress1: &d.Address1, app.FieldAddress2: &d.Address2, app.FieldPostcode: &d.Postcode, app.FieldCity: &d.City,
		app.FieldState: &d.State, app.FieldCountry: &d.Country,
	}[key]
}

func contactForm(p page, d app.ContactDetails) contactBody {
	b := contactBody{Save: p.T("Save"), Gets: p.categoryTicks(p.T("Gets copies of these mails"), p.T("Without a tick the contact gets no mails."), d.Gets, false)}
	for i, key := range contactFields {
		f := p.textField(key, *contactValue(&d, key), false)
		if f.Required = i < requiredFields; !f.Required {
			f.Optional = p.T("(optional)")
		}
		b.Fields = append(b.Fields, f)
	}
	return b
}

// typedContact reads the form: these fields and no others, whatever was sent.
func (v *visit) typedContact() app.ContactDetails {
	d := app.ContactDetails{Gets: v.wants()}
	for _, key := range contactFields {
		*contactValue(&d, key) = v.typed(key)
	}
	return d
}

func (s *Server) newContactPage(v *visit) {
	b := contactForm(v.page, app.ContactDetails{})
	b.Save, b.Key = v.page.T("Add the contact"), formKey()
	s.show(v, "contact", v.page.T("New contact"), b)
}

// formKey tells two presses of a button from two contacts.
func formKey() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// pressed is the key of the form that was sent, of this client alone.
func (v *visit) pressed() string {
	key := v.r.PostFormValue("key")
	if len(key) != 32 {
		return ""
	}
	return "area " + strconv.FormatInt(v.visitor.Client.ID, 10) + " " + key
}

func (s *Server) addContact(v *visit) {
	d := v.typedContact()
	_, err := s.app.ClientArea.AddContact(v.r.Context(), *v.visitor, app.NewContact{ContactDetails: d, Key: v.pressed()})
	b := contactForm(v.page, d)
	b.Save, b.Key = v.page.T("Add the contact"), v.r.PostFormValue("key")
	s.contactSaved(v, v.page.T("New contact"), b, err)
}

func (s *Server) contactPage(v *visit) {
	c, err := s.app.ClientArea.Contact(v.r.Context(), *v.visitor, v.number("id"))
	if err != nil {
		s.fail(v, err)
		return
	}
	b := contactForm(v.page, app.ContactDetailsOf(c))
	b.Version, b.Delete = c.Version, contactPath(c.ID)+"/delete"
	s.show(v, "contact", contactName(c), b)
}

func (s *Server) changeContact(v *visit) {
	id := v.number("id")
	c, err := s.app.ClientArea.Contact(v.r.Context(), *v.visitor, id)
	if err != nil {
		s.fail(v, err)
		return
	}
	version, _ := strconv.ParseInt(v.r.PostFormValue("version"), 10, 64) // what is no number is no version that there is
	d := v.typedContact()
	err = s.app.ClientArea.ChangeContact(v.r.Context(), *v.visitor, id, version, d)
	b := contactForm(v.page, d)
	b.Version, b.Delete = version, contactPath(id)+"/delete"
	s.contactSaved(v, contactName(c), b, err)
}

// contactSaved shows the list where all went well, and else the form with what is wrong.
func (s *Server) contactSaved(v *visit, title string, b contactBody, err error) {
	switch {
	case err == nil:
		v.redirect("/contacts?done=contact")
	case app.ProblemsOf(err) == nil || app.CodeOf(err) == app.NotFound:
		s.fail(v, err)
	default:
		v.page.Problem = v.page.mend(err, pointers(b.Fields)...)
		s.write(v, http.StatusUnprocessableEntity, "contact", title, b)
	}
}

func pointers(fields []field) []*field {
	all := make([]*field, len(fields))
	for i := range fields {
		all[i] = &fields[i]
	}
	return all
}

// confirmBody asks before something goes.
type confirmBody struct{ Text, Do, Back string }

func (s *Server) deleteContactPage(v *visit) {
	c, err := s.app.ClientArea.Contact(v.r.Context(), *v.visitor, v.number("id"))
	if err != nil {
		s.fail(v, err)
		return
	}
	p := v.page
	s.show(v, "confirm", p.T("Delete this contact?"), confirmBody{p.T("%s gets no mails from us any more.", contactName(c)), p.T("Delete"), contactPath(c.ID)})
}

func (s *Server) deleteContact(v *visit) {
	if err := s.app.ClientArea.RemoveContact(v.r.Context(), *v.visitor, v.number("id")); err != nil {
		s.fail(v, err)
		return
	}
	v.redirect("/contacts?done=deleted")
}
