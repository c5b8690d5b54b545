package clientarea

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// detailsBody is the form of a client's own details.
type detailsBody struct {
	Version  int64
	Fields   []field
	Wants    ticks
	Password field
	Custom   []factLine
}

// factLine is something that is shown and cannot be changed here.
type factLine struct{ Label, Value string }

func detailsForm(p page, d app.OwnDetails) detailsBody {
	locked := func(key string) bool { return slices.Contains(d.Locked, key) }
	b := detailsBody{Version: d.Version}
	for _, key := range app.OwnFields() {
		if key == app.FieldCategory {
			continue
		}
		f := p.textField(key, d.Values[key], true)
		if key == app.FieldLanguage {
			f.Options = languages(d.Values[key])
		}
		if f.Locked = locked(key); f.Locked {
			f.Hint = p.T("Write to us to change this.")
		}
		b.Fields = append(b.Fields, f)
	}
	b.Wants = p.categoryTicks(p.T("Mails that you get"), "", d.Wants, locked(app.FieldCategory))
	b.Password = field{
		Key: app.FieldCurrent, Label: p.T("Current password"), Type: "password", Autocomplete: "current-password", Max: 256,
		Hint: p.T("Needed for another email address only. The old address is told of it."),
	}
	for _, c := range d.Custom {
		b.Custom = append(b.Custom, factLine{c.Field.Name, customValue(p, c)})
	}
	return b
}

func languages(chosen string) (all []option) {
	for _, l := range i18n.Languages() {
		all = append(all, option{l.Tag, l.Name, l.Tag == chosen})
	}
	return all
}

// customValue writes the value of a custom field as people read it.
func customValue(p page, c app.CustomDetail) string {
	switch c.Field.Kind {
	case data.FieldTick:
		return p.T("yes")
	case data.FieldDate:
		if d, err := date.Parse(c.Value); err == nil {
			return p.day(d)
		}
	}
	return c.Value
}

func (s *Server) detailsPage(v *visit) {
	d, err := s.app.ClientArea.Details(v.r.Context(), *v.visitor)
	if err != nil {
		s.fail(v, err)
		return
	}
	s.show(v, "details", v.page.T("My details"), detailsForm(v.page, d))
}

func (s *Server) changeDetails(v *visit) {
	d, err := s.app.ClientArea.Details(v.r.Context(), *v.visitor)
	if err != nil {
		s.fail(v, err)
		return
	}
	for _, key := range app.OwnFields() { // these and no others, whatever was sent
		switch {
		case slices.Contains(d.Locked, key):
		case key == app.FieldCategory:
			d.Wants = v.wants()
		default:
			d.Values[key] = v.typed(key)
		}
	}
	d.Version, _ = strconv.ParseInt(v.r.PostFormValue("version"), 10, 64) // what is no number is no version that there is
	err = s.app.ClientArea.ChangeDetails(v.r.Context(), *v.visitor, d, v.r.PostFormValue(app.FieldCurrent))
	switch {
	case err == nil:
		v.redirect("/details?done=saved")
	case errors.Is(err, app.ErrNoSession):
		s.toLogin(v)
	case app.ProblemsOf(err) == nil:
		s.fail(v, err)
	default:
		b := detailsForm(v.page, d)
		v.page.Problem = v.page.mend(err, append(pointers(b.Fields), &b.Password)...)
		s.write(v, http.StatusUnprocessableEntity, "details", v.page.T("My details"), b)
	}
}
