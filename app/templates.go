package app

import (
	"fmt"
	"html"
	"io/fs"
	"regexp"
	"strings"
	"unicode"

	"clientele/app/i18n"
	"clientele/assets/mails"
)

// mailText is a template: a subject, and a text with fields such as {$client_name} and parts such as {if $field}…{/if}, which are left out where
// the field is empty. It is not a programming language, on purpose: values are put in once and never read again.
type mailText struct {
	subject string
	body    string // both parts are made from it
	plain   string // the plain text, where it is not to be made from body
}

// rendered is a mail's texts with the values in place.
type rendered struct {
	subject string
	text    string
	html    string
}

// maxMail is how long a mail's text may be in bytes.
const maxMail = 256 << 10

// shippedText is the shipped template of a kind in a language, or in English where it is not there.
func shippedText(kind, language string) (mailText, error) {
	base, _, _ := strings.Cut(language, "-")
	for _, l := range []string{language, base, "en"} {
		b, err := fs.ReadFile(mails.Files, kind+"."+l+".txt")
		if err == nil {
			return parseMailText(string(b))
		}
	}
	return mailText{}, fmt.Errorf("app: no text for the mail %q", kind)
}

func parseMailText(s string) (mailText, error) {
	first, body, ok := strings.Cut(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n")
	subject, named := strings.CutPrefix(first, "Subject:")
	if !ok || !named {
		return mailText{}, fmt.Errorf("app: a mail begins with its subject and an empty line")
	}
	return mailText{subject: strings.TrimSpace(subject), body: body}, nil
}

var (
	fieldPattern = regexp.MustCompile(`\{\$([a-z0-9_]+)\}`)
	partPattern  = regexp.MustCompile(`\{if \$([a-z0-9_]+)\}`)
	// usePattern finds everything that was meant as a field, so that a mistyped one is an error rather than left in the mail.
	usePattern = regexp.MustCompile(`\{(?:if +)?\$([^{}]*)\}?`)
)

// check names the first field that a template uses and its kind does not have.
func (t mailText) check(k mailKind) error {
	known := map[string]bool{}
	for _, f := range k.fields {
		known[f] = true
	}
	for _, s := range []string{t.subject, t.body, t.plain} {
		for _, m := range usePattern.FindAllStringSubmatch(s, -1) {
			if whole := m[0]; !known[m[1]] || (!partPattern.MatchString(whole) && !fieldPattern.MatchString(whole)) {
				return unknownField(k, m[1])
			}
		}
	}
	return nil
}

// render puts the values in, and marks in place of the secrets. A field without a value is an error: a mail with a gap must not go out.
func (t mailText) render(k mailKind, values, secrets map[string]string) (rendered, error) {
	if err := t.check(k); err != nil {
		return rendered{}, err
	}
	for _, f := range k.fields {
		if _, ok := values[f]; !ok {
			return rendered{}, fmt.Errorf("app: no value for {$%s} in the mail %q", f, k.name)
		}
	}
	present := func(f string) bool { return values[f] != "" || secrets[f] != "" }
	put := func(escape, secret func(string) string) func(string) string {
		return func(f string) string {
			if secrets[f] != "" {
				return secret(f)
			}
			return escape(plainText(values[f]))
		}
	}
	as := func(s string) string { return s }
	body, err := keepParts(t.body, present)
	if err != nil {
		return rendered{}, err
	}
	r := rendered{subject: oneLine(substitute(t.subject, put(as, mark)))}
	r.text, r.html = mailBody(body, k, put(as, mark), put(func(v string) string { return strings.ReplaceAll(linked(html.EscapeString(v)), "\n", "<br>") }, markHTML))
	if t.plain != "" {
		plain, err := keepParts(t.plain, present)
		if err != nil {
			return rendered{}, err
		}
		r.text = strings.TrimSpace(substitute(plain, put(as, mark))) + "\n"
	}
	if len(r.text) > maxMail || len(r.html) > 2*maxMail {
		return rendered{}, &Error{Code: Invalid, Message: i18n.T("The mail is longer than %d kilobytes.", maxMail>>10)}
	}
	return r, nil
}

// markHTML is mark in HTML, where a secret address becomes a link.
func markHTML(field string) string {
	if strings.HasSuffix(field, "_url") {
		return `<a href="` + mark(field) + `">` + mark(field) + `</a>`
	}
	return mark(field)
}

func substitute(s string, value func(field string) string) string {
	return fieldPattern.ReplaceAllStringFunc(s, func(m string) string { return value(m[2 : len(m)-1]) })
}

// keepParts takes out the parts whose field is empty. Parts may stand in one another.
func keepParts(s string, present func(field string) bool) (string, error) {
	var out strings.Builder
	var open []bool // whether each part that is open is kept
	kept := func() bool {
		for _, k := range open {
			if !k {
				return false
			}
		}
		return true
	}
	for s != "" {
		at := strings.Index(s, "{")
		if at < 0 {
			at = len(s)
		}
		if kept() {
			out.WriteString(s[:at])
		}
		s = s[at:]
		switch m := partPattern.FindStringSubmatchIndex(s); {
		case s == "":
		case m != nil && m[0] == 0:
			open = append(open, present(s[m[2]:m[3]]))
			s = s[m[1]:]
		case strings.HasPrefix(s, "{/if}"):
			if len(open) == 0 {
				return "", &Error{Code: Invalid, Message: i18n.T("There is an {/if} without its {if}.")}
			}
			open = open[:len(open)-1]
			s = s[len("{/if}"):]
		default:
			if kept() {
				out.WriteByte('{')
			}
			s = s[1:]
		}
	}
	if len(open) > 0 {
		return "", &Error{Code: Invalid, Message: i18n.T("There is an {if} without its {/if}.")}
	}
	return out.String(), nil
}

// placePattern finds what stands for a field while a text is read.
var placePattern = regexp.MustCompile(`[\x{E100}-\x{E1FF}]`)

// plainText takes control characters, the marks of secrets and the places of fields out of a value.
func plainText(v string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == secretOpen, r == secretClose, r >= firstPlace && r <= lastPlace:
			return -1
		}
		return r
	}, v)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// linkPattern finds the addresses in an escaped text, without the full stop or comma that may follow one.
var linkPattern = regexp.MustCompile(`https?://(?:[^\s<>"&]|&amp;)*(?:[^\s<>"&.,;:!?)]|&amp;)`)
