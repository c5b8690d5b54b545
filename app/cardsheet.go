package app

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"clientele/app/atomicfile"
	"clientele/app/date"
	"clientele/app/document"
	"clientele/app/i18n"
	"clientele/app/vault"
	"clientele/data"
)

// SaveSheet writes the recovery sheet of a hash to a file that its owner alone can read: what is to be printed and kept apart from the machine. It is a PDF, or text where the
// name ends in .txt.
func (s *Cards) SaveSheet(ctx context.Context, path string, h vault.Hash) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	var business, country string
	err := s.read(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		business, country = set.BusinessName, set.Country
		return err
	})
	if err != nil {
		return err
	}
	err = atomicfile.Write(ctx, path, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(path), ".txt") {
			_, err := io.WriteString(w, s.sheet(business, h))
			return err
		}
		return s.printed(business, h).PDF(w, document.PaperFor(country))
	})
	if err != nil {
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("The recovery sheet could not be written. Choose another folder.")}
	}
	return nil
}

// sheet is the recovery sheet as text of few columns, so that it fits any paper.
func (s *Cards) sheet(business string, h vault.Hash) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\r\n") }
	line(i18n.T("CLIENTELE – RECOVERY SHEET FOR STORED CARDS"))
	line("")
	if business != "" {
		line(i18n.T("Office") + ":  " + business)
	}
	line(i18n.T("Made on") + ":  " + date.Today(s.now().Local()).Format(i18n.CurrentLocale()))
	line("")
	line(i18n.T("CC Encryption Hash") + ":")
	line("")
	groups := h.Groups()
	for i := 0; i < len(groups); i += 2 {
		line(fmt.Sprintf("    %s-%s%s", groups[i], groups[i+1], map[bool]string{true: "-", false: ""}[i+2 < len(groups)]))
	}
	line("    " + "-" + h.Check() + "     " + i18n.T("(the six check characters)"))
	line("")
	line(i18n.T("Fingerprint of the card key") + ":")
	line("    " + h.Recipient().Fingerprint())
	line("")
	line(i18n.T("Whoever has this sheet and the data can read the stored card numbers."))
	line(i18n.T("Print it, keep it locked away and apart from the computer, and delete the file."))
	line(i18n.T("Without it, no stored number can be read once the hash was taken off the machine."))
	line(i18n.T("Blanks, dashes and capital letters do not matter when the hash is typed."))
	return b.String()
}

// printed is the recovery sheet as a page to print.
func (s *Cards) printed(business string, h vault.Hash) *document.Recovery {
	return &document.Recovery{
		Business: business, Made: date.Today(s.now().Local()), Hash: h.Groups(), Check: h.Check(), Fingerprint: h.Recipient().Fingerprint(),
		Style: document.Style{Language: i18n.Language(), Locale: i18n.CurrentLocale()},
	}
}

// CardBackup is a backup that holds sealed numbers which are not stored any more.
type CardBackup struct {
	Backup
	Old int64 // how many such numbers it holds
}

// Backups lists the backups that hold sealed numbers of cards which were cleared, replaced or sealed anew since (CC-5). Those that are encrypted cannot be looked into and are
// not listed.
func (s *Cards) Backups(ctx context.Context, p Progress) (found []CardBackup, err error) {
	all, err := s.backups.List(ctx)
	if err != nil {
		return nil, err
	}
	var now map[string]bool
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		now, err = tx.SealedSums()
		return err
	})
	if err != nil {
		return nil, err
	}
	p.SetTotal(int64(len(all)))
	for _, b := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.Add(1)
		if b.Encrypted {
			continue
		}
		then, err := data.SealedSumsIn(ctx, filepath.Join(s.backups.Folder(), b.Name))
		if err != nil {
			s.log.Warn("cards of a backup", "name", b.Name, "error", err)
			continue
		}
		old := int64(0)
		for sum := range then {
			if !now[sum] {
				old++
			}
		}
		if old > 0 {
			found = append(found, CardBackup{b, old})
		}
	}
	return found, nil
}
