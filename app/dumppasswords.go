package app

import (
	"regexp"
	"strings"
)

// Old versions of WHMCS keep in their log of mails the passwords that they sent, in plain words. They are not brought along.
var (
	passwordWord = `(?:password|passwd|passwort|kennwort|passphrase|wachtwoord|mot de passe|contraseña|senha)`
	// passwordLine is a line such as “Your new password is: secret” or “Root Password (cPanel): secret”.
	passwordLine = regexp.MustCompile(`(?im)^(.{0,80}` + passwordWord + `(?: \([^)\n]{0,40}\))?(?: (?:is|lautet|ist|est|es|é))? ?:)[ \t]*\S.*$`)
	// passwordWords is one that a sentence ends with, as in “your password is secret”, and passwordValue one in a link or a setting.
	passwordWords = regexp.MustCompile(`(?im)(` + passwordWord + ` (?:is|lautet|ist|est|es|é))[ \t]+\S+$`)
	passwordValue = regexp.MustCompile(`(?im)(` + passwordWord + `=)[^\s&"']+`)
	// passwordAbove has the password alone on the line below.
	passwordAbove = regexp.MustCompile(`(?im)^(.{0,80}` + passwordWord + `(?: \([^)\n]{0,40}\))?(?: (?:is|lautet|ist|est|es|é))? ?:)[ \t]*\n+\S+$`)
)

// maskPasswords takes out of the text of a mail what is plainly a password; asterisks stand in its place, as with those that are sent from here.
func maskPasswords(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	// The line below comes first: there is none any more once the line itself is masked.
	text = passwordAbove.ReplaceAllString(text, "$1\n"+masked)
	text = passwordLine.ReplaceAllString(text, "$1 "+masked)
	text = passwordWords.ReplaceAllString(text, "$1 "+masked)
	return passwordValue.ReplaceAllString(text, "${1}"+masked)
}
