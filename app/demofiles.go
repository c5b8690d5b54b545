package app

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"clientele/data"
)

// demoFiled is how many of the made-up clients are looked at for files; every third of them gets some. It does not grow with their number, so that very many
// are made up as fast as without.
const demoFiled = 300

// demoFiles gives some made-up clients files: always the same ones.
func demoFiles(tx *data.Tx, who string) error {
	ids, err := tx.ClientIDs(data.ClientFilter{}, 0, demoFiled)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if i%3 != 0 {
			continue
		}
		c, err := tx.Client(id)
		if err != nil {
			return err
		}
		name := nameOf(c)
		for n, f := range []struct{ title, name, text string }{
			{"Framework agreement", fmt.Sprintf("agreement-%d.txt", id), demoAgreement(name)},
			{"Price list", "price-list.csv", demoPrices(i)},
			{"Minutes of the first meeting", "first-meeting.md", "# First meeting\n\n- Met " + name + "\n- Hosting and a domain for a start\n- An offer is to follow\n"},
		}[:1+i%2+i%5/4] {
			at := tx.Now().Add(-time.Duration(1+(i*7+n*3)%200) * 24 * time.Hour)
			if err := demoFile(tx, data.File{ClientID: id, Title: f.title, Name: f.name, AdminOnly: n != 1, UploadedAt: at.UnixMilli(), UploadedBy: who}, f.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoFile stores one small file.
func demoFile(tx *data.Tx, f data.File, text string) (err error) {
	if f.BlobID, err = tx.NewBlob(); err != nil {
		return err
	}
	if err := tx.AppendBlob(f.BlobID, 0, []byte(text)); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	f.Size = int64(len(text))
	if err := tx.FinishBlob(f.BlobID, f.Size, sum[:]); err != nil {
		return err
	}
	return tx.InsertFile(&f)
}

func demoAgreement(name string) string {
	return "FRAMEWORK AGREEMENT\n\nbetween Northwind Studio and " + name + "\n\n" +
		"1. Northwind Studio provides the services that are ordered from time to time.\n2. Invoices are due fourteen days after their date.\n" +
		"3. Either side may end this agreement with a month's notice.\n"
}

func demoPrices(i int) string {
	var b strings.Builder
	b.WriteString("service,per month\n")
	for n, service := range []string{"Web hosting", "Mailbox", "Domain", "Backup", "Support"} {
		fmt.Fprintf(&b, "%s,%d.00\n", service, 3+(i+n*5)%40)
	}
	return b.String()
}
