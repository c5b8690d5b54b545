package data_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/fold"
	"clientele/app/phone"
	"clientele/data"
	"clientele/data/datatest"
)

// pieces are what the made-up clients of the search tests consist of: accents, scripts, marks that mean something to one of the engines, and
// words that are parts of each other.
var pieces = []string{
	"Jürgen", "Groß", "Ann", "Anna", "Hannah", "O'Neil", "Łukasz", "王小明", "王", "小明", "Ὀδυσσεύς", "محمّد", "Zoë", "😀", "AND", "NOT", "NEAR(a", `say "hi"`,
	"50%", "a_b", `back\slash`, "*", "col:umn", "x", "Li", "Wu", "Ng", "Smith & Söhne", "-minus", "^caret", "(bracket)", "semi;colon", "ﬁnch", "İstanbul",
	"Müller", "Muller", "de la Cruz", "van", "3M", "7", "42", "00", "\u200dzero", "ＦＵＬＬ",
}

// randomClients are the same each time.
func randomClients(n int) []data.Client {
	r := rand.New(rand.NewPCG(7, 7))
	some := func(most int) string {
		var words []string
		for range r.IntN(most + 1) {
			words = append(words, pieces[r.IntN(len(pieces))])
		}
		return strings.Join(words, " ")
	}
	cs := make([]data.Client, n)
	for i := range cs {
		c := datatest.Client(i)
		c.FirstName, c.LastName, c.Company = some(2), some(2), some(2)
		c.Email = fmt.Sprintf("c%d.%d@example.com", r.IntN(100), i)
		c.EmailKey = c.Email
		c.Phone = fmt.Sprintf("+%d (0)%d %d-%d", 1+r.IntN(99), r.IntN(100), r.IntN(1000), r.IntN(10000))
		c.Address1, c.City, c.Postcode, c.Notes = some(1), some(1), strconv.Itoa(r.IntN(100000)), some(3)
		c.Status = []data.Status{data.Active, data.Inactive, data.Closed}[r.IntN(3)]
		c.Address2, c.State, c.TaxID = fmt.Sprintf("Flat %d", 700+i), fmt.Sprintf("Shire%d", i), fmt.Sprintf("GB%d", 10_000+i)
		cs[i] = c
	}
	return cs
}

// model is what CL-2 says, by looking at every client.
func model(cs []data.Client, text string) (begin, rest []int64) {
	folded := fold.Text(text)
	words := strings.Fields(folded)
	words = words[:min(8, len(words))]
	if len(words) == 0 {
		return nil, nil
	}
	digits := ""
	if d := phone.Digits(folded); len(d) >= 5 && strings.Trim(folded, "0123456789+()-./ ") == "" {
		digits = phone.Core(folded)
	}
	type named struct {
		name string
		id   int64
	}
	var beginning []named
	for _, c := range cs {
		if !holds(c, words) && (digits == "" || anyShort(words) || !holds(c, []string{digits})) {
			continue
		}
		if id := strconv.FormatInt(c.ID, 10); folded == id || folded == "#"+id {
			beginning = append(beginning, named{"", c.ID}) // before all others
			continue
		}
		var names []string
		for _, key := range []string{fold.Key(c.LastName, c.FirstName), fold.Key(c.FirstName, c.LastName), fold.Key(c.Company)} {
			if strings.HasPrefix(key, folded) {
				names = append(names, key)
			}
		}
		if len(names) == 0 {
			rest = append(rest, c.ID)
			continue
		}
		beginning = append(beginning, named{slices.Min(names), c.ID})
	}
	sort.Slice(beginning, func(i, j int) bool {
		if beginning[i].name != beginning[j].name {
			return beginning[i].name < beginning[j].name
		}
		return beginning[i].id < beginning[j].id
	})
	for _, b := range beginning {
		begin = append(begin, b.id)
	}
	return begin, rest
}

func anyShort(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) < 3 })
}

func holds(c data.Client, words []string) bool {
	fields := []string{
		c.FirstName + " " + c.LastName, c.Company, c.Email, c.Phone, phone.Digits(c.Phone), c.Address1, c.Address2, c.City, c.State, c.Postcode,
		c.TaxID, c.Notes,
	}
	for i := range fields {
		fields[i] = fold.Text(fields[i])
	}
	fields = append(fields, "#"+strconv.FormatInt(c.ID, 10))
	for _, w := range words {
		if !slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(f, w) }) {
			return false
		}
	}
	return true
}

// drawQuery makes a query out of parts of what the clients hold, at times with something wrong in it.
func drawQuery(t *rapid.T, cs []data.Client) string {
	var words []string
	for range rapid.IntRange(1, 3).Draw(t, "words") {
		c := cs[rapid.IntRange(0, len(cs)-1).Draw(t, "client")]
		source := rapid.SampledFrom([]string{
			c.FirstName, c.LastName, c.Company, c.Email, c.Phone, phone.Digits(c.Phone), c.Notes, c.Postcode, strconv.FormatInt(c.ID, 10), "#" + strconv.FormatInt(c.ID, 10),
			c.LastName + " " + c.FirstName, pieces[int(c.ID)%len(pieces)], c.Address1, c.Address2, c.City, c.State, c.TaxID,
		}).Draw(t, "source")
		runes := []rune(source)
		if len(runes) == 0 {
			continue
		}
		from := 0
		if rapid.Bool().Draw(t, "middle") {
			from = rapid.IntRange(0, len(runes)-1).Draw(t, "from")
		}
		to := min(len(runes), from+rapid.SampledFrom([]int{1, 2, 3, 4, 6, 20}).Draw(t, "length"))
		words = append(words, string(runes[from:to]))
	}
	q := strings.Join(words, " ")
	switch rapid.IntRange(0, 9).Draw(t, "twist") {
	case 0:
		q = strings.ToUpper(q)
	case 1:
		q = "  " + q + "\t"
	case 2:
		q += rapid.SampledFrom([]string{`"`, "*", "%", "_", `\`, " AND", " OR x", "'", "qx", "\x00", " NOT", ")"}).Draw(t, "mark")
	}
	return q
}

// CL-2: what is found, in which order and how many, is what looking at every client gives.
func TestSearchFindsWhatLookingAtEachClientFinds(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, randomClients(300)...)
		rapid.Check(t, func(t *rapid.T) {
			q := drawQuery(t, cs)
			n := rapid.SampledFrom([]int{1, 5, 50, 400}).Draw(t, "rows")
			var got data.Found
			err := s.Read(ctx, func(tx *data.Tx) (err error) {
				got, err = tx.Search(q, n)
				return err
			})
			if err != nil {
				t.Fatalf("%q: %v", q, err)
			}
			begin, rest := model(cs, q)
			total := len(begin) + len(rest)
			if got.Total != total || got.More {
				t.Fatalf("%q: total %d (more %v), want %d", q, got.Total, got.More, total)
			}
			var ids []int64
			for _, r := range got.Rows {
				ids = append(ids, r.ID)
			}
			if len(ids) != min(n, total) {
				t.Fatalf("%q: %d rows, want %d", q, len(ids), min(n, total))
			}
			k := min(len(begin), n)
			if !slices.Equal(ids[:k], begin[:k]) {
				t.Fatalf("%q: begins with %v, want %v", q, ids[:k], begin[:k])
			}
			others := ids[k:]
			if !slices.IsSorted(others) || len(slices.Compact(slices.Clone(others))) != len(others) {
				t.Fatalf("%q: the others are not in order: %v", q, others)
			}
			for _, id := range others {
				if !slices.Contains(rest, id) {
					t.Fatalf("%q: client %d does not match", q, id)
				}
			}
		})
	})
}

// CL-2: the count is exact to 1,000 and says from there on that there are more, for any length of what was typed.
func TestSearchCountsToAThousand(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		var cs []data.Client
		for i := range 1100 {
			c := datatest.Client(i)
			c.FirstName, c.LastName, c.Notes = "P", "Q", "qq"
			switch {
			case i < 999:
				c.Notes += " zya zxa zwa"
			case i < 1000:
				c.Notes += " zxa zwa"
			case i < 1001:
				c.Notes += " zwa"
			}
			cs = append(cs, c)
		}
		datatest.Add(t, s, cs...)
		for _, c := range []struct {
			text  string
			total int
			more  bool
		}{
			{"zya", 999, false},
			{"zxa", 1000, false},
			{"zwa", 1000, true},
			{"zy", 999, false},
			{"zx", 1000, false},
			{"zw", 1000, true},
			{"y", 999, false},
			{"q", 1000, true},
			{"qq", 1000, true},
			{"zya q", 999, false},
			{"zy qq", 999, false},
			{"zwa zya", 999, false},
			{"zvz", 0, false},
			{"zv", 0, false},
			{"", 0, false},
			{" \t", 0, false},
		} {
			err := s.Read(ctx, func(tx *data.Tx) error {
				got, err := tx.Search(c.text, 50)
				if got.Total != c.total || got.More != c.more || len(got.Rows) != min(50, c.total) {
					t.Errorf("%q: %d rows, total %d, more %v; want total %d, more %v", c.text, len(got.Rows), got.Total, got.More, c.total, c.more)
				}
				return err
			})
			if err != nil {
				t.Errorf("%q: %v", c.text, err)
			}
		}
	})
}

// CL-2: the count is as exact where so many names begin with what was typed that their own index answers it.
func TestSearchCountsNamesToAThousand(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		var cs []data.Client
		for i := range 2002 {
			c := datatest.Client(i)
			c.FirstName, c.LastName = "Q", "Yngve"
			if i >= 1000 {
				c.LastName = "Xenia"
			}
			if i == 2001 {
				c.FirstName, c.LastName, c.Notes = "Ada", "Byron", "yngve"
			}
			cs = append(cs, c)
		}
		cs[1000].LastName = "Xenianne"
		datatest.Add(t, s, cs...)
		for _, c := range []struct {
			text  string
			total int
			more  bool
		}{
			{"xenia", 1000, true}, // 1001 names
			{"xenianne", 1, false},
			{"yngve", 1000, true},    // 1000 names, and one more by its notes
			{"yngve q", 1000, false}, // these names alone
			{"yngve ad", 1, false},
		} {
			err := s.Read(ctx, func(tx *data.Tx) error {
				got, err := tx.Search(c.text, 50)
				if got.Total != c.total || got.More != c.more || len(got.Rows) != min(50, c.total) {
					t.Errorf("%q: %d rows, total %d, more %v; want total %d, more %v", c.text, len(got.Rows), got.Total, got.More, c.total, c.more)
				}
				return err
			})
			if err != nil {
				t.Errorf("%q: %v", c.text, err)
			}
		}
	})
}

// Two short words are looked for in a bounded number of clients; where that was not enough the answer says that there may be more.
func TestSearchOfShortWordsSaysWhenItGaveUp(t *testing.T) {
	s := datatest.Open(t)
	var cs []data.Client
	for i := range data.Candidates + 500 {
		c := datatest.Client(i)
		c.Notes = "zz"
		if i == data.Candidates+400 {
			c.Notes = "zz yy"
		}
		cs = append(cs, c)
	}
	datatest.Add(t, s, cs...)
	err := s.Read(ctx, func(tx *data.Tx) error {
		got, err := tx.Search("zz yy", 50)
		if !got.More && got.Total != 1 {
			t.Errorf("total %d as if all clients had been seen", got.Total)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Hostile and overlong input: an answer, never an error.
func FuzzSearch(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	for _, q := range []string{`"`, `""`, "a AND", "{x} : y", strings.Repeat("a", 5000), strings.Repeat("ab ", 500), "\xff\xfe", "99999999999999999999", "#1", "-1", "\x00"} {
		f.Add(q)
	}
	s := datatest.Open(f)
	cs := datatest.Add(f, s, randomClients(50)...)
	f.Fuzz(func(t *testing.T, q string) {
		err := s.Read(ctx, func(tx *data.Tx) error {
			got, err := tx.Search(q, 100)
			if len([]rune(q)) > 100 {
				return err // longer than the model's names are kept
			}
			if begin, rest := model(cs, q); err == nil && got.Total != len(begin)+len(rest) {
				t.Errorf("%q: %d, want %d and %d", q, got.Total, len(begin), len(rest))
			}
			return err
		})
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
	})
}

// CL-2: a client is found by each thing that is named there, by its middle too, and by words of several of them together; case and accents do not matter.
func TestSearchLooksIntoEachField(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		c := datatest.Client(1)
		c.FirstName, c.LastName, c.Company, c.Email = "Zoë", "Lindqvist", "Väder & Co", "post@vaderco.example"
		c.EmailKey = c.Email
		c.Phone, c.Address1, c.Address2, c.City, c.State, c.Postcode, c.TaxID, c.Notes = "+46 (0)8-123 45 67", "Storgatan 5", "Trappa B", "Örebro", "Närke", "702 10", "SE556677", "Ringer helst sent"
		id := datatest.Add(t, s, datatest.Client(7), c)[1].ID
		for _, typed := range []string{
			"zoe", "indqvi", "VÄDER", "vader &", "vaderco.ex", "812345", "123 45", "torgat", "rappa", "orebro", "arke", "702", "5566", "helst", fmt.Sprintf("#%d", id),
			"zoe orebro", "sent vader 5566",
			"zoe lindqvist vader post storgatan trappa orebro narke nothing", // eight words name anybody
		} {
			err := s.Read(ctx, func(tx *data.Tx) error {
				found, err := tx.Search(typed, 10)
				if len(found.Rows) != 1 || found.Rows[0].ID != id || found.Total != 1 {
					t.Errorf("%q finds %+v", typed, found)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
