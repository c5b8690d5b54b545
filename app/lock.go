package app

import (
	"context"
	"sync"
	"time"

	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/data"

	"github.com/alexedwards/argon2id"
)

// Lock is the passphrase that the window of this desktop can be locked with (AP-4). It is a gate before what is shown, for a desk that people pass by: the data itself is not
// encrypted by it. Its hash is in the configuration file, since it belongs to this desktop; whoever can write that file can take the lock off.
type Lock struct {
	core
	mu sync.Mutex
	// beside counts the tries where the data cannot be written, as on a full disk: that must neither lock anybody out nor let anybody try as often as they like.
	beside data.Guard
}

// LockState is how the lock stands.
type LockState struct {
	Set bool
	// Idle is after how long without anybody at the desktop the window locks itself; 0 is never.
	Idle time.Duration
}

// The keys of the fields of the lock, as errors name them.
const (
	FieldLockPassphrase = "lock_passphrase"
	FieldNewPassphrase  = "new_passphrase"
	FieldLockMinutes    = "lock_minutes"
)

// DefaultLockMinutes is after how many minutes a window locks itself where nobody chose otherwise.
const DefaultLockMinutes = 5

// LockMinutes are the times that can be chosen; 0 is never.
func LockMinutes() []int { return []int{1, 2, 5, 10, 15, 30, 60, 0} }

// lockCost is what a try at the passphrase costs: 128 MiB and three passes by two threads, about a second.
var lockCost = &argon2id.Params{Memory: 128 * 1024, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// State reads how the lock stands.
func (s *Lock) State() LockState {
	l := s.config.AppLock()
	return LockState{Set: l.Passphrase != "", Idle: time.Duration(l.Minutes) * time.Minute}
}

// Set has the window be opened by a passphrase from now on. There must be none yet.
func (s *Lock) Set(ctx context.Context, passphrase string, minutes int) error {
	if s.State().Set {
		return &Error{Code: Conflict, Message: i18n.T("The window has a passphrase already. Change that one.")}
	}
	hash, err := s.hash(ctx, FieldNewPassphrase, passphrase)
	if err == nil {
		err = checkLockMinutes(minutes)
	}
	if err != nil {
		return err
	}
	return s.keep(ctx, actLockSet, func(l *configuration.Lock) { l.Passphrase, l.Minutes = hash, minutes })
}

// Change puts another passphrase in the place of the present one.
func (s *Lock) Change(ctx context.Context, present, next string) error {
	if err := s.Unlock(ctx, present); err != nil {
		return err
	}
	hash, err := s.hash(ctx, FieldNewPassphrase, next)
	if err != nil {
		return err
	}
	return s.keep(ctx, actLockChanged, func(l *configuration.Lock) { l.Passphrase = hash })
}

// SetIdle changes after how many minutes the window locks itself; 0 is never.
func (s *Lock) SetIdle(ctx context.Context, minutes int) error {
	if err := checkLockMinutes(minutes); err != nil {
		return err
	}
	if !s.State().Set {
		return &Error{Code: NotAllowed, Message: i18n.T("Set a passphrase first.")}
	}
	return s.keep(ctx, actLockChanged, func(l *configuration.Lock) { l.Minutes = minutes })
}

// Remove has the window open without a passphrase again.
func (s *Lock) Remove(ctx context.Context, present string) error {
	if err := s.Unlock(ctx, present); err != nil {
		return err
	}
	return s.keep(ctx, actLockRemoved, func(l *configuration.Lock) { *l = configuration.Lock{} })
}

// Unlock is nil where the passphrase is the right one. Wrong ones are in the activity log and slow down the next, also over a restart. It takes about a second.
func (s *Lock) Unlock(ctx context.Context, passphrase string) error {
	hash := s.config.AppLock().Passphrase
	if hash == "" {
		return nil
	}
	right, err := s.compare(ctx, passphrase, hash)
	if err != nil {
		return err
	}
	var v verdict
	var wait time.Duration
	err = s.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
		v, wait, err = s.try(tx, s.guard(), func() bool { return right })
		if err == nil && v == tryWrong {
			err = tx.AddActivity(s.entry(actLockRefused, 0, "", ""))
		}
		return err
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.log.Warn("lock: a try could not be kept", "error", err)
		v, wait = s.tryBeside(ctx, right)
	}
	return refusedPassphrase(v, wait)
}

// guard names the count of wrong tries at this desktop.
func (s *Lock) guard() string { return "app lock " + s.config.Installation }

// tryBeside takes a try where it cannot be written down. What was counted before still holds.
func (s *Lock) tryBeside(ctx context.Context, right bool) (v verdict, wait time.Duration) {
	var kept data.Guard
	_ = s.read(ctx, func(tx *data.Tx) (err error) { // where it cannot be read either, what was counted here has to do
		kept, err = tx.Guard(s.guard())
		return err
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept.Failures > s.beside.Failures {
		s.beside = kept
	}
	v, wait, _ = attempt(&s.beside, s.now().UnixMilli(), func() bool { return right })
	return v, wait
}

// compare compares a passphrase with the hash of the right one.
func (s *Lock) compare(ctx context.Context, passphrase, hash string) (right bool, err error) {
	if len(passphrase) > passwordMax {
		return false, nil
	}
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	defer func() { <-hashing }()
	right, _, err = argon2id.CheckHash(passphrase, hash)
	if err != nil {
		return false, &Error{Code: Unavailable, Err: err, Message: i18n.T("The line app_lock in the file %s is damaged. Quit, put a copy of the file back or remove that line, and start anew.", configuration.Name)}
	}
	return right, nil
}

// hash makes the hash of a new passphrase, or says what is wrong with it.
func (s *Lock) hash(ctx context.Context, field, passphrase string) (string, error) {
	if words := checkPassword(passphrase, s.who()); words != "" {
		return "", Problems{{Code: Invalid, Field: field, Message: words}}
	}
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-hashing }()
	return argon2id.CreateHash(passphrase, lockCost)
}

// keep writes the lock into the configuration file, with a line in the log.
func (s *Lock) keep(ctx context.Context, action string, change func(*configuration.Lock)) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if err := tx.AddActivity(s.entry(action, 0, "", "")); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicSettings})
		return s.config.Update(func(c *configuration.Configuration) error { change(&c.Lock); return nil })
	})
}

func checkLockMinutes(minutes int) error {
	for _, m := range LockMinutes() {
		if m == minutes {
			return nil
		}
	}
	return Problems{{Code: Invalid, Field: FieldLockMinutes, Message: i18n.T("Choose after how many minutes the window locks itself.")}}
}

// refusedPassphrase says why a try did not open the lock.
func refusedPassphrase(v verdict, wait time.Duration) error {
	words := ""
	switch v {
	case tryRight:
		return nil
	case tryWrong:
		words = i18n.T("This is not the passphrase.")
	case tryTooSoon:
		words = i18n.T("There were too many wrong tries, so this one was not looked at.")
	}
	if wait > 0 {
		words += " " + guardWords(wait)
	}
	return Problems{{Code: NotAllowed, Field: FieldLockPassphrase, Message: words}}
}
