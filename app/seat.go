package app

import (
	"sync/atomic"

	"clientele/app/i18n"
	"clientele/data"
)

// Permission names what the owners of an office may do and its staff may not (AP-4).
type Permission string

// The permissions. All else every admin may do.
const (
	Revealing   Permission = "reveal"   // see a stored card's number
	Deleting    Permission = "delete"   // remove what is stored for good, or merge it into something else
	Configuring Permission = "settings" // change what holds for the whole office: settings, groups, fields, products, templates, admins
)

// seat is the admin at this desktop. Where the data lies in a file there is one admin, whom the operating system names and who may do everything. In a
// shared office each admin signs in; until then nothing of the above is allowed.
type seat struct {
	user    string // the operating system's name for them
	guarded atomic.Bool
	admin   atomic.Pointer[data.Admin]
}

// who names the admin at this desktop, for the activity log.
func (c *core) who() string {
	if a := c.seat.admin.Load(); a != nil {
		return a.Name
	}
	return c.seat.user
}

// may returns nil where the admin at this desktop may do such a thing, and otherwise NotAllowed with words that can be shown. Each act that needs a
// permission asks for it first thing, before any rule of its own:
//
//	func (s *Cards) Reveal(ctx context.Context, …) (…) {
//		if err := s.may(Revealing); err != nil {
//			return …, err
//		}
//
// Views ask [App.May] to leave something out, or [App.Allowed] before a dialog begins; the rule itself is always here.
func (c *core) may(p Permission) error {
	a := c.seat.admin.Load()
	switch {
	case a == nil && !c.seat.guarded.Load(), a != nil && a.Role == data.Owner:
		return nil
	case a == nil:
		return &Error{Code: NotAllowed, Message: i18n.T("Sign in first. Nothing was changed.")}
	}
	return &Error{Code: NotAllowed, Message: p.refusal()}
}

func (p Permission) refusal() string {
	switch p {
	case Revealing:
		return i18n.T("Only an owner may see card numbers. Ask one of them.")
	case Deleting:
		return i18n.T("Only an owner may delete or merge. Nothing was changed: ask one of them.")
	}
	return i18n.T("Only an owner may change settings. Nothing was changed: ask one of them.")
}

// Allowed is nil where the admin at this desktop may do such a thing, and otherwise says why not.
func (a *App) Allowed(p Permission) error { return a.may(p) }

// May tells whether the admin at this desktop may do such a thing.
func (a *App) May(p Permission) bool { return a.may(p) == nil }
