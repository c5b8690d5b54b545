package app

import (
	"context"
	"errors"
	"slices"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// ownFields are the fields of their profile that clients can change, unless the office locked them (CA-5), in the order of the form.
var ownFields = []string{
	FieldFirstName, FieldLastName, FieldCompany, FieldEmail, FieldPhone, FieldTaxID, FieldAddress1, FieldAddress2, FieldCity, FieldState, FieldPostcode, FieldCountry,
	FieldLanguage, FieldCategory,
}

// OwnFields lists the fields that clients can change in the client area and that can be locked there.
func OwnFields() []string { return slices.Clone(ownFields) }

// OwnDetails is what a client may see and change of their profile.
type OwnDetails struct {
	Values map[string]string // by the keys of OwnFields, but for the categories
	Wants  map[Category]bool
	// Locked are the fields that are shown but cannot be changed.
	Locked []string
	// Custom are the custom fields that the client sees.
	Custom  []CustomDetail
	Version int64
}

// CustomDetail is a custom field and its value, as a client sees it.
type CustomDetail struct {
	Field data.CustomField
	Value string
}

// Details reads what the visitor may see of their profile.
func (s *ClientArea) Details(ctx context.Context, v Visitor) (d OwnDetails, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(v.Client.ID)
		if err != nil {
			return err
		}
		d = OwnDetails{Values: map[string]string{}, Wants: wantsOf(c), Locked: set.LockedFields, Version: c.Version}
		for _, key := range ownFields {
			if f := fieldOf(key); f.key != "" {
				d.Values[key] = *f.value(&c)
			}
		}
		fields, err := tx.CustomFields()
		if err != nil {
			return err
		}
		values, err := tx.CustomValues(c.ID)
		for _, f := range fields {
			if f.ClientVisible && values[f.ID] != "" {
				d.Custom = append(d.Custom, CustomDetail{f, values[f.ID]})
			}
		}
		return err
	})
	return d, err
}

// ChangeDetails writes the visitor's profile as it was edited. Fields that are locked, and all that a client cannot change, stay as they are, whatever d says. Another
// email address needs the current password, and the old address is told of it.
func (s *ClientArea) ChangeDetails(ctx context.Context, v Visitor, d OwnDetails, password string) error {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return err
	}
	before, err := s.clients.Get(ctx, v.Client.ID)
	if err != nil {
		return err
	}
	p := ProfileOf(before)
	p.Custom = nil // they keep their values
	after := before.Client
	for _, key := range ownFields {
		if slices.Contains(set.LockedFields, key) {
			continue
		}
		if key == FieldCategory {
			p.Wants = d.Wants
			continue
		}
		if value, given := d.Values[key]; given {
			*fieldOf(key).value(&after) = value
		}
	}
	p.FirstName, p.LastName, p.Company, p.Email, p.Phone, p.TaxID = after.FirstName, after.LastName, after.Company, after.Email, after.Phone, after.TaxID
	p.Address1, p.Address2, p.City, p.State, p.Postcode, p.Country = after.Address1, after.Address2, after.City, after.State, after.Postcode, after.Country
	p.Language = after.Language
	moved := email.Key(before.Email) != email.Key(p.Email)
	if moved {
		if err := s.confirm(ctx, v, password); err != nil {
			return err
		}
	}
	theirs := &Clients{core: s.as(v.who()), settings: s.settings, mails: s.mails}
	var tell func(*data.Tx, *[]Change) error
	if moved {
		tell = func(tx *data.Tx, changes *[]Change) error {
			mails := &Mails{core: theirs.core, settings: s.settings, documents: s.documents}
			*changes = append(*changes, Change{TopicMail, v.Client.ID})
			_, err := mails.queueAbout(tx, set, emailChanged, before.Client, mailAbout{})
			return err
		}
	}
	return theirs.update(ctx, v.Client.ID, d.Version, p, "", tell)
}

// FieldCurrent is the key of the current password, where it is asked for again.
const FieldCurrent = "current_password"

// confirm checks the visitor's current password again. It is slowed down like a log-in.
func (s *ClientArea) confirm(ctx context.Context, v Visitor, password string) error {
	wrong := Problems{{Code: Invalid, Field: FieldCurrent, Message: i18n.T("This is not your current password.")}}
	if len(password) > passwordMax {
		return wrong
	}
	err := s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		within, err := passwordTries.count(tx, v.Client.EmailKey)
		if err == nil && !within {
			err = tooManyTries()
		}
		return err
	})
	if err != nil {
		return err
	}
	switch right, _, err := verifyPassword(ctx, password, v.Client.PasswordHash); {
	case err != nil:
		return err
	case !right:
		return wrong
	}
	return s.write(ctx, func(tx *data.Tx, _ *[]Change) error { return tx.ForgetTries(passwordTries.key(v.Client.EmailKey)) })
}

// ChangePassword sets the password that the visitor chose, ends all their sessions, and returns the secret of a new one. The current password is asked for again,
// and the client is told by mail. Where the current one went by mail it must be another one.
func (s *ClientArea) ChangePassword(ctx context.Context, v Visitor, current, password string) (secret string, err error) {
	if v.Admin != "" {
		return "", &Error{Code: NotAllowed, Message: i18n.T("The password is set on the client's Profile, not here.")}
	}
	set, err := s.settings.Get(ctx)
	if err != nil {
		return "", err
	}
	if err := s.confirm(ctx, v, current); err != nil {
		return "", err
	}
	var wrong Problems
	if password == "" {
		wrong.add(FieldPassword, i18n.T("Enter a new password."))
	} else if password == current {
		wrong.add(FieldPassword, i18n.T("This is the password that you have. Choose another one."))
	}
	wrong.password(password, v.Client, set)
	if err := wrong.or(); err != nil {
		return "", err
	}
	hashed, err := hashPassword(ctx, password)
	if err != nil {
		return "", err
	}
	secret, hash := newSecret()
	theirs := s.as(v.who())
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.ClientToChange(v.Client.ID)
		if err != nil {
			return err
		}
		if _, err := tx.Session(v.hash); errors.Is(err, data.ErrNotFound) || err == nil && c.PasswordHash != v.Client.PasswordHash {
			return ErrNoSession // ended meanwhile
		} else if err != nil {
			return err
		}
		if err := tx.SetPassword(c.ID, hashed, false, 0); err != nil {
			return err
		}
		if err := tx.InsertSession(data.ClientSession{Hash: hash, ClientID: c.ID}); err != nil {
			return err
		}
		mails := &Mails{core: theirs, settings: s.settings, documents: s.documents}
		if _, err := mails.queueAbout(tx, set, passwordChanged, c, mailAbout{}); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, c.ID}, Change{TopicMail, c.ID})
		return tx.AddActivity(theirs.entry(actPasswordSet, c.ID, nameOf(c), ""))
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}
