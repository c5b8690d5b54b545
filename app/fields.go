package app

import (
	"context"
	"slices"
	"strings"

	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/data"
)

// Fields are the custom fields that the office added to its clients (CL-13).
type Fields struct{ core }

// FieldKinds are all kinds, in the order in which they are offered.
var FieldKinds = []data.FieldKind{data.FieldText, data.FieldNumber, data.FieldDate, data.FieldTick, data.FieldChoice, data.FieldLink, data.FieldLong}

// FieldKindName is what a kind is called, in the person's language.
func FieldKindName(k data.FieldKind) string {
	switch k {
	case data.FieldNumber:
		return i18n.T("Numeric")
	case data.FieldDate:
		return i18n.T("Date")
	case data.FieldTick:
		return i18n.T("Tick box")
	case data.FieldChoice:
		return i18n.T("Choice")
	case data.FieldLink:
		return i18n.T("Link")
	case data.FieldLong:
		return i18n.T("Long text")
	}
	return i18n.T("Text")
}

// List reads all custom fields in the order in which they are shown.
func (s *Fields) List(ctx context.Context) (fs []data.CustomField, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		fs, err = tx.CustomFields()
		return err
	})
	return fs, err
}

// Save adds a field whose ID is 0, or changes the one that has it, and returns its number. The kind of a field that clients have values in is
// fixed.
func (s *Fields) Save(ctx context.Context, f data.CustomField) (int64, error) {
	if err := s.may(Configuring); err != nil {
		return 0, err
	}
	f.Name, f.Help = strings.TrimSpace(f.Name), strings.TrimSpace(f.Help)
	var wrong Problems
	if f.Name == "" {
		wrong.add("name", i18n.T("Enter a name for the field."))
	} else if fault := importing.City.Fault(f.Name); fault != "" {
		wrong.add("name", fault)
	}
	if fault := importing.Address1.Fault(f.Help); fault != "" {
		wrong.add("help", fault)
	}
	if !slices.Contains(FieldKinds, f.Kind) {
		wrong.add("kind", i18n.T("Choose what the field holds."))
	}
	var options []string
	for _, o := range strings.Split(f.Options, "\n") {
		if o = strings.TrimSpace(o); o != "" && !slices.Contains(options, o) {
			options = append(options, o)
		}
	}
	f.Options = strings.Join(options, "\n")
	if f.Kind == data.FieldChoice && len(options) < 2 {
		wrong.add("options", i18n.T("Enter at least two choices, one a line."))
	}
	if fault := importing.Notes.Fault(f.Options); fault != "" {
		wrong.add("options", fault)
	}
	if err := wrong.or(); err != nil {
		return 0, err
	}
	err := s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		all, err := tx.CustomFields()
		if err != nil {
			return err
		}
		for _, was := range all {
			if was.ID != f.ID || was.Kind == f.Kind {
				continue
			}
			n, err := tx.CustomFieldUses(f.ID)
			if err != nil {
				return err
			}
			if n > 0 {
				return Problems{{Code: NotAllowed, Field: "kind", Message: i18n.N(n, "One client has a value here, so the kind is fixed. Add another field instead.", "%d clients have values here, so the kind is fixed. Add another field instead.")}}
			}
		}
		if err := tx.SaveCustomField(&f); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicFields})
		return tx.AddActivity(s.entry(actFieldSaved, 0, f.Name, ""))
	})
	return f.ID, nameTaken(err)
}

// Uses tells how many clients have a value in a field.
func (s *Fields) Uses(ctx context.Context, id int64) (n int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.CustomFieldUses(id)
		return err
	})
	return n, err
}

// Delete removes a field and all its values.
func (s *Fields) Delete(ctx context.Context, id int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		all, err := tx.CustomFields()
		if err != nil {
			return err
		}
		name := ""
		for _, f := range all {
			if f.ID == id {
				name = f.Name
			}
		}
		if err := tx.DeleteCustomField(id); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicFields}, Change{Topic: TopicClient})
		return tx.AddActivity(s.entry(actFieldDeleted, 0, name, ""))
	})
}
