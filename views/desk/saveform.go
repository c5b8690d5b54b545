package desk

import (
	"context"
	"errors"

	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/task"
)

// SaveForm saves what a dialog's form has and calls done when it is over. What is wrong is shown beside the form's fields, and the dialog stays open; what of
// it is about no field of the form is done's error.
func (d *Desk) SaveForm(title string, form *kit.Form, save func(context.Context) error, done func(error)) {
	d.Run.Task(title, func(ctx context.Context, _ *task.Progress) error { return save(ctx) }, func(err error) {
		if err == nil {
			done(nil)
			return
		}
		done(Refused(form, err))
	})
}

// BesideFields is what Refused says where all that is wrong stands beside the fields.
func BesideFields() string { return i18n.T("Nothing was saved yet: see beside the fields.") }

// Unsaved is the error of a form of which all that is wrong stands beside its fields.
func Unsaved() error { return errors.New(BesideFields()) }

// Refused shows beside a form's fields what is wrong with them, and returns in words what is left to say of err.
func Refused(form *kit.Form, err error) error {
	fields, rest := FieldErrors(err)
	for _, words := range form.SetErrors(fields) {
		if rest != "" {
			rest += "\n"
		}
		rest += words
	}
	if rest == "" {
		rest = BesideFields()
	}
	return errors.New(rest)
}
