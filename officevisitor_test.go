package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"

	"clientele/app"
)

// visitorPause is between two acts of a visitor: the site answers one source 20 times a second, and an act takes up to three pages.
const visitorPause = 200 * time.Millisecond

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)
	invoiceLink = regexp.MustCompile(`href="(/invoices/[0-9]+)"`)
	contactLink = regexp.MustCompile(`href="(/contacts/[0-9]+)"`)
)

// visitor is a client who is logged in to the client area, in a browser that follows no redirect.
type visitor struct {
	site   string
	http   *http.Client
	random *rand.Rand
}

// newVisitor logs in by a link of an admin.
func newVisitor(a *app.App, site string, client int64, random *rand.Rand) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	v := &visitor{site, &http.Client{Jar: jar, CheckRedirect: stay, Timeout: officePatience}, random}
	link, err := a.ClientArea.OpenAs(context.Background(), client)
	if err != nil {
		return nil, err
	}
	_, err = v.ask(http.MethodGet, "/as/"+link, nil, http.StatusSeeOther)
	return v, err
}

// ask opens a page, or sends a form where there is one. Any other answer than those wanted is an error.
func (v *visitor) ask(method, path string, form url.Values, want ...int) (page string, err error) {
	r, err := http.NewRequestWithContext(context.Background(), method, v.site+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	got, err := v.http.Do(r)
	if err != nil {
		return "", err
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		return "", err
	}
	for _, status := range want {
		if got.StatusCode == status {
			return string(text), nil
		}
	}
	return "", fmt.Errorf("%s %s was answered by %d: %s", method, path, got.StatusCode, text)
}

// fill sends the form on a page with what is typed and what the page hides in it.
func (v *visitor) fill(path string, typed url.Values) error {
	page, err := v.ask(http.MethodGet, path, nil, http.StatusOK)
	if err != nil {
		return err
	}
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		typed.Set(m[1], m[2])
	}
	_, err = v.ask(http.MethodPost, path, typed, http.StatusSeeOther)
	return err
}

// follow opens one of the links on a page, or returns "" where there is none.
func (v *visitor) follow(path string, links *regexp.Regexp) (link string, err error) {
	page, err := v.ask(http.MethodGet, path, nil, http.StatusOK)
	if err != nil {
		return "", err
	}
	found := links.FindAllStringSubmatch(page, -1)
	if len(found) == 0 {
		return "", nil
	}
	link = found[v.random.IntN(len(found))][1]
	_, err = v.ask(http.MethodGet, link, nil, http.StatusOK)
	return link, err
}

// act is something that a client does there.
func (v *visitor) act() error {
	switch v.random.IntN(4) {
	case 0:
		_, err := v.ask(http.MethodGet, "/", nil, http.StatusOK)
		return err
	case 1:
		link, err := v.follow("/invoices", invoiceLink)
		if err == nil && link != "" {
			_, err = v.ask(http.MethodGet, link+"/pdf", nil, http.StatusOK)
		}
		return err
	case 2:
		email := fmt.Sprintf("v%d@example.com", v.random.Int64())
		return v.fill("/contacts/new", url.Values{"first_name": {"Bea"}, "last_name": {"Lee"}, "email": {email}})
	default:
		link, err := v.follow("/contacts", contactLink)
		if err == nil && link != "" {
			err = v.fill(link+"/delete", url.Values{})
		}
		return err
	}
}
