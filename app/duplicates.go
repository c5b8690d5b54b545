package app

import (
	"context"
	"fmt"
	"slices"

	"clientele/app/i18n"
	"clientele/data"
)

// MaxDuplicates is how many groups of likely duplicates are looked for at most.
const MaxDuplicates = 500

// DuplicateGroup is two clients or more that may be one and the same.
type DuplicateGroup struct {
	Why     data.Likeness
	Clients []data.ClientRow // by their numbers
}

// Duplicates are the groups that were found.
type Duplicates struct {
	Groups []DuplicateGroup
	// More: there are more, which are found once these are merged.
	More bool
}

// LikenessName is why clients may be the same, in the person's language.
func LikenessName(why data.Likeness) string {
	switch why {
	case data.SameEmail:
		return i18n.T("Same email")
	case data.SamePhone:
		return i18n.T("Same phone")
	case data.SameName:
		return i18n.T("Same name and postcode")
	case data.LikeCompany:
		return i18n.T("Similar company")
	}
	return string(why)
}

// Duplicates looks through all clients for those that may be one and the same, by walking the indexes of what they could have in common. It reads a few thousand at a time,
// so that others are not kept waiting, and can be stopped.
func (s *Clients) Duplicates(ctx context.Context, p Progress) (d Duplicates, err error) {
	total, _, err := s.Count(ctx, data.ClientFilter{})
	if err != nil {
		return d, err
	}
	p.Step(i18n.T("Comparing clients"))
	p.SetTotal(total * int64(len(data.Likenesses)-1)) // contacts come on top, which are not worth counting
	seen := map[string]bool{}
	for _, why := range data.Likenesses {
		var at data.DuplicatePlace
		for more := true; more && !d.More; {
			if err := ctx.Err(); err != nil {
				return d, err
			}
			err := s.read(ctx, func(tx *data.Tx) error {
				var found []data.Duplicate
				var looked int
				var err error
				if found, looked, at, more, err = tx.Duplicates(why, at); err != nil {
					return err
				}
				if why != data.SameEmail {
					p.Add(int64(looked))
				}
				return d.take(tx, found, seen)
			})
			if err != nil {
				return d, err
			}
		}
	}
	return d, nil
}

// take adds groups that were not found for a better reason before.
func (d *Duplicates) take(tx *data.Tx, found []data.Duplicate, seen map[string]bool) error {
	const most = 20 // clients of a group that are shown
	slices.SortFunc(found, func(a, b data.Duplicate) int { return slices.Compare(a.IDs, b.IDs) })
	for _, f := range found {
		key := fmt.Sprint(f.IDs)
		if seen[key] {
			continue
		}
		if len(d.Groups) == MaxDuplicates {
			d.More = true
			return nil
		}
		seen[key] = true
		rows, err := tx.ClientRows(f.IDs[:min(most, len(f.IDs))])
		if err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b data.ClientRow) int { return int(a.ID - b.ID) })
		if len(rows) > 1 {
			d.Groups = append(d.Groups, DuplicateGroup{f.Why, rows})
		}
	}
	return nil
}
