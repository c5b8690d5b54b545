package app

import "testing"

// A password that an old WHMCS sent is not brought along; what only speaks of passwords stays.
func TestMaskPasswords(t *testing.T) {
	for text, want := range map[string]string{
		"Email: ann@example.com\nPassword: s3cret word\nRegards": "Email: ann@example.com\nPassword: ********\nRegards",
		"Your new password is: s3cret":                           "Your new password is: ********",
		"Your new password is s3cret":                            "Your new password is ********",
		"Ihr Passwort lautet: s3cret":                            "Ihr Passwort lautet: ********",
		"Root Password (SSH): s3cret":                            "Root Password (SSH): ********",
		"Username / Password: ann / s3cret":                      "Username / Password: ********",
		"Password:\ns3cret\nRegards":                             "Password:\n********\nRegards",
		"Password:\n\ns3cret\n\nRegards":                         "Password:\n********\n\nRegards",
		"https://example.com/in?user=ann&password=s3cret&x=1":    "https://example.com/in?user=ann&password=********&x=1",
		"Mot de passe : s3cret":                                  "Mot de passe : ********",
		"To reset your password, open https://example.com/r?k=1": "To reset your password, open https://example.com/r?k=1",
		"Never tell anybody your password. Invoice: 42":          "Never tell anybody your password. Invoice: 42",
		"You forgot your password?\nWrite to us: help@x.example": "You forgot your password?\nWrite to us: help@x.example",
		"Password:\nPlease choose one yourself.":                 "Password:\nPlease choose one yourself.",
		"":                                                       "",
	} {
		if got := maskPasswords(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}
