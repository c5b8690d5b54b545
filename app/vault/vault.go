// Package vault seals the numbers of cards, so that the data alone tells nobody more than the last four digits.
//
// Each number is sealed by HPKE (RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM) to a public key, the [Recipient], which is all that is
// needed to add a card. The private key is the office's CC encryption hash, the [Hash], which people enter to see a number: without it there is none, so asking for
// it is more than a dialog. What is sealed is bound to its card by a [Binding], so that the sealed number of one card cannot be put into another.
package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// Size is the length of a hash and of a recipient, in bytes.
const Size = 32

// version is the first byte of what is sealed. Another suite would have another one.
const version = 1

// Overhead is by how much the sealed form is longer than what is sealed: the version, the encapsulated key, the tag.
const Overhead = 1 + 32 + 16

var (
	// ErrHash: the text is no hash: it has other characters, or is too short or too long.
	ErrHash = errors.New("vault: not a hash")
	// ErrMistyped: the check characters do not fit the rest.
	ErrMistyped = errors.New("vault: the check characters do not fit")
	// ErrRecipient: the bytes are no public key.
	ErrRecipient = errors.New("vault: not a recipient")
	// ErrSealed: it was sealed to another recipient or for another card, or was changed.
	ErrSealed = errors.New("vault: cannot be opened with this hash")
)

// Hash is the private key, which the product calls the CC encryption hash. The bytes lie behind a pointer, and it is never printed: Text and Hex alone
// give it.
type Hash struct{ h *secret }

type secret struct{ b [Size]byte }

// NewHash makes a random one.
func NewHash() Hash {
	h := Hash{&secret{}}
	rand.Read(h.h.b[:]) // never fails: it would end the program
	return h
}

// checkLetters stand for four bits each and are no hexadecimal digits, so that nobody takes them for a part of the hash.
const checkLetters = "GHJKLMNPQRSTVWXY"

// CheckSize is how many check characters follow a hash where it is written down.
const CheckSize = 6

// Check are the characters that follow the hash on paper: of sixteen million slips they let one pass.
func (h Hash) Check() string {
	sum := sha256.Sum256(append([]byte("clientele cc check "), h.h.b[:]...))
	out := make([]byte, CheckSize)
	for i := range out {
		n := sum[i/2]
		if i%2 == 0 {
			n >>= 4
		}
		out[i] = checkLetters[n&0xf]
	}
	return string(out)
}

// ParseHash reads a hash as people type it or copy it: in capital or small letters, with blanks, dashes and line ends anywhere, with or without its check
// characters.
func ParseHash(s string) (Hash, error) {
	if len(s) > 1000 {
		return Hash{}, ErrHash
	}
	clean := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n', '-', '\u00a0', '\u2010', '\u2011', '\u2013', '\u2014':
			return -1
		}
		return r
	}, s)
	digits, check := clean, ""
	if len(clean) == 2*Size+CheckSize {
		digits, check = clean[:2*Size], strings.ToUpper(clean[2*Size:])
	}
	b, err := hex.DecodeString(strings.ToLower(digits))
	if err != nil || len(b) != Size {
		return Hash{}, ErrHash
	}
	h := Hash{&secret{}}
	copy(h.h.b[:], b)
	clear(b)
	if check != "" && subtle.ConstantTimeCompare([]byte(check), []byte(h.Check())) != 1 {
		return Hash{}, ErrMistyped
	}
	return h, nil
}

// IsZero tells whether it is none.
func (h Hash) IsZero() bool { return h.h == nil }

// Hex is the hash as the configuration file has it.
func (h Hash) Hex() string { return hex.EncodeToString(h.h.b[:]) }

// Text is the hash as it is written down: in groups of eight, without the check characters.
func (h Hash) Text() string { return strings.Join(h.Groups(), "-") }

// Groups are the eight groups of eight digits.
func (h Hash) Groups() []string {
	all := h.Hex()
	groups := make([]string, 0, 8)
	for i := 0; i < len(all); i += 8 {
		groups = append(groups, all[i:i+8])
	}
	return groups
}

// Wipe overwrites the hash, in every copy of the value.
func (h Hash) Wipe() {
	if h.h != nil {
		clear(h.h.b[:])
	}
}

// String tells only that there is one.
func (h Hash) String() string { return "(hash)" }

// Format prints what String says, whatever the verb is.
func (h Hash) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, h.String()) }

// LogValue is what String says, for logs.
func (h Hash) LogValue() slog.Value { return slog.StringValue(h.String()) }

// MarshalText is what String says, for encodings.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// Recipient is the public key of a hash.
func (h Hash) Recipient() Recipient {
	key, err := ecdh.X25519().NewPrivateKey(h.h.b[:])
	if err != nil {
		panic(err) // 32 bytes always are one
	}
	var r Recipient
	copy(r[:], key.PublicKey().Bytes())
	return r
}

// Recipient is a public key: what is needed to seal.
type Recipient [Size]byte

// ParseRecipient reads the hexadecimal form.
func ParseRecipient(s string) (Recipient, error) {
	b, err := hex.DecodeString(s)
	if err != nil {
		return Recipient{}, ErrRecipient
	}
	return RecipientOf(b)
}

// RecipientOf reads the bytes of a public key.
func RecipientOf(b []byte) (Recipient, error) {
	var r Recipient
	if len(b) != Size || bytes.Equal(b, r[:]) {
		return Recipient{}, ErrRecipient
	}
	copy(r[:], b)
	return r, nil
}

// Hex is how the configuration file has it.
func (r Recipient) Hex() string { return hex.EncodeToString(r[:]) }

// IsZero tells whether it is none.
func (r Recipient) IsZero() bool { return r == Recipient{} }

// KeyID names the key in rows and in files: the first eight bytes of its SHA-256, as hex.
func (r Recipient) KeyID() string {
	sum := sha256.Sum256(r[:])
	return hex.EncodeToString(sum[:8])
}

// Fingerprint is what people compare: twenty bytes of the SHA-256 with a beginning of its own, in groups of four digits.
func (r Recipient) Fingerprint() string {
	sum := sha256.Sum256(append([]byte("clientele cc fingerprint "), r[:]...))
	all := hex.EncodeToString(sum[:20])
	groups := make([]string, 0, 10)
	for i := 0; i < len(all); i += 4 {
		groups = append(groups, all[i:i+4])
	}
	return strings.Join(groups, " ")
}

// Is tells whether a hash is the one of this key, in the same time whatever differs.
func (r Recipient) Is(h Hash) bool {
	of := h.Recipient()
	return subtle.ConstantTimeCompare(r[:], of[:]) == 1
}

// Binding is what a sealed number belongs to. It opens with the same one alone. It names no client: a card goes to another client when two are merged, and nobody
// could seal it anew then without the hash.
type Binding struct {
	Vault string // of the office
	Card  string // the card's own name
	Brand string
	Last4 string
}

func (b Binding) info(r Recipient) []byte {
	return []byte(strings.Join([]string{"clientele", "card", "v1", b.Vault, b.Card, r.KeyID(), b.Brand, b.Last4}, "|"))
}

// Seal hides plain so that the recipient's hash alone opens it.
func (r Recipient) Seal(b Binding, plain []byte) ([]byte, error) {
	key, err := ecdh.X25519().NewPublicKey(r[:])
	if err != nil {
		return nil, ErrRecipient
	}
	public, err := hpke.NewDHKEMPublicKey(key)
	if err != nil {
		return nil, ErrRecipient
	}
	sealed, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.AES256GCM(), b.info(r), plain)
	if err != nil {
		return nil, ErrRecipient
	}
	return append([]byte{version}, sealed...), nil
}

// Open returns what Seal hid.
func (h Hash) Open(b Binding, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != version {
		return nil, ErrSealed
	}
	key, err := ecdh.X25519().NewPrivateKey(h.h.b[:])
	if err != nil {
		return nil, ErrSealed
	}
	private, err := hpke.NewDHKEMPrivateKey(key)
	if err != nil {
		return nil, ErrSealed
	}
	plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), b.info(h.Recipient()), sealed[1:])
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Shaped tells whether bytes have the form of a sealed number of so many bytes, without opening it.
func Shaped(sealed []byte, plain int) bool {
	return len(sealed) == Overhead+plain && sealed[0] == version
}
