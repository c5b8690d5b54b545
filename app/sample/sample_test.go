package sample_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/money"
	"clientele/app/sample"
)

var today = date.MustNew(2026, 6, 1)

// The same seed gives the same clients for ever; AP-7 demo. A change of the tables changes this file on purpose:
// run the test with UPDATE_GOLDEN=1 and look at what has changed.
func TestSameSeedSameClients(t *testing.T) {
	g := sample.New(42, today)
	var b strings.Builder
	for _, i := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 999_999} {
		fmt.Fprintf(&b, "%d %+v\n", i, g.Client(i))
	}
	const golden = "testdata/seed42.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if sample.New(43, today).Client(0) == g.Client(0) {
		t.Error("another seed gives the same client")
	}
}

// Clients can be made in any order and by several goroutines.
func TestRandomAccess(t *testing.T) {
	g := sample.New(7, today)
	const n = 2000
	var parts [4][n]sample.Client
	var wait sync.WaitGroup
	for p := range parts {
		wait.Go(func() {
			for k := range n {
				i := (k*(2*p+1) + p) % n
				parts[p][i] = g.Client(i)
			}
		})
	}
	wait.Wait()
	for i := range n {
		if want := g.Client(i); parts[0][i] != want {
			t.Fatalf("client %d: %+v, want %+v", i, parts[0][i], want)
		}
	}
}

func TestClientsAreValidAndBelievable(t *testing.T) {
	const n = 200_000
	g := sample.New(1, today)
	languages, emails := map[string]bool{}, make(map[string]bool, n)
	for _, l := range i18n.Languages() {
		languages[l.Tag] = true
	}
	countries, statuses, groups, scripts, names := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	companies, old := 0, 0
	for i := range n {
		c := g.Client(i)
		if emails[c.Email] {
			t.Fatalf("client %d: the address %s is taken", i, c.Email)
		}
		emails[c.Email] = true
		check(t, i, c)
		if !languages[c.Language] || !i18n.ValidCountry(c.Country) || !money.Currency(c.Currency).Valid() {
			t.Fatalf("client %d: language %q, country %q, currency %q", i, c.Language, c.Country, c.Currency)
		}
		if c.Created.After(today) || c.Created.Before(today.AddDays(-8*366)) {
			t.Fatalf("client %d was created on %s", i, c.Created)
		}
		countries[c.Country]++
		statuses[c.Status]++
		groups[c.Group]++
		scripts[script(c.LastName)]++
		names[c.FirstName+" "+c.LastName]++
		if c.Company != "" {
			companies++
		}
		if c.Created.Before(today.AddDays(-4 * 365)) {
			old++
		}
	}
	share := func(what string, got, low, high int) {
		if percent := 100 * got / n; percent < low || percent > high {
			t.Errorf("%s: %d %%, want %d to %d", what, percent, low, high)
		}
	}
	share("active", statuses["Active"], 81, 83)
	share("inactive", statuses["Inactive"], 12, 14)
	share("closed", statuses["Closed"], 4, 6)
	share("companies", companies, 55, 70)
	share("Latin names", scripts["Latin"], 70, 92)
	share("older than four years", old, 5, 40)
	if len(countries) < 30 {
		t.Errorf("%d countries", len(countries))
	}
	for _, s := range []string{"Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hangul", "Devanagari", "Thai"} {
		if scripts[s] < n/1000 {
			t.Errorf("%d names in %s", scripts[s], s)
		}
	}
	for _, group := range append([]string{""}, sample.Groups...) {
		if groups[group] == 0 {
			t.Errorf("nobody in group %q", group)
		}
	}
	if len(groups) != len(sample.Groups)+1 {
		t.Errorf("groups %v", groups)
	}
	if len(names) > n*9/10 || len(names) < n/10 {
		t.Errorf("%d different names of %d", len(names), n)
	}
}

// check holds a client to the limits of an import.
func check(t *testing.T, i int, c sample.Client) {
	t.Helper()
	for f, value := range map[importing.Field]string{
		importing.FirstName: c.FirstName, importing.LastName: c.LastName, importing.CompanyName: c.Company, importing.Address1: c.Address1,
		importing.Address2: c.Address2, importing.City: c.City, importing.State: c.State, importing.Postcode: c.Postcode,
		importing.PhoneNumber: c.Phone, importing.TaxID: c.TaxID, importing.Email: c.Email, importing.Notes: c.Notes,
	} {
		limit := f.Limit()
		if n := len([]rune(value)); limit.Chars > 0 && n > limit.Chars || limit.Bytes > 0 && len(value) > limit.Bytes {
			t.Fatalf("client %d: %s %q is too long", i, f, value)
		}
		if strings.ContainsAny(value, "{}#%¬|") || strings.TrimSpace(value) != value {
			t.Fatalf("client %d: %s %q is not filled in", i, f, value)
		}
	}
	if c.FirstName == "" || c.LastName == "" || c.Address1 == "" || c.City == "" {
		t.Fatalf("client %d lacks something: %+v", i, c)
	}
	if i < 5000 {
		if _, err := email.Parse(c.Email); err != nil {
			t.Fatalf("client %d: %v", i, err)
		}
	}
	_, domain, _ := strings.Cut(c.Email, "@")
	if domain != "example.com" && domain != "example.org" && domain != "example.net" && !strings.HasSuffix(domain, ".example") {
		t.Fatalf("client %d: %s could reach somebody", i, c.Email)
	}
}

func script(s string) string {
	for _, r := range s {
		for _, name := range []string{"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hangul", "Devanagari", "Thai"} {
			if unicode.Is(unicode.Scripts[name], r) {
				return name
			}
		}
	}
	return ""
}

func BenchmarkClient(b *testing.B) {
	g := sample.New(1, today)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		g.Client(i)
		i++
	}
}
