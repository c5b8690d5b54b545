package app

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/data"
)

// Admins are those who work in a shared office. Each has a name, a password and a role, and signs in when the window opens; what they do is in the
// activity log by their name.
type Admins struct{ core }

// NewAdmin is an admin to be added, or what of one is to be changed.
type NewAdmin struct {
	Name string
	Role data.Role
	// Password is what they sign in with. Empty in a change leaves it as it is.
	Password string
}

// List reads all admins by name.
func (s *Admins) List(ctx context.Context) (all []data.Admin, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		all, err = tx.Admins()
		return err
	})
	return all, err
}

// Me is the admin who is signed in at this desktop; ok is false where nobody is or has to be.
func (s *Admins) Me() (me data.Admin, ok bool) {
	if a := s.seat.admin.Load(); a != nil {
		return *a, true
	}
	return data.Admin{}, false
}

// Entrance is what a window of an office begins with.
type Entrance int

// The entrances.
const (
	Open       Entrance = iota // nobody has to sign in: the data lies in a file
	FirstOwner                 // a shared office that has no admins yet
	SignIn                     // a shared office
)

// Enter tells what the window begins with. From then on, in a shared office with admins, nothing that needs a permission is done before one signed in.
// Commands do not ask: whoever can start them with the password of the database may do everything in it anyway.
func (s *Admins) Enter(ctx context.Context) (Entrance, error) {
	if s.store.Engine() == "SQLite" {
		return Open, nil
	}
	all, err := s.List(ctx)
	if err != nil {
		return SignIn, err
	}
	if len(all) == 0 {
		return FirstOwner, nil
	}
	s.seat.guarded.Store(true)
	return SignIn, nil
}

// AddFirst adds the first owner of a shared office and signs them in.
func (s *Admins) AddFirst(ctx context.Context, name, password string) error {
	_, err := s.add(ctx, NewAdmin{Name: name, Role: data.Owner, Password: password}, true)
	return err
}

// Add adds an admin.
func (s *Admins) Add(ctx context.Context, n NewAdmin) (int64, error) {
	if err := s.may(Configuring); err != nil {
		return 0, err
	}
	return s.add(ctx, n, false)
}

func (s *Admins) add(ctx context.Context, n NewAdmin, first bool) (int64, error) {
	if err := n.check(true); err != nil {
		return 0, err
	}
	hash, err := hashPassword(ctx, n.Password)
	if err != nil {
		return 0, err
	}
	a := data.Admin{Name: n.Name, NameKey: fold.Text(n.Name), Role: n.Role, PasswordHash: hash}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		all, err := tx.AdminsToChange()
		if err != nil {
			return err
		}
		if first && len(all) > 0 {
			return &Error{Code: NotAllowed, Message: i18n.T("A colleague was quicker: this office has its first owner. Sign in, or ask them to add you.")}
		}
		a.ID = 0
		if err := tx.AddAdmin(&a); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicAdmins})
		line := s.entry(actAdminAdded, 0, a.Name, string(a.Role))
		if first {
			line.Who = a.Name
			tx.AfterCommit(func() { // so that they are signed in when everyone is told
				me := a
				s.seat.guarded.Store(true)
				s.seat.admin.Store(&me)
			})
		}
		return tx.AddActivity(line)
	})
	return a.ID, nameTaken(err)
}

// Change changes name, role or password of an admin. An office always keeps an owner.
func (s *Admins) Change(ctx context.Context, id int64, n NewAdmin) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.change(ctx, id, func(data.Admin) (NewAdmin, error) { return n, nil })
}

// ChangeMine changes the password of the admin who is signed in, who has to know the one that they have.
func (s *Admins) ChangeMine(ctx context.Context, current, password string) error {
	me, ok := s.Me()
	if !ok {
		return &Error{Code: NotAllowed, Message: i18n.T("Sign in first. Nothing was changed.")}
	}
	if password == "" {
		return Problems{{Code: Invalid, Field: "password", Message: i18n.T("Enter the new password.")}}
	}
	if _, err := s.verify(ctx, me.NameKey, current); err != nil {
		if CodeOf(err) == Invalid {
			return Problems{{Code: Invalid, Field: "current", Message: i18n.T("This is not your password.")}}
		}
		return err
	}
	return s.change(ctx, me.ID, func(a data.Admin) (NewAdmin, error) {
		return NewAdmin{Name: a.Name, Role: a.Role, Password: password}, nil
	})
}

func (s *Admins) change(ctx context.Context, id int64, to func(data.Admin) (NewAdmin, error)) error {
	var hash string
	var n NewAdmin
	err := s.read(ctx, func(tx *data.Tx) error {
		a, err := tx.Admin(id)
		if err != nil {
			return err
		}
		n, err = to(a)
		return err
	})
	if err != nil {
		return err
	}
	if err := n.check(false); err != nil {
		return err
	}
	if n.Password != "" {
		if hash, err = hashPassword(ctx, n.Password); err != nil {
			return err
		}
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		all, err := tx.AdminsToChange()
		if err != nil {
			return err
		}
		a, owners := amongOwners(all, id)
		switch {
		case a.ID == 0:
			return data.ErrNotFound
		case a.Role == data.Owner && n.Role != data.Owner && owners == 1:
			return s.lastOwner(a)
		}
		var d difference
		d.text(i18n.T("Name"), a.Name, n.Name)
		d.text(i18n.T("Role"), string(a.Role), string(n.Role))
		if hash != "" {
			d.lines = append(d.lines, i18n.T("Password set"))
			a.PasswordHash, a.Failures, a.WaitUntil = hash, 0, 0
		}
		if len(d.lines) == 0 {
			return nil
		}
		a.Name, a.NameKey, a.Role = n.Name, fold.Text(n.Name), n.Role
		if err := tx.SetAdmin(a); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicAdmins})
		return tx.AddActivity(s.entry(actAdminChanged, 0, a.Name, d.String()))
	})
	if err != nil {
		return nameTaken(err)
	}
	if me, ok := s.Me(); ok && me.ID == id && hash != "" { // whoever changes their own password stays where they do so
		me.PasswordHash = hash
		s.seat.admin.Store(&me)
	}
	return s.Recall(ctx)
}

// Delete removes an admin, who is signed out wherever they are signed in. What they did stays in the log by their name.
func (s *Admins) Delete(ctx context.Context, id int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	err := s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		all, err := tx.AdminsToChange()
		if err != nil {
			return err
		}
		a, owners := amongOwners(all, id)
		switch {
		case a.ID == 0:
			return data.ErrNotFound
		case a.Role == data.Owner && owners == 1:
			return s.lastOwner(a)
		}
		if err := tx.DeleteAdmin(id); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicAdmins})
		return tx.AddActivity(s.entry(actAdminDeleted, 0, a.Name, ""))
	})
	if err != nil {
		return err
	}
	return s.Recall(ctx)
}

// amongOwners finds an admin, and counts the owners.
func amongOwners(all []data.Admin, id int64) (found data.Admin, owners int) {
	for _, a := range all {
		if a.ID == id {
			found = a
		}
		if a.Role == data.Owner {
			owners++
		}
	}
	return found, owners
}

func (s *Admins) lastOwner(a data.Admin) error {
	return &Error{Code: NotAllowed, Field: "role", Message: i18n.T("%s is the only owner, and an office needs one. Make somebody else an owner first.", a.Name)}
}

// SignIn lets an admin in at this desktop.
func (s *Admins) SignIn(ctx context.Context, name, password string) error {
	a, err := s.verify(ctx, fold.Text(strings.TrimSpace(name)), password)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		line := s.entry(actSignedIn, 0, a.Name, "")
		line.Who = a.Name
		return tx.AddActivity(line)
	})
	if err != nil {
		return err
	}
	s.seat.admin.Store(&a)
	s.events.publish(Change{Topic: TopicAdmins})
	return nil
}

// SignOut ends an admin's work at this desktop.
func (s *Admins) SignOut() {
	s.seat.admin.Store(nil)
	s.events.publish(Change{Topic: TopicAdmins})
}

// Recall reads the admin at this desktop anew: their role may be another now. Who was removed is signed out, and so is whose password was changed elsewhere:
// that is done where somebody else may have had it.
func (s *Admins) Recall(ctx context.Context) error {
	me, ok := s.Me()
	if !ok {
		return nil
	}
	var now data.Admin
	err := s.read(ctx, func(tx *data.Tx) (err error) {
		now, err = tx.Admin(me.ID)
		return err
	})
	switch {
	case CodeOf(err) == NotFound:
		s.SignOut()
		return nil
	case err != nil:
		return err
	}
	if now.PasswordHash != me.PasswordHash {
		s.SignOut()
		return nil
	}
	if now.Role != me.Role || now.Name != me.Name {
		s.seat.admin.Store(&now)
		s.events.publish(Change{Topic: TopicAdmins})
	}
	return nil
}

// How long somebody has to wait after wrong passwords: the first three cost nothing, then it doubles from two seconds to a quarter of an hour.
const (
	freeTries = 3
	mostWait  = 15 * time.Minute
)

func waitAfter(failures int64) time.Duration {
	if failures <= freeTries {
		return 0
	}
	if n := failures - freeTries; n < 10 {
		return min(time.Second<<n, mostWait)
	}
	return mostWait
}

// verify looks at a name and a password. A name that is not there takes as long as a wrong password and is answered alike.
func (s *Admins) verify(ctx context.Context, key, password string) (data.Admin, error) {
	// The try is counted before it is made, so that many at once do not get more of them than one after another.
	var a data.Admin
	var wait time.Duration
	err := s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		var err error
		if a, err = tx.AdminNamedToChange(key); errors.Is(err, data.ErrNotFound) {
			a, wait = data.Admin{}, 0
			return nil
		} else if err != nil {
			return err
		}
		if wait = data.Instant(a.WaitUntil).Sub(tx.Now()); wait > 0 {
			wait = min(wait, mostWait) // the clock may have been set back
			return nil
		}
		wait = 0
		a.Failures++
		a.WaitUntil = tx.Now().Add(waitAfter(a.Failures)).UnixMilli()
		return tx.SetAdmin(a)
	})
	if err != nil {
		return a, err
	}
	if wait > 0 {
		return a, &Error{Code: NotAllowed, Message: i18n.T("Too many wrong passwords. Try again in %s.", waitWords(wait))}
	}
	fits, err := passwordFits(ctx, password, a.PasswordHash)
	if err != nil {
		return a, err
	}
	if !fits || a.ID == 0 {
		return a, errors.Join(s.refused(ctx, a), &Error{Code: Invalid, Field: "password", Message: i18n.T("This name and password do not go together.")})
	}
	a.Failures, a.WaitUntil = 0, 0
	err = s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		fresh, err := tx.AdminToChange(a.ID)
		if err != nil {
			return err
		}
		if fresh.PasswordHash != a.PasswordHash {
			return &Error{Code: Invalid, Field: "password", Message: i18n.T("This name and password do not go together.")}
		}
		fresh.Failures, fresh.WaitUntil = 0, 0
		return tx.SetAdmin(fresh)
	})
	return a, err
}

// refused notes a wrong password in the log.
func (s *Admins) refused(ctx context.Context, a data.Admin) error {
	if a.ID == 0 {
		return nil // whatever was typed is not written down: it may be a password
	}
	return s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		return tx.AddActivity(data.Activity{Who: s.seat.user, Action: actSignInRefused, Subject: a.Name})
	})
}

// noHash is what a password is held against where the name is not there, so that it takes as long.
const noHash = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// passwordFits compares a password with its hash. Like hashing it takes about half a second and 64 MiB.
func passwordFits(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	defer func() { <-hashing }()
	if hash == "" {
		hash = noHash
	}
	if len(password) > passwordMax {
		return false, nil
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

func waitWords(d time.Duration) string {
	if n := int64((d + time.Second - 1) / time.Second); n < 90 {
		return i18n.N(n, "one second", "%d seconds")
	}
	return i18n.N(int64((d+time.Minute-1)/time.Minute), "one minute", "%d minutes")
}

const maxAdminName = 100

func (n *NewAdmin) check(withPassword bool) error {
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	var wrong Problems
	switch {
	case n.Name == "":
		wrong.add("name", i18n.T("Enter a name: it stands in the activity log."))
	case utf8.RuneCountInString(n.Name) > maxAdminName:
		wrong.add("name", i18n.T("This is longer than %d characters.", maxAdminName))
	default:
		if fault := importing.FirstName.Fault(n.Name); fault != "" {
			wrong.add("name", fault)
		}
	}
	if n.Role != data.Owner && n.Role != data.Staff {
		wrong.add("role", i18n.T("Choose a role."))
	}
	if n.Password != "" || withPassword {
		if words := checkPassword(n.Password, n.Name); words != "" {
			wrong.add("password", words)
		}
	}
	return wrong.or()
}

// RoleName is how people call a role.
func RoleName(r data.Role) string {
	if r == data.Owner {
		return i18n.T("Owner")
	}
	return i18n.T("Staff")
}
