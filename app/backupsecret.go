package app

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"filippo.io/age"

	"clientele/app/i18n"
)

// MinPassphrase is how many characters the passphrase of a backup has at least.
const MinPassphrase = 8

// workFactor is how much work it is to try one passphrase, as a power of two. Tests take less.
var workFactor = 18

// encryptedFile tells whether a file is encrypted by age, whatever it is called.
func encryptedFile(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }() // only read
	const mark = "age-encryption.org/"
	head := make([]byte, len(mark))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, err
	}
	return string(head[:n]) == mark, nil
}

// EncryptedBackup tells whether a file is a backup that needs a passphrase. One that cannot be read is none.
func EncryptedBackup(path string) bool {
	yes, err := encryptedFile(path)
	return err == nil && yes
}

// passphraseProblem says what is wrong with a passphrase, or nil.
func passphraseProblem(passphrase string) error {
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return Problems{{Code: Invalid, Field: FieldPassphrase, Message: i18n.T("A passphrase has at least %d characters. A few words that nobody would guess are good.", MinPassphrase)}}
	}
	return nil
}

// FieldPassphrase is the key of the passphrase in errors.
const FieldPassphrase = "passphrase"

// encrypt writes a file that only the passphrase opens, beside the plain one, and returns its path.
func encrypt(ctx context.Context, plain, folder, passphrase string) (path string, err error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return "", err
	}
	to.SetWorkFactor(workFactor)
	in, err := os.Open(plain)
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }() // only read
	out, err := os.CreateTemp(folder, ".clientele-*.tmp")
	if err != nil {
		return "", err
	}
	defer func() {
		err = errors.Join(err, out.Close())
		discardCopy(out.Name(), &err)
	}()
	w, err := age.Encrypt(out, to)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(w, &stoppable{ctx, in}); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return out.Name(), out.Sync()
}

// decrypt writes what an encrypted file holds to an open file. NotAllowed: the passphrase is not the right one.
func decrypt(ctx context.Context, path string, out io.Writer, passphrase string) error {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return wrongPassphrase(err)
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	r, err := age.Decrypt(bufio.NewReader(&stoppable{ctx, in}), id)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return wrongPassphrase(err)
	}
	_, err = io.Copy(out, r)
	return err
}

func wrongPassphrase(err error) error {
	return &Error{Code: NotAllowed, Field: FieldPassphrase, Err: err, Message: i18n.T("This passphrase does not open the backup. Check its letters, and whether it belongs to this file.")}
}
