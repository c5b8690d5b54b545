package terminal

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

// Restoration is what restoring a backup came to.
type Restoration struct {
	app.Restore
	// Differences are what the ledgers of the restored data differ in, in words; none means all is well.
	Differences []string
}

func (c *commandLine) backup() *cobra.Command {
	var secret string
	cmd := &cobra.Command{
		Use: "backup FILE", Short: i18n.T("Writes all data to one file, while work goes on."), Args: arguments("FILE"),
		Long: i18n.T("Writes all data to one file, while work goes on, and reads it again. With a passphrase it is encrypted, and nobody can read it without. The configuration with the keys is not in it."),
		RunE: func(cmd *cobra.Command, args []string) error {
			passphrase, err := passphraseIn(secret)
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), true, func(a *app.App) error { return c.runBackup(cmd.Context(), a, args[0], passphrase) })
		},
	}
	passphraseFlag(cmd, &secret)
	return cmd
}

// backupResult is a backup that was written, for programs.
type backupResult struct {
	File         string `json:"file"`
	Bytes        int64  `json:"bytes"`
	SHA256       string `json:"sha256"`
	Encrypted    bool   `json:"encrypted"`
	Clients      int64  `json:"clients"`
	Invoices     int64  `json:"invoices"`
	Transactions int64  `json:"transactions"`
}

func (c *commandLine) runBackup(ctx context.Context, a *app.App, path, passphrase string) error {
	c.stopped = i18n.T("Stopped. No backup was written.")
	p, done := c.progress()
	b, err := a.Backups.WriteTo(ctx, path, passphrase, p)
	done()
	if err != nil {
		return err
	}
	words := i18n.N(b.Clients, "“%s” was written and read again: one client, %s.", "“%s” was written and read again: %d clients, %s.", b.Name, i18n.FormatBytes(b.Bytes))
	if b.Encrypted {
		words += " " + i18n.T("It is encrypted. Without the passphrase nobody can restore it.")
	}
	return c.tell(backupResult{b.Name, b.Bytes, b.SHA256, b.Encrypted, b.Clients, b.Invoices, b.Transactions}, words)
}

func (c *commandLine) restore() *cobra.Command {
	var secret string
	cmd := &cobra.Command{
		Use: "restore FILE", Short: i18n.T("Puts a backup in the place of the data."), Args: arguments("FILE"),
		Long: i18n.T("Reads a backup, backs up what is there now, and puts the backup in the place of the data. The window must be closed. Where it fails or is stopped, the data is as it was."),
		RunE: func(cmd *cobra.Command, args []string) error { return c.runRestore(cmd.Context(), args[0], secret) },
	}
	passphraseFlag(cmd, &secret)
	return cmd
}

// restoreResult is a restore that was done, for programs.
type restoreResult struct {
	File         string   `json:"file"`
	Made         string   `json:"made"`
	Clients      int64    `json:"clients"`
	Invoices     int64    `json:"invoices"`
	Transactions int64    `json:"transactions"`
	Replaced     string   `json:"replaced"` // the backup of what was there before; empty where there was nothing
	Differences  []string `json:"differences"`
}

func (c *commandLine) runRestore(ctx context.Context, path, secret string) error {
	passphrase, err := passphraseIn(secret)
	if err != nil {
		return err
	}
	if passphrase == "" && c.AskSecret != nil && app.EncryptedBackup(path) {
		if passphrase, err = c.AskSecret(ctx, i18n.T("Passphrase of the backup (nothing is shown):")); err != nil {
			return err
		}
	}
	p, done := c.progress()
	r, err := c.Restore(ctx, c.where, path, passphrase, p)
	done()
	if err != nil {
		return err
	}
	result := restoreResult{path, r.Made.Format("2006-01-02T15:04:05Z"), r.Clients, r.Invoices, r.Transactions, r.Replaced, append([]string{}, r.Differences...)}
	words := []string{i18n.N(r.Clients, "“%s” was restored: one client.", "“%s” was restored: %d clients.", r.From)}
	if r.Replaced != "" {
		words = append(words, i18n.T("What was there before is in the folder of backups: %s", r.Replaced))
	}
	words = append(words, r.Differences...)
	if err := c.tell(result, strings.Join(words, "\n")); err != nil {
		return err
	}
	if len(r.Differences) > 0 {
		return errDiffers
	}
	return nil
}

func passphraseFlag(cmd *cobra.Command, secret *string) {
	cmd.Flags().StringVar(secret, "passphrase-file", "", i18n.T("a file whose first line is the passphrase"))
	valued(cmd.Flags(), "passphrase-file", "F")
}

// passphraseIn reads the first line of a file. An option would show the passphrase to others on the machine.
func passphraseIn(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	f, err := os.Open(path)
	if err != nil {
		return "", &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The file with the passphrase, “%s”, cannot be read. Nothing was done.", path)}
	}
	defer func() { _ = f.Close() }() // only read
	const most = 1000
	line, err := bufio.NewReader(io.LimitReader(f, most+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" || len(line) > most {
		return "", &app.Error{Code: app.Invalid, Message: i18n.T("The first line of “%s” is no passphrase: it has from 1 to %d characters.", path, most)}
	}
	return line, nil
}
