package app

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/data"
)

// Groups are the sets of clients that are billed alike.
type Groups struct{ core }

// List reads all groups by name.
func (s *Groups) List(ctx context.Context) (gs []data.Group, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		gs, err = tx.Groups()
		return err
	})
	return gs, err
}

var colourPattern = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Save adds a group whose ID is 0, or changes the one that has it, and returns its number.
func (s *Groups) Save(ctx context.Context, g data.Group) (int64, error) {
	if err := s.may(Configuring); err != nil {
		return 0, err
	}
	g.Name, g.Colour = strings.TrimSpace(g.Name), strings.ToLower(g.Colour)
	var wrong Problems
	if g.Name == "" {
		wrong.add("name", i18n.T("Enter a name for the group."))
	} else if fault := importing.City.Fault(g.Name); fault != "" {
		wrong.add("name", fault)
	}
	if !colourPattern.MatchString(g.Colour) {
		wrong.add("colour", i18n.T("Choose a colour."))
	}
	if g.DiscountBP < 0 || g.DiscountBP > 10000 {
		wrong.add("discount", i18n.T("A discount is between 0 and 100 percent."))
	}
	if err := wrong.or(); err != nil {
		return 0, err
	}
	err := s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if err := tx.SaveGroup(&g); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicGroups})
		return tx.AddActivity(s.entry(actGroupSaved, 0, g.Name, ""))
	})
	return g.ID, nameTaken(err)
}

// Size tells how many clients are in a group.
func (s *Groups) Size(ctx context.Context, id int64) (n int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.GroupSize(id)
		return err
	})
	return n, err
}

// Delete removes a group; its clients are in none then.
func (s *Groups) Delete(ctx context.Context, id int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		g, err := tx.Group(id)
		if err != nil {
			return err
		}
		if _, err := tx.LeaveGroup(id); err != nil {
			return err
		}
		if err := tx.DeleteGroup(id); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicGroups}, Change{Topic: TopicClient})
		return tx.AddActivity(s.entry(actGroupDeleted, 0, g.Name, ""))
	})
}

func nameTaken(err error) error {
	if errors.Is(err, data.ErrDuplicate) {
		return Problems{{Code: Duplicate, Field: "name", Message: i18n.T("There is one with this name already. Choose another name.")}}
	}
	return err
}
