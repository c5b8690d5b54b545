package app

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func welcomeValues() map[string]string {
	v := map[string]string{}
	for _, f := range welcomeMail.fields {
		v[f] = ""
	}
	v["client_name"], v["client_email"], v["company_name"], v["signature"] = "Ada Lovelace", "ada@example.com", "Engines", "Engines\nLondon"
	return v
}

func TestRender(t *testing.T) {
	for _, c := range []struct {
		name, body string
		set        map[string]string
		text       string
		html       string // a part of it
	}{
		{"fields", "Dear {$client_name},", nil, "Dear Ada Lovelace,\n", "<p>Dear Ada Lovelace,</p>"},
		{"a value with a field", "Dear {$client_name}!", map[string]string{"client_name": "{$client_email}"}, "Dear {$client_email}!\n", "<p>Dear {$client_email}!</p>"},
		{"a value with a part", "Dear {$client_name}!", map[string]string{"client_name": "{if $client_email}x{/if}"}, "Dear {if $client_email}x{/if}!\n", "{if $client_email}x{/if}!"},
		{"a value with HTML", "Dear {$client_name}", map[string]string{"client_name": `<b onclick="x">&'`}, "Dear <b onclick=\"x\">&'\n", "&lt;b onclick=&#34;x&#34;&gt;&amp;&#39;"},
		{"HTML in the text", "a < b & c", nil, "a < b & c\n", "<p>a &lt; b &amp; c</p>"},
		{"control characters", "Dear {$client_name}", map[string]string{"client_name": "A\x00d\x1ba\r"}, "Dear Ada\n", "Dear Ada<"},
		{"forged marks of a secret", "Dear {$client_name}", map[string]string{"client_name": mark("client_password")}, "Dear client_password\n", "Dear client_password<"},
		{"a secret", "Password: {$client_password}", nil, "Password: " + mark("client_password") + "\n", "Password: " + mark("client_password")},
		{"a part that stays", "{if $client_name}Hello{/if} you", nil, "Hello you\n", "Hello you"},
		{"a part that goes", "{if $client_area_url}Go to {$client_area_url}. {/if}Bye", nil, "Bye\n", "<p>Bye</p>"},
		{"parts in parts", "{if $client_name}a{if $client_area_url}b{/if}c{/if}d", nil, "acd\n", "<p>acd</p>"},
		{"inner part of one that goes", "{if $client_area_url}a{if $client_name}b{/if}c{/if}d", nil, "d\n", "<p>d</p>"},
		{"a part for a secret", "{if $client_password}with{/if}", nil, "with\n", "with"},
		{"lone braces", "{a} {} { $x }", nil, "{a} {} { $x }\n", "{a} {} { $x }"},
		{
			"a link", "See {$client_area_url}.",
			map[string]string{"client_area_url": "https://example.com/a?b=1&c=2"},
			"See https://example.com/a?b=1&c=2.\n",
			`<a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>.`,
		},
		{
			"a link that breaks out", "See {$client_area_url}",
			map[string]string{"client_area_url": `https://x/"onmouseover="y`},
			"See https://x/\"onmouseover=\"y\n",
			`<a href="https://x/">https://x/</a>&#34;onmouseover=&#34;y`,
		},
		{"lines and paragraphs", "a\nb\n\n    c\n    d\n\n\ne", nil, "a\nb\n\n    c\n    d\n\ne\n", "<p>a<br>b</p><pre"},
	} {
		values := welcomeValues()
		for k, v := range c.set {
			values[k] = v
		}
		r, err := mailText{subject: "{$company_name}", body: c.body}.render(welcomeMail, values, map[string]string{"client_password": "s3cret"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r.text != c.text || !strings.Contains(r.html, c.html) {
			t.Errorf("%s:\n%q\nwant %q\n%s\nwant in it %s", c.name, r.text, c.text, r.html, c.html)
		}
		if strings.Contains(r.text+r.html+r.subject, "s3cret") {
			t.Errorf("%s: the secret is readable", c.name)
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		t      mailText
		values map[string]string
		words  string
	}{
		"unknown field":            {mailText{subject: "s", body: "{$invoice_number}"}, nil, "There is no field {$invoice_number}"},
		"unknown field in subject": {mailText{subject: "{$x}", body: "b"}, nil, "There is no field {$x}"},
		"unknown part":             {mailText{subject: "s", body: "{if $x}{/if}"}, nil, "There is no field {$x}"},
		"field in other letters":   {mailText{subject: "s", body: "{$Client_Name}"}, nil, "There is no field {$Client_Name}"},
		"field with a function":    {mailText{subject: "s", body: "{$client_name|upper}"}, nil, "There is no field"},
		"unclosed field":           {mailText{subject: "s", body: "{$client_name"}, nil, "There is no field"},
		"part without end":         {mailText{subject: "s", body: "{if $client_name}a"}, nil, "{if} without its {/if}"},
		"end without part":         {mailText{subject: "s", body: "a{/if}"}, nil, "{/if} without its {if}"},
		"missing value":            {mailText{subject: "s", body: "b"}, map[string]string{}, "no value for"},
		"too long":                 {mailText{subject: "s", body: strings.Repeat("x", maxMail+1)}, nil, "longer than"},
	} {
		values := tt.values
		if values == nil {
			values = welcomeValues()
		}
		if r, err := tt.t.render(welcomeMail, values, nil); err == nil || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: %v, %.100v", name, err, r)
		}
	}
}

// Subjects are one line whatever a value holds, so that nothing gets into a header.
func TestSubjectIsOneLine(t *testing.T) {
	values := welcomeValues()
	values["company_name"] = "Acme\r\nBcc: x@example.com\n\n"
	r, err := mailText{subject: "Welcome to {$company_name}", body: "b"}.render(welcomeMail, values, nil)
	if err != nil || r.subject != "Welcome to Acme Bcc: x@example.com" {
		t.Errorf("%q, %v", r.subject, err)
	}
}

// ML-4: the shipped texts are there in their languages, use known fields alone, and others get English.
func TestShippedTexts(t *testing.T) {
	for language, want := range map[string]string{"en": "Dear Ada", "de": "Guten Tag Ada", "de-AT": "Guten Tag Ada", "fr": "Dear Ada", "": "Dear Ada"} {
		text, err := shippedText("welcome", language)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			area    string // without which there is nowhere to log in
			secrets map[string]string
		}{{}, {area: "https://clients.example.com"}, {secrets: map[string]string{"client_password": "x"}}, {"https://clients.example.com", map[string]string{"client_password": "x"}}} {
			values := welcomeValues()
			values["client_area_url"] = c.area
			r, err := text.render(welcomeMail, values, c.secrets)
			if err != nil || !strings.Contains(r.text, want) || !strings.Contains(r.html, want) || !strings.Contains(r.subject, "Engines") || strings.Contains(r.text, "{") {
				t.Errorf("%s: %+v, %v", language, r, err)
			}
			if strings.ContainsRune(r.text, secretOpen) != (c.area != "" && c.secrets != nil) {
				t.Errorf("%s: a part for the password with %v:\n%s", language, c, r.text)
			}
		}
	}
	if _, err := shippedText("no-such-mail", "en"); err == nil {
		t.Error("a text that is not there")
	}
}

func TestMaskAndReveal(t *testing.T) {
	text := "a " + mark("one") + " b " + mark("two") + " c"
	if got := mask(text); got != "a ******** b ******** c" {
		t.Errorf("masked %q", got)
	}
	if got := mask("a " + string(secretOpen) + "cut"); got != "a ********" {
		t.Errorf("masked %q", got)
	}
	secrets := map[string]string{"one": `<&"`, "two": mark("one")}
	if got := reveal(mark("one"), secrets, false); got != `<&"` {
		t.Errorf("revealed %q", got)
	}
	if got := reveal(mark("one"), secrets, true); got != "&lt;&amp;&#34;" {
		t.Errorf("revealed %q", got)
	}
}

// FuzzRender: no template and no value makes rendering fail hard, and no value is ever read as a template.
func FuzzRender(f *testing.F) {
	f.Add("{$client_name}", "{$signature}")
	f.Add("{if $client_name}{if $client_email}{/if}", "x")
	f.Add("{/if}{$", string(secretOpen))
	f.Fuzz(func(t *testing.T, body, value string) {
		values := welcomeValues()
		values["client_name"] = value
		r, err := mailText{subject: "s", body: body}.render(welcomeMail, values, map[string]string{"client_password": "canary-secret"})
		if err != nil {
			return
		}
		if strings.Contains(r.text+r.html, "canary-secret") && !strings.Contains(body+value, "canary-secret") {
			t.Errorf("the secret is readable: %q", r.text)
		}
		if utf8.ValidString(body) && utf8.ValidString(value) && !utf8.ValidString(r.text+r.html) {
			t.Errorf("text became bytes: %q", r.text)
		}
		if body == "{$client_name}" && strings.TrimSpace(r.text) != strings.TrimSpace(plainText(value)) {
			t.Errorf("%q is shown as %q", value, r.text)
		}
	})
}
