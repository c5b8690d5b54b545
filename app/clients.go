package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/phone"
	"clientele/data"
)

// Clients adds, changes and finds clients.
type Clients struct {
	core
	settings *SettingsService
	mails    *Mails
	files    *Files
	backups  *Backups
}

// NewClient is what the Add New Client form gives.
type NewClient struct {
	Profile
	// Password for the client area; empty means a generated one where a welcome mail carries it, and none otherwise.
	Password string
	// SendWelcome queues the welcome mail.
	SendWelcome bool
	// Key tells two presses of the same button from two clients: the second does nothing and returns the first one's client.
	Key string
}

// Client is a client with what hangs on it directly.
type Client struct {
	data.Client
	Group    data.Group       // zero where the client is in none
	Custom   map[int64]string // values of the custom fields by their number
	Contacts []data.Contact   // all of them, the oldest first
}

// Add stores a new client, with its welcome mail where asked for, and returns its number. The client is kept even where no mail can
// go out: the mail waits in the outbox (CL-7). All wrong fields come back together.
func (s *Clients) Add(ctx context.Context, n NewClient) (int64, error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	c, problems := n.client(set)
	problems.password(n.Password, c, set)
	if n.SendWelcome && !set.MailReady() {
		problems.add(FieldWelcome, i18n.T("No mail server is set up yet, so no welcome mail can be sent. Untick it, or set the server up in Settings."))
	}
	if len(problems) > 0 {
		return 0, s.withStored(ctx, problems, n.Profile, c.EmailKey, 0)
	}
	password := n.Password
	if password == "" && n.SendWelcome {
		password = GeneratePassword()
	}
	if password != "" {
		if c.PasswordHash, err = hashPassword(ctx, password); err != nil {
			return 0, err
		}
		c.PasswordMustChange = true // somebody else than the client knows it
		if n.SendWelcome {
			until := s.now().Add(mailedPasswordLife).UnixMilli()
			c.PasswordExpiresAt = &until
		}
	}
	rejected := false
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		rejected = false
		if n.Key != "" {
			if id, done, err := tx.Act(n.Key); done || err != nil {
				c.ID = id
				return err
			}
		}
		c.ID = 0
		c.Created = date.Today(s.now())
		wrong, err := n.against(tx, "", 0, nil) // that the address is taken is what the insertion says
		rejected = len(wrong) > 0
		if err == nil {
			err = wrong.or()
		}
		if err != nil {
			return err
		}
		if err := tx.InsertClient(&c); err != nil {
			return err
		}
		if err := setCustom(tx, c.ID, n.Custom, nil); err != nil {
			return err
		}
		if err := tx.AddActivity(s.entry(actClientAdded, c.ID, nameOf(c), "")); err != nil {
			return err
		}
		if n.SendWelcome {
			if err := s.mails.queueWelcome(tx, set, c, password); err != nil {
				return err
			}
			*changes = append(*changes, Change{TopicMail, c.ID})
		}
		*changes = append(*changes, Change{TopicClient, c.ID})
		if n.Key != "" {
			return tx.RecordAct(n.Key, c.ID)
		}
		return nil
	})
	if rejected || errors.Is(err, data.ErrDuplicate) || CodeOf(err) == Duplicate {
		return s.overtaken(ctx, n, c.EmailKey)
	}
	if err != nil {
		return 0, err
	}
	return c.ID, nil
}

// overtaken is how an Add ends where something stored is in its way: as a success where the same press of the button stored the client a moment
// before, and otherwise with all that is wrong.
func (s *Clients) overtaken(ctx context.Context, n NewClient, emailKey string) (id int64, err error) {
	done := false
	if n.Key != "" {
		err = s.read(ctx, func(tx *data.Tx) (err error) {
			id, done, err = tx.Act(n.Key)
			return err
		})
	}
	if done || err != nil {
		return id, err
	}
	return 0, s.withStored(ctx, nil, n.Profile, emailKey, 0)
}

// Update writes a client's profile as it was edited. version is that of the client as it was read: Conflict says that somebody else
// changed it meanwhile, and nothing was written. An empty password leaves the old one; another one has to be changed by the client when it is used (PW-5).
func (s *Clients) Update(ctx context.Context, id, version int64, p Profile, password string) error {
	return s.update(ctx, id, version, p, password, nil)
}

// update is Update; also, where it is given, does in the same transaction what belongs to the change.
func (s *Clients) update(ctx context.Context, id, version int64, p Profile, password string, also func(*data.Tx, *[]Change) error) error {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return err
	}
	c, problems := p.client(set)
	problems.password(password, c, set)
	if len(problems) > 0 {
		return s.withStored(ctx, problems, p, c.EmailKey, id)
	}
	hash := ""
	if password != "" {
		if hash, err = hashPassword(ctx, password); err != nil {
			return err
		}
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := tx.ClientToChange(id) // nor may a contact go that is chosen for billing
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		custom, err := tx.CustomValues(id)
		if err != nil {
			return err
		}
		wrong, err := p.against(tx, c.EmailKey, id, custom)
		if err == nil {
			err = wrong.or()
		}
		if err != nil {
			return err
		}
		if before.Currency != c.Currency {
			fixed, err := tx.HasMoney(id)
			if err != nil {
				return err
			}
			if fixed {
				return Problems{{Code: NotAllowed, Field: FieldCurrency, Message: i18n.T("The currency is fixed, because amounts in %s are on this client's account.", before.Currency)}}
			}
		}
		changed, err := describeChange(tx, before, c, custom, p.Custom)
		if err != nil {
			return err
		}
		if hash != "" {
			changed.lines = append(changed.lines, i18n.T("Password: changed"))
			if err := tx.SetPassword(id, hash, true, 0); err != nil {
				return err
			}
		}
		if len(changed.lines) == 0 {
			return nil
		}
		if err := tx.UpdateProfile(before, &c); err != nil {
			return err
		}
		if err := setCustom(tx, id, p.Custom, custom); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, id})
		if also != nil {
			if err := also(tx, changes); err != nil {
				return err
			}
		}
		return tx.AddActivity(s.entry(actClientChanged, id, nameOf(c), changed.String()))
	})
	if errors.Is(err, data.ErrDuplicate) {
		return s.withStored(ctx, nil, p, c.EmailKey, id)
	}
	return err
}

// Get reads a client.
func (s *Clients) Get(ctx context.Context, id int64) (c Client, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		c, err = clientWith(tx, id)
		return err
	})
	return c, err
}

func clientWith(tx *data.Tx, id int64) (c Client, err error) {
	if c.Client, err = tx.Client(id); err != nil {
		return c, err
	}
	if c.Client.GroupID != 0 {
		if c.Group, err = tx.Group(c.Client.GroupID); err != nil && !errors.Is(err, data.ErrNotFound) {
			return c, err
		}
	}
	if c.Custom, err = tx.CustomValues(id); err != nil {
		return c, err
	}
	c.Contacts, err = tx.Contacts(id)
	return c, err
}

// Page reads up to n rows of a list after a place, or before it. See data.Tx.Clients.
func (s *Clients) Page(ctx context.Context, q data.ClientQuery, at data.Cursor, back bool, n int) (rows []data.ClientRow, places []data.Cursor, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		rows, places, err = tx.Clients(q, at, back, n)
		return err
	})
	return rows, places, err
}

// Mark reads the place n rows after another one, for jumping far into a list. It is nil where the list ends before.
func (s *Clients) Mark(ctx context.Context, q data.ClientQuery, at data.Cursor, n int) (place data.Cursor, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		place, err = tx.ClientMarks(q, at, n)
		return err
	})
	return place, err
}

// Count tells how many clients a filter leaves; exact is false where n is only a lower bound.
func (s *Clients) Count(ctx context.Context, f data.ClientFilter) (n int64, exact bool, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, exact, err = tx.CountClients(f)
		return err
	})
	return n, exact, err
}

// Search finds up to n clients by what was typed (CL-2).
func (s *Clients) Search(ctx context.Context, text string, n int) (found data.Found, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		found, err = tx.Search(text, n)
		return err
	})
	return found, err
}

// CountriesUsed lists the countries that clients are in, most clients first.
func (s *Clients) CountriesUsed(ctx context.Context) (codes []string, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		codes, err = tx.Countries()
		return err
	})
	return codes, err
}

// Alike finds clients that what was typed so far may be a double of: the same address, telephone digits, or name and postcode
// (CL-6). except is the client being edited, or 0.
func (s *Clients) Alike(ctx context.Context, p Profile, except int64) (rows []data.ClientRow, err error) {
	const most = 3
	err = s.read(ctx, func(tx *data.Tx) error {
		if key := email.Key(strings.TrimSpace(p.Email)); key != "" {
			switch c, err := tx.ClientByEmail(key); {
			case err == nil && c.ID != except:
				if rows, err = tx.ClientRows([]int64{c.ID}); err != nil {
					return err
				}
			case err != nil && !errors.Is(err, data.ErrNotFound):
				return err
			}
		}
		more, err := tx.Alike(phone.Digits(p.Phone), p.FirstName, p.LastName, p.Postcode, except, most)
		for _, r := range more {
			if len(rows) < most && !slices.ContainsFunc(rows, func(x data.ClientRow) bool { return x.ID == r.ID }) {
				rows = append(rows, r)
			}
		}
		return err
	})
	return rows, err
}

// SetStatus changes the status of clients, and only the status: active services go on being invoiced (CL-10). It tells how many changed.
func (s *Clients) SetStatus(ctx context.Context, ids []int64, status data.Status) (changed int, err error) {
	if !slices.Contains(Statuses, status) {
		return 0, Problems{{Code: Invalid, Field: FieldStatus, Message: i18n.T("Choose a status.")}}
	}
	return s.setMany(ctx, ids, actStatusChanged, func(tx *data.Tx) ([]data.Client, error) { return tx.SetStatus(ids, status) }, func(before data.Client) string {
		return i18n.T("Status") + ": " + i18n.Text(string(before.Status)) + " → " + i18n.Text(string(status))
	})
}

// SetGroup puts clients into a group, or out of any with 0. It tells how many changed.
func (s *Clients) SetGroup(ctx context.Context, ids []int64, group int64) (changed int, err error) {
	names := map[int64]string{}
	return s.setMany(ctx, ids, actGroupChanged, func(tx *data.Tx) ([]data.Client, error) {
		gs, err := tx.Groups()
		if err != nil {
			return nil, err
		}
		for _, g := range gs {
			names[g.ID] = g.Name
		}
		if _, ok := names[group]; !ok && group != 0 {
			return nil, Problems{{Code: NotFound, Field: FieldGroup, Message: i18n.T("The group is no longer there. Choose another one.")}}
		}
		return tx.SetGroup(ids, group)
	}, func(before data.Client) string {
		return i18n.T("Group") + ": " + shown(names[before.GroupID]) + " → " + shown(names[group])
	})
}

// setMany runs a change of many clients with a line of the log for each.
func (s *Clients) setMany(ctx context.Context, ids []int64, action string, set func(*data.Tx) ([]data.Client, error), describe func(before data.Client) string) (changed int, err error) {
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := set(tx)
		if err != nil {
			return err
		}
		changed = len(before)
		lines := make([]data.Activity, len(before))
		for i, c := range before {
			lines[i] = s.entry(action, c.ID, nameOf(c), describe(c))
		}
		if changed == 1 {
			*changes = append(*changes, Change{TopicClient, before[0].ID})
		} else if changed > 1 {
			*changes = append(*changes, Change{Topic: TopicClient})
		}
		return tx.AddActivity(lines...)
	})
	return changed, err
}

// withStored adds to the problems of a profile those with what is stored, so that these do not come only after all others are mended
// (CL-5). It always returns an error.
func (s *Clients) withStored(ctx context.Context, problems Problems, p Profile, emailKey string, id int64) error {
	err := s.snapshot(ctx, func(tx *data.Tx) error {
		have, err := tx.CustomValues(id)
		if err != nil {
			return err
		}
		more, err := p.against(tx, emailKey, id, have)
		problems = append(problems, more...)
		return err
	})
	if err == nil && len(problems) == 0 {
		err = known(data.ErrBusy) // what was in the way is gone again: the next try will do
	}
	if err != nil {
		return err
	}
	return problems
}

// password adds what is wrong with the password that was typed for a client, if one was.
func (p *Problems) password(password string, c data.Client, set Settings) {
	if password == "" {
		return
	}
	if words := checkPassword(password, c.Email, c.FirstName+" "+c.LastName, c.Company, set.BusinessName); words != "" {
		p.add(FieldPassword, words)
	}
}

// nameOf is how a client is called in a sentence.
func nameOf(c data.Client) string {
	name := strings.TrimSpace(c.FirstName + " " + c.LastName)
	if c.Company != "" {
		return name + ", " + c.Company
	}
	return name
}

// Since is when the client was added.
func (c Client) Since() time.Time { return data.Instant(c.CreatedAt) }
