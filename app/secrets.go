package app

import (
	"encoding/json"
	"html"
	"strings"

	"clientele/app/seal"
)

// A mail that holds a secret, such as a new password, is stored with a mark in its place; the secret itself is sealed beside it until the
// mail is sent. The marks are two characters for private use, which no value can bring in.
const (
	secretOpen  = '\uE0C1'
	secretClose = '\uE0C2'
	masked      = "********"
)

// mark stands for the secret with that name.
func mark(name string) string { return string(secretOpen) + name + string(secretClose) }

// mask puts asterisks where a text has marks, for showing it.
func mask(s string) string {
	for {
		i := strings.IndexRune(s, secretOpen)
		if i < 0 {
			return s
		}
		j := strings.IndexRune(s[i:], secretClose)
		if j < 0 {
			return s[:i] + masked
		}
		s = s[:i] + masked + s[i+j+len(string(secretClose)):]
	}
}

// reveal puts the secrets where a text has their marks, for sending it.
func reveal(s string, secrets map[string]string, escape bool) string {
	for name, v := range secrets {
		if escape {
			v = html.EscapeString(v)
		}
		s = strings.ReplaceAll(s, mark(name), v)
	}
	return s
}

// sealSecrets hides secrets under this installation's key, bound to the mail.
func (c *core) sealSecrets(messageID string, secrets map[string]string) ([]byte, error) {
	key, err := c.config.Key()
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	return seal.Seal(key, "mail "+messageID, plain), nil
}

// openSecrets is the other way.
func (c *core) openSecrets(messageID string, sealed []byte) (map[string]string, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	key, err := c.config.Key()
	if err != nil {
		return nil, err
	}
	plain, err := seal.Open(key, "mail "+messageID, sealed)
	if err != nil {
		return nil, err
	}
	var secrets map[string]string
	return secrets, json.Unmarshal(plain, &secrets)
}
