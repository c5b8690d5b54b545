// Package seal hides small secrets with AES-256-GCM under a key that the caller keeps elsewhere. What is sealed for one purpose cannot be
// opened for another. The form is: one byte of version, 12 bytes of nonce, the sealed text with its 16 bytes of tag.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
)

const version = 1

// ErrSealed: the key or the purpose is another one, or the bytes were changed.
var ErrSealed = errors.New("seal: cannot be opened with this key")

// Seal hides plain under a key of 32 bytes. It panics on a key of another length, which no input can cause.
func Seal(key []byte, purpose string, plain []byte) []byte {
	aead := gcm(key)
	out := make([]byte, 1+aead.NonceSize(), 1+aead.NonceSize()+len(plain)+aead.Overhead())
	out[0] = version
	rand.Read(out[1:])
	return aead.Seal(out, out[1:], plain, []byte(purpose)) //nolint:gosec // the nonce was filled with random bytes above
}

// Open returns what Seal hid.
func Open(key []byte, purpose string, sealed []byte) ([]byte, error) {
	aead := gcm(key)
	if len(sealed) < 1+aead.NonceSize() || sealed[0] != version {
		return nil, ErrSealed
	}
	nonce, rest := sealed[1:1+aead.NonceSize()], sealed[1+aead.NonceSize():]
	plain, err := aead.Open(nil, nonce, rest, []byte(purpose))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil || len(key) != 32 {
		panic("seal: a key has 32 bytes")
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}
