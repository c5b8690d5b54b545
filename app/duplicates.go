package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/app/i18n"
	"clientele/data"
)

// MaxDuplicates is how many groups of likely duplicates are looked for at most.
const MaxDuplicates = 500

// DuplicateGroup is two clients or more that may be one and the same.
type DuplicateGroup struct {
	Why     []data.Likeness  // all that they have in common, what says most first
	Clients []data.ClientRow // by their numbers
}

// Duplicates are the groups that were found.
type Duplicates struct {
	Groups []DuplicateGroup
	// More: there are more, which are found once these are merged.
	More bool
}

// WhyAlike is all that the clients of a group have in common, in the person's language.
func (g DuplicateGroup) WhyAlike() string {
	names := make([]string, len(g.Why))
	for i, why := range g.Why {
		names[i] = likenessName(why)
	}
	return strings.Join(names, ", ")
}

func likenessName(why data.Likeness) string {
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
	seen := map[string]int{}
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

// take adds groups that were not found before; to those that were it adds what else their clients have in common. seen has the place of each group among them, or below
// zero where it is none.
func (d *Duplicates) take(tx *data.Tx, found []data.Duplicate, seen map[string]int) error {
	const most = 20 // clients of a group that are shown
	slices.SortFunc(found, func(a, b data.Duplicate) int { return slices.Compare(a.IDs, b.IDs) })
	for _, f := range found {
		key := fmt.Sprint(f.IDs)
		if at, ok := seen[key]; ok {
			if at >= 0 && !slices.Contains(d.Groups[at].Why, f.Why) {
				d.Groups[at].Why = append(d.Groups[at].Why, f.Why)
			}
			continue
		}
		if len(d.Groups) == MaxDuplicates {
			d.More = true
			return nil
		}
		seen[key] = -1
		rows, err := tx.ClientRows(f.IDs[:min(most, len(f.IDs))])
		if err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b data.ClientRow) int { return int(a.ID - b.ID) })
		if len(rows) > 1 {
			seen[key] = len(d.Groups)
			d.Groups = append(d.Groups, DuplicateGroup{[]data.Likeness{f.Why}, rows})
		}
	}
	return nil
}
