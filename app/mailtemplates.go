package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// MailTemplates are the texts of mails: those that are shipped, as the office changed them, and its own.
type MailTemplates struct{ core }

// The keys of a template's fields, as errors name them, besides those of a mail.
const (
	FieldTemplateName     = "name"
	FieldTemplateLanguage = "language"
)

// maxTemplateName is how long the name of a template may be, in characters.
const maxTemplateName = 100

// ownTemplate is what the kinds of the office's own templates begin with.
const ownTemplate = "own-"

// MailTemplate is a template as lists show it.
type MailTemplate struct {
	Kind     string
	Name     string
	Category Category
	Own      bool // the office's own, to be sent by hand
	ByHand   bool // it can be sent by hand
	Needed   bool // it cannot be switched off
	Disabled bool
	// Changed are the languages in which its text is not the shipped one, and Languages all in which it has one.
	Changed, Languages []string
	Version            int64
}

// TemplateText is the text of a template in a language.
type TemplateText struct {
	Subject, Body string
	Plain         string // the plain text where it is not made from Body
	Shipped       bool   // it is as it came with the program
}

// TemplateEdit is a template as it was edited, in one language.
type TemplateEdit struct {
	Kind     string // empty for a new one of the office's own
	Name     string // of one of its own
	Category Category
	Disabled bool
	Language string
	Subject  string
	Body     string
	Plain    string // empty: made from Body
	Version  int64  // of the template that was edited
}

// List lists all templates: the shipped ones in the order in which a client meets them, then the office's own by name.
func (s *MailTemplates) List(ctx context.Context) (all []MailTemplate, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		all, err = templatesOf(tx)
		return err
	})
	return all, err
}

func templatesOf(tx *data.Tx) ([]MailTemplate, error) {
	rows, err := tx.MailTemplates()
	if err != nil {
		return nil, err
	}
	texts, err := tx.MailTexts("")
	if err != nil {
		return nil, err
	}
	var all, own []MailTemplate
	languages := func(kind string) (changed []string) {
		for _, t := range texts {
			if t.Kind == kind {
				changed = append(changed, t.Language)
			}
		}
		return changed
	}
	for _, k := range mailKinds() {
		t := MailTemplate{Kind: k.name, Name: k.label(), Category: k.category, ByHand: k.name == welcomeMail.name, Needed: k.asked, Changed: languages(k.name)}
		t.Languages = slices.Clone(shippedLanguages)
		for _, l := range t.Changed {
			if !slices.Contains(t.Languages, l) {
				t.Languages = append(t.Languages, l)
			}
		}
		if i := slices.IndexFunc(rows, func(r data.MailTemplate) bool { return r.Kind == k.name }); i >= 0 {
			t.Disabled, t.Version = rows[i].Disabled, rows[i].Version
		}
		all = append(all, t)
	}
	for _, r := range rows {
		if strings.HasPrefix(r.Kind, ownTemplate) {
			l := languages(r.Kind)
			own = append(own, MailTemplate{
				Kind: r.Kind, Name: r.Name, Category: Category(r.Category), Own: true, ByHand: true, Disabled: r.Disabled, Changed: l, Languages: l, Version: r.Version,
			})
		}
	}
	slices.SortFunc(own, func(a, b MailTemplate) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return append(all, own...), nil
}

// shippedLanguages are those in which shipped texts are there.
var shippedLanguages = []string{"en", "de"}

// Fields are the merge fields of a template; an empty kind is a new one of the office's own.
func (s *MailTemplates) Fields(kind string) []MergeField {
	k := kindOf(kind, General)
	all := make([]MergeField, len(k.fields))
	for i, f := range k.fields {
		all[i] = MergeField{Token: "{$" + f + "}", Label: fieldLabel(f)}
	}
	return all
}

// kindOf is a shipped kind, or that of a template of the office's own.
func kindOf(name string, category Category) mailKind {
	if k, ok := kindNamed(name); ok {
		return k
	}
	k := newMessage
	k.name, k.category = name, category
	if name == "" {
		k.name = newMessage.name
	}
	return k
}

// Text reads the text of a template in a language, as a mail in that language has it: where there is none, that of the nearest language.
func (s *MailTemplates) Text(ctx context.Context, kind, language string) (t TemplateText, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		texts, err := tx.MailTexts(kind)
		if err != nil {
			return err
		}
		text, err := chooseText(texts, kindOf(kind, General), set, language)
		t = TemplateText{text.subject, text.body, text.plain, !slices.ContainsFunc(texts, func(x data.MailText) bool { return x.Language == language })}
		return err
	})
	return t, err
}

// templateText is the text of a kind for a client's language, and whether the template is switched off.
func templateText(tx *data.Tx, set Settings, kind mailKind, language string) (t mailText, off bool, err error) {
	row, err := tx.MailTemplate(kind.name)
	if errors.Is(err, data.ErrNotFound) { // nothing of it was changed
		t, err = shippedText(kind.name, language)
		return t, false, err
	}
	if err != nil {
		return t, false, err
	}
	texts, err := tx.MailTexts(kind.name)
	if err != nil {
		return t, false, err
	}
	t, err = chooseText(texts, kind, set, language)
	return t, row.Disabled && !kind.asked, err
}

// chooseText chooses the text in a language. What the office wrote goes before what is shipped, the language itself before the one without its region, and where
// neither is there, the office's language and English are what is left.
func chooseText(texts []data.MailText, kind mailKind, set Settings, language string) (mailText, error) {
	own := func(l string) (mailText, bool) {
		i := slices.IndexFunc(texts, func(t data.MailText) bool { return t.Language == l })
		if i < 0 {
			return mailText{}, false
		}
		return mailText{texts[i].Subject, texts[i].Body, texts[i].Plain}, true
	}
	_, shipped := kindNamed(kind.name)
	base, _, _ := strings.Cut(language, "-")
	for _, l := range []string{language, base, set.Language, "en"} {
		if t, ok := own(l); ok {
			return t, nil
		}
		if shipped && slices.Contains(shippedLanguages, l) {
			return shippedText(kind.name, l)
		}
	}
	if len(texts) > 0 {
		return mailText{texts[0].Subject, texts[0].Body, texts[0].Plain}, nil
	}
	return mailText{}, &Error{Code: NotFound, Message: i18n.T("This template has no text.")}
}

// text is what was typed. A plain text of blanks alone is none.
func (e *TemplateEdit) text(k mailKind) mailText {
	t := mailText{subject: oneLine(typedText(e.Subject)), body: typedText(e.Body)}
	if plain := typedText(e.Plain); strings.TrimSpace(plain) != "" {
		t.plain = strings.TrimRight(plain, " \n") + "\n"
	}
	return t.ourNames(k)
}

// tidy brings an edited template into its form, or says all that is wrong with it.
func (e *TemplateEdit) tidy(k mailKind) (mailText, error) {
	var wrong Problems
	e.Name = oneLine(typedText(e.Name))
	if k.name == newMessage.name || strings.HasPrefix(k.name, ownTemplate) {
		switch n := len([]rune(e.Name)); {
		case n == 0:
			wrong.add(FieldTemplateName, i18n.T("Enter a name."))
		case n > maxTemplateName:
			wrong.add(FieldTemplateName, i18n.T("This is longer than %d characters.", maxTemplateName))
		}
		if !slices.Contains(Categories, e.Category) {
			wrong.add(FieldMailCategory, i18n.T("Choose a category."))
		}
	} else {
		e.Name, e.Category = "", k.category
	}
	if !i18n.ValidLanguage(e.Language) {
		wrong.add(FieldTemplateLanguage, i18n.T("Choose a language."))
	}
	t := e.text(k)
	t.body = strings.TrimSpace(t.body) + "\n"
	values := map[string]string{}
	for _, f := range k.fields {
		values[f] = f
	}
	wrong = append(wrong, *outgoing{kind: k, text: t, values: values}.textProblems()...)
	return t, wrong.or()
}

// Save stores a template as it was edited and returns its kind. A field that its mails do not have is refused, with the one that may be meant. Conflict: somebody
// else changed it meanwhile.
func (s *MailTemplates) Save(ctx context.Context, e TemplateEdit) (kind string, err error) {
	if err := s.may(Configuring); err != nil {
		return "", err
	}
	k := kindOf(e.Kind, e.Category)
	t, err := e.tidy(k)
	if err != nil {
		return "", err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		kind = e.Kind
		if kind == "" {
			n, err := tx.NextNumber("mail template", 1)
			if err != nil {
				return err
			}
			kind = ownTemplate + strconv.FormatInt(n, 10)
		}
		row := data.MailTemplate{Kind: kind, Name: e.Name, Category: string(e.Category), Disabled: e.Disabled && !k.asked}
		if err := tx.SaveMailTemplate(&row, e.Version); err != nil {
			if errors.Is(err, data.ErrDuplicate) {
				err = data.ErrChanged
			}
			return err
		}
		if shipped, err := shippedText(k.name, e.Language); err == nil && strings.TrimSpace(shipped.body) == strings.TrimSpace(t.body) && shipped.subject == t.subject && t.plain == "" &&
			slices.Contains(shippedLanguages, e.Language) {
			err = tx.DeleteMailText(kind, e.Language) // as it was shipped, so that it follows the program
			if err != nil {
				return err
			}
		} else if err := tx.SetMailText(data.MailText{Kind: kind, Language: e.Language, Subject: t.subject, Body: t.body, Plain: t.plain}); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicTemplates})
		return tx.AddActivity(s.entry(actTemplateSaved, 0, templateName(row), i18n.T("Language")+": "+e.Language))
	})
	return kind, err
}

// templateName is what a template is called.
func templateName(t data.MailTemplate) string {
	if t.Name != "" {
		return t.Name
	}
	return kindOf(t.Kind, General).label()
}

// Switch switches a template off or on: of one that is off no mail is sent, and what would have been is stored as suppressed.
func (s *MailTemplates) Switch(ctx context.Context, kind string, off bool) error {
	return s.changeTemplate(ctx, kind, func(tx *data.Tx, row *data.MailTemplate) (string, error) {
		if off && kindOf(kind, General).asked {
			return "", &Error{Code: NotAllowed, Message: i18n.T("This mail answers what somebody just asked for, so it cannot be switched off.")}
		}
		row.Disabled = off
		if off {
			return i18n.T("Switched off"), nil
		}
		return i18n.T("Switched on"), nil
	})
}

// Reset gives a shipped template its shipped text again, in one language; an empty language means in all.
func (s *MailTemplates) Reset(ctx context.Context, kind, language string) error {
	if _, shipped := kindNamed(kind); !shipped {
		return &Error{Code: NotAllowed, Message: i18n.T("This template is your own: there is no shipped text.")}
	}
	return s.changeTemplate(ctx, kind, func(tx *data.Tx, _ *data.MailTemplate) (string, error) {
		return i18n.T("Text as shipped"), tx.DeleteMailText(kind, language)
	})
}

func (s *MailTemplates) changeTemplate(ctx context.Context, kind string, change func(*data.Tx, *data.MailTemplate) (details string, err error)) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		row, err := tx.MailTemplate(kind)
		if errors.Is(err, data.ErrNotFound) {
			k, shipped := kindNamed(kind)
			if !shipped {
				return err
			}
			row, err = data.MailTemplate{Kind: kind, Category: string(k.category)}, nil
		}
		if err != nil {
			return err
		}
		details, err := change(tx, &row)
		if err != nil {
			return err
		}
		if err := tx.SaveMailTemplate(&row, row.Version); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicTemplates})
		return tx.AddActivity(s.entry(actTemplateSaved, 0, templateName(row), details))
	})
}

// Delete removes a template of the office's own. Mails that were written with it stay.
func (s *MailTemplates) Delete(ctx context.Context, kind string) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		row, err := tx.MailTemplate(kind)
		if err != nil {
			return err
		}
		if _, shipped := kindNamed(kind); shipped {
			return &Error{Code: NotAllowed, Message: i18n.T("A shipped template cannot be deleted. Switch it off instead.")}
		}
		if err := tx.DeleteMailText(kind, ""); err != nil {
			return err
		}
		if err := tx.DeleteMailTemplate(kind); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicTemplates})
		return tx.AddActivity(s.entry(actTemplateDeleted, 0, row.Name, ""))
	})
}

// Preview shows a template as it is being edited as a mail to a client: with the client's values, those of the client's newest invoice where it tells of one, and
// made-up ones of what is not there yet. What is wrong with the text comes back by its fields.
func (s *MailTemplates) Preview(ctx context.Context, e TemplateEdit, clientID int64) (p Preview, err error) {
	k := kindOf(e.Kind, e.Category)
	t := e.text(k)
	err = s.read(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		about, err := exampleFor(tx, c, k, date.Today(s.now()))
		if err != nil {
			return err
		}
		values, err := about.values(tx, set, c, k, t, date.Today(s.now()))
		if err != nil {
			return err
		}
		o := outgoing{kind: k, client: c, text: t, values: values, secrets: about.secrets}
		if err := o.textProblems().or(); err != nil {
			return err
		}
		if p.Audience, err = o.audience(tx); err != nil {
			return err
		}
		r, err := t.render(k, values, about.secrets)
		p.Subject, p.Text = mask(r.subject), mask(r.text)
		if err == nil {
			p.Page, err = t.page(k, values, about.secrets)
		}
		return err
	})
	return p, err
}
