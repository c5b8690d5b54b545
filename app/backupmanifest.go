package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"clientele/app/atomicfile"
	"clientele/app/i18n"
	"clientele/data"
)

// BackupReason is why a backup was made. Reasons are stored, so they are never renamed.
type BackupReason string

// The reasons.
const (
	BackupDaily    BackupReason = "daily"
	BackupByHand   BackupReason = "by hand"
	BackupUpdate   BackupReason = "before an update" // a newer version changed the form of the data
	BackupImport   BackupReason = "before an import"
	BackupMerge    BackupReason = "before a merge"
	BackupDelete   BackupReason = "before a deletion"
	BackupRotation BackupReason = "before the card key changed"
	BackupRestore  BackupReason = "before a restore"
)

// Backup is a file that all data can be restored from, with what its manifest says of it.
type Backup struct {
	Name string // of the file, in the folder of backups; the whole path of one that was written elsewhere
	Manifest
	// Bytes is how large the file is now.
	Bytes int64
}

// Manifest is what was found in a backup as it was made and read again. It lies beside the backup, so that a list of backups need not open each, and so
// that a file that was changed since is known.
type Manifest struct {
	Made         time.Time        `json:"made"`
	Reason       BackupReason     `json:"reason"`
	Schema       int              `json:"schema"`
	Clients      int64            `json:"clients"`
	Invoices     int64            `json:"invoices"`
	Transactions int64            `json:"transactions"`
	Ledger       map[string]int64 `json:"ledger"`    // the sum of all credit, in minor units, by currency
	LogLines     int64            `json:"log_lines"` // of the activity log, and the hash of the last of them
	LogHash      string           `json:"log_hash"`
	Size         int64            `json:"size"` // of the file
	SHA256       string           `json:"sha256"`
	Encrypted    bool             `json:"encrypted"`
	Verified     time.Time        `json:"verified"` // when it was last read as a whole and found sound
}

// Endings of backups, and of what is said of them.
const (
	backupEnding    = ".db"
	encryptedEnding = ".db.age"
	manifestEnding  = ".json"
)

// backupName is how backups in the folder are called: when they were made and of which form they are.
var backupName = regexp.MustCompile(`^clientele-(\d{8}-\d{6}Z)-v(\d+)(-\d+)?(\.db|\.db\.age)$`)

// manifestOf is the name of the manifest of a backup.
func manifestOf(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".age"), backupEnding) + manifestEnding
}

// maxManifest is how large a manifest may be.
const maxManifest = 1 << 20

// readManifest reads the manifest of a backup. ok is false where there is none, or none that can be read.
func readManifest(path string) (m Manifest, ok bool) {
	f, err := os.Open(manifestOf(path))
	if err != nil {
		return m, false
	}
	defer func() { _ = f.Close() }() // only read
	raw, err := io.ReadAll(io.LimitReader(f, maxManifest))
	return m, err == nil && json.Unmarshal(raw, &m) == nil
}

// writeManifest writes the manifest of a backup, whole or not at all.
func writeManifest(ctx context.Context, path string, m Manifest) error {
	return atomicfile.Write(ctx, manifestOf(path), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(m)
	})
}

// takeFrom fills in what looking at the backup told.
func (m *Manifest) takeFrom(in data.Inspection) {
	m.Schema, m.Clients, m.Invoices, m.Transactions = in.Version, in.Clients, in.Invoices, in.Transactions
	m.Ledger, m.LogLines, m.LogHash = in.Ledger, in.LogLines, in.LogHash
}

// listBackups lists the backups in a folder, the newest first. One without a manifest tells by its name alone when it was made.
func listBackups(folder string) ([]Backup, error) {
	entries, err := os.ReadDir(folder) // by name, and so by time
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Backup
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		parts := backupName.FindStringSubmatch(e.Name())
		if parts == nil || !e.Type().IsRegular() {
			continue
		}
		made, err := time.Parse(backupTime, parts[1])
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // it was removed just now
		}
		b := Backup{Name: e.Name(), Bytes: info.Size()}
		if m, ok := readManifest(filepath.Join(folder, e.Name())); ok {
			b.Manifest = m
		} else {
			b.Schema, _ = strconv.Atoi(parts[2])
			b.Made, b.Encrypted = made, parts[4] == encryptedEnding
		}
		all = append(all, b)
	}
	return all, nil
}

// freeName is the path that a finished file is to have in a folder. One of the same second keeps its name, and the later one gets a number.
func freeName(folder, name, ending string) (string, error) {
	for n := 1; n < 100; n++ {
		path := filepath.Join(folder, name+ending)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", name, n, ending))
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", err
		}
	}
	return "", errors.New("too many backups of one second")
}

// ReasonName is why a backup was made, in the person's language.
func ReasonName(why BackupReason) string {
	switch why {
	case BackupDaily:
		return i18n.T("Backup of the day")
	case BackupByHand:
		return i18n.T("By hand")
	case BackupUpdate:
		return i18n.T("Before an update")
	case BackupImport:
		return i18n.T("Before an import")
	case BackupMerge:
		return i18n.T("Before a merge")
	case BackupDelete:
		return i18n.T("Before a deletion")
	case BackupRotation:
		return i18n.T("Before the card key changed")
	case BackupRestore:
		return i18n.T("Before a restore")
	}
	return i18n.T("Unknown")
}
