package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"strings"
	"syscall"

	"clientele/app/i18n"
	"clientele/data"
)

// Code says of what kind an Error is, for those who must act on it rather than show it.
type Code string

// The kinds of errors that people can act on.
const (
	Invalid     Code = "invalid"     // what was entered is not allowed
	Duplicate   Code = "duplicate"   // it exists already; Error.ClientID says where
	NotFound    Code = "not found"   // it is gone
	Conflict    Code = "conflict"    // somebody else changed it meanwhile
	NotAllowed  Code = "not allowed" // a rule says no
	TooMany     Code = "too many"    // it was tried too often; wait
	Unavailable Code = "unavailable" // the disk, the server or the settings are in the way
)

// Error is something that a person can act on. Message is a whole sentence, or two, in their language: what happened, what
// was kept, what to do.
type Error struct {
	Code     Code
	Field    string // the key of the field at fault, or empty
	Message  string
	ClientID int64 // the client that is in the way, or 0
	Err      error // the cause, for the log
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }

// Problems are several errors at once: all failing fields of a form.
type Problems []*Error

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, e := range p {
		lines[i] = e.Message
	}
	return strings.Join(lines, "\n")
}

// add appends an invalid field.
func (p *Problems) add(field, message string) {
	*p = append(*p, &Error{Code: Invalid, Field: field, Message: message})
}

// or returns p as an error, or nil where there is none.
func (p Problems) or() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// ProblemsOf lists what a person can act on in err, field by field; nil where err is of another kind.
func ProblemsOf(err error) Problems {
	var ps Problems
	var e *Error
	switch {
	case errors.As(err, &ps):
		return ps
	case errors.As(err, &e):
		return Problems{e}
	}
	return nil
}

// CodeOf is the kind of err, or "" where no person can act on it.
func CodeOf(err error) Code {
	if ps := ProblemsOf(err); len(ps) > 0 {
		return ps[0].Code
	}
	return ""
}

// Explain puts err in words for a person. An error that they cannot act on gets a reference, under which the log has the details.
func Explain(err error) string {
	if err == nil {
		return ""
	}
	if ps := ProblemsOf(err); len(ps) > 0 {
		return ps.Error()
	}
	if known := storeError(err); known != nil {
		return known.Message
	}
	b := make([]byte, 2)
	rand.Read(b)
	ref := strings.ToUpper(hex.EncodeToString(b))
	slog.Error("unexpected", "ref", ref, "error", err)
	return i18n.T("Something went wrong (ref %s). Nothing was changed. The details are in the log file.", ref)
}

// storeError puts what the store says into words, or returns nil for what it does not know.
func storeError(err error) *Error {
	e := &Error{Code: Unavailable, Err: err}
	switch {
	case errors.Is(err, data.ErrFull):
		e.Message = i18n.T("The disk is full, so nothing was saved. What you typed is still here: free some space and save again.")
	case errors.Is(err, data.ErrReadOnly):
		e.Message = i18n.T("The data file is damaged, so it can be read but not changed. Restore a backup to go on working.")
	case errors.Is(err, data.ErrBusy):
		e.Message = i18n.T("Another program is using the data just now, so nothing was saved. Try again in a moment.")
	case errors.Is(err, data.ErrNewer):
		e.Message = i18n.T("This data was written by a newer version of Clientele. It was left untouched. Install the newer version to open it.")
	case errors.Is(err, data.ErrForeign):
		e.Message = i18n.T("The file is not a Clientele file. It was left untouched. Choose another data folder, or move the file away.")
	case errors.Is(err, data.ErrDamaged):
		e.Message = i18n.T("The data file is damaged here, and was left as it is. Export what can still be read, and restore a backup.")
	case errors.Is(err, data.ErrBroad):
		return &Error{Code: Invalid, Err: err, Message: i18n.T("More clients fit what is searched for than a list can hold. Type more of the name.")}
	case errors.Is(err, data.ErrMissing):
		e.Message = i18n.T("The data file is not where it was. Nothing was made in its place: put it back, or choose another data folder.")
	case errors.Is(err, data.ErrUncertain):
		e.Message = i18n.T("The connection to the server broke in the moment of saving, so it is not known whether this was saved. Look whether it is there before you save again.")
	case errors.Is(err, data.ErrLost):
		e.Message = i18n.T("The connection to the server is lost, so nothing was saved. What you typed is still here: save again once it is back.")
	case errors.Is(err, data.ErrUnreachable):
		e.Message = i18n.T("The database server cannot be reached, or refused the log-in. Nothing was changed. Check its address and try again.")
	case errors.Is(err, data.ErrChanged):
		e.Code = Conflict
		e.Message = i18n.T("Somebody else changed this meanwhile. Nothing was overwritten, and what you typed is still here.")
	case errors.Is(err, data.ErrNotFound):
		e.Code = NotFound
		e.Message = i18n.T("This is no longer there. It may have been removed by somebody else.")
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Message = i18n.T("The data folder cannot be written to. Nothing was changed. Check who may write there, or choose another data folder.")
	default:
		return nil
	}
	return e
}
