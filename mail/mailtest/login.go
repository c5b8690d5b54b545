package mailtest

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
)

// errWrong is a wrong user or password.
var errWrong = errors.New("wrong user or password")

// login is the dialogue of AUTH.
func (c *conversation) login(rest string) error {
	c.server.count(&c.server.logins)
	mechanism, initial, _ := strings.Cut(rest, " ")
	mechanism = strings.ToUpper(mechanism)
	if !slices.Contains(c.server.script.Mechanisms, mechanism) {
		return c.reply("504 5.5.4 Mechanism not offered")
	}
	var err error
	switch mechanism {
	case "PLAIN":
		err = c.plain(initial)
	case "LOGIN":
		err = c.userThenPassword(initial)
	case "CRAM-MD5":
		err = c.cramMD5()
	case "SCRAM-SHA-256":
		err = c.scram()
	default:
		return c.reply("504 5.5.4 Mechanism not understood")
	}
	if err != nil && !errors.Is(err, errWrong) {
		return err
	}
	if err != nil || c.fate == Login535 {
		c.user = ""
		return c.reply(c.server.script.answer(Login535, "535 5.7.8 User or password is wrong"))
	}
	c.user = c.server.script.User
	return c.reply("235 2.7.0 Logged in")
}

func (c *conversation) plain(initial string) error {
	answer, err := c.challengeUnless(initial, "")
	if err != nil {
		return err
	}
	parts := strings.Split(answer, "\x00")
	if len(parts) != 3 {
		return errWrong
	}
	return c.verify(parts[1], parts[2])
}

func (c *conversation) userThenPassword(initial string) error {
	user, err := c.challengeUnless(initial, "Username:")
	if err != nil {
		return err
	}
	password, err := c.challenge("Password:")
	if err != nil {
		return err
	}
	return c.verify(user, password)
}

func (c *conversation) cramMD5() error {
	const once = "<1896.697170952@mail.test>"
	answer, err := c.challenge(once)
	if err != nil {
		return err
	}
	user, digest, _ := strings.Cut(answer, " ")
	mac := hmac.New(md5.New, []byte(c.server.script.Password))
	mac.Write([]byte(once))
	if user != c.server.script.User || digest != hex.EncodeToString(mac.Sum(nil)) {
		return errWrong
	}
	return nil
}

// scram is SCRAM-SHA-256 (RFC 7677) without channel binding.
func (c *conversation) scram() error {
	first, err := c.challenge("")
	if err != nil {
		return err
	}
	bare, ok := strings.CutPrefix(first, "n,,")
	user, nonce, found := strings.Cut(strings.TrimPrefix(bare, "n="), ",r=")
	if !ok || !found {
		return errWrong
	}
	const salt, rounds = "salt of the test", 4096
	nonce += "server"
	serverFirst := "r=" + nonce + ",s=" + base64.StdEncoding.EncodeToString([]byte(salt)) + ",i=4096"
	final, err := c.challenge(serverFirst)
	if err != nil {
		return err
	}
	withoutProof, proof, _ := strings.Cut(final, ",p=")
	if withoutProof != "c=biws,r="+nonce {
		return errWrong
	}
	salted, err := pbkdf2.Key(sha256.New, c.server.script.Password, []byte(salt), rounds, sha256.Size)
	if err != nil {
		return err
	}
	message := bare + "," + serverFirst + "," + withoutProof
	clientKey := hmacSHA256(salted, "Client Key")
	stored := sha256.Sum256(clientKey)
	want := make([]byte, sha256.Size)
	subtle.XORBytes(want, clientKey, hmacSHA256(stored[:], message))
	if user != c.server.script.User || proof != base64.StdEncoding.EncodeToString(want) {
		return errWrong
	}
	signature := hmacSHA256(hmacSHA256(salted, "Server Key"), message)
	_, err = c.challenge("v=" + base64.StdEncoding.EncodeToString(signature))
	return err
}

func hmacSHA256(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func (c *conversation) verify(user, password string) error {
	if user != c.server.script.User || password != c.server.script.Password {
		return errWrong
	}
	return nil
}

func (c *conversation) challengeUnless(initial, text string) (string, error) {
	if initial == "" {
		return c.challenge(text)
	}
	return decode(initial)
}

// challenge asks and returns the decoded answer.
func (c *conversation) challenge(text string) (string, error) {
	if err := c.reply("334 " + base64.StdEncoding.EncodeToString([]byte(text))); err != nil {
		return "", err
	}
	line, err := c.line()
	if err != nil {
		return "", err
	}
	return decode(line)
}

func decode(line string) (string, error) {
	plain, err := base64.StdEncoding.DecodeString(line)
	if err != nil {
		return "", errWrong
	}
	return string(plain), nil
}
