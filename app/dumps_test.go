package app_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/data"
)

// dumpFile writes a made-up dump into a file.
func dumpFile(t testing.TB, d apptest.Dump) (string, apptest.DumpTotals) {
	t.Helper()
	var b bytes.Buffer
	totals, err := d.Write(&b)
	if err != nil {
		t.Fatal(err)
	}
	return dumpText(t, b.String()), totals
}

func dumpText(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whmcs.sql")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func importDump(t testing.TB, o *apptest.Office, path string, options app.DumpOptions) app.DumpReport {
	t.Helper()
	d, err := o.Imports.OpenDump(ctx, path, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r, err := o.Imports.RunDump(ctx, d, options, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sums are the sums of a report in euros, by what they are of.
func sums(t testing.TB, r app.DumpReport) map[app.SumOf]int64 {
	t.Helper()
	all := map[app.SumOf]int64{}
	for _, s := range r.Sums {
		if s.Unexplained() != 0 {
			t.Errorf("a difference without a reason: %+v", s)
		}
		if s.Currency == "EUR" {
			all[s.What] = s.Stored
		}
	}
	return all
}

func tables(r app.DumpReport) map[string]int64 {
	all := map[string]int64{}
	for _, t := range r.Tables {
		all[t.Table] = t.Imported
	}
	return all
}

// IO-2: dumps of old and new versions come in whole; what they come to is what the dump comes to, in the dry run, in the report, and as the data is compared with
// itself; nothing is mailed, nothing is billed before it is confirmed, a second import knows what is here, and undoing leaves nothing.
func TestDump(t *testing.T) {
	for _, version := range []int{5, 7, 8} {
		t.Run(fmt.Sprint("version ", version), func(t *testing.T) {
			apptest.Each(t, func(t *testing.T, o *apptest.Office) {
				path, totals := dumpFile(t, apptest.Dump{Version: version, Clients: 143, Mails: 1})
				before := o.Add(t, "before@example.org", nil)
				dry := importDump(t, o, path, app.DumpOptions{DryRun: true})
				if n := count(t, o); n != 1 {
					t.Fatalf("the dry run left %d clients", n)
				}
				r := importDump(t, o, path, app.DumpOptions{})
				o.Sound(t)
				for name, r := range map[string]app.DumpReport{"dry": dry, "real": r} {
					got := sums(t, r)
					for of, want := range map[app.SumOf]int64{
						app.SumCredit: totals.Credit, app.SumIn: totals.In, app.SumOut: totals.Out, app.SumFees: totals.Fees, "Paid": totals.Paid, "Unpaid": totals.Unpaid, "Cancelled": totals.Cancelled,
					} {
						if got[of] != want {
							t.Errorf("%s: %s is %d, want %d", name, of, got[of], want)
						}
					}
					rows := tables(r)
					for table, want := range map[string]int{
						"tblclients": 143, "tblcontacts": totals.Contacts, "tblhosting": totals.Services, "tblnotes": totals.Notes, "tblemails": totals.Mails,
						"tblcreditcards": totals.Cards, "tblinvoices": totals.Invoices, "tblinvoiceitems": totals.Items, "tblaccounts": totals.Transactions,
					} {
						if rows[table] != int64(want) {
							t.Errorf("%s: %d rows of %s came in, want %d", name, rows[table], table, want)
						}
					}
					if r.Clients != 143 || len(r.Problems) != 0 || r.Company != "Example & Sons" || len(r.Left) != 1 || r.Left[0].Rows != 2 {
						t.Errorf("%s: %d clients, %q, left %v, %v", name, r.Clients, r.Company, r.Left, r.Problems)
					}
				}
				checkDumpClient(t, o, version)
				checkDumpBilling(t, o, r)
				for _, m := range mails(t, o) {
					if m.State != data.MailSent {
						t.Fatalf("mail %d is %s", m.ID, m.State)
					}
				}

				again := importDump(t, o, path, app.DumpOptions{})
				if again.Clients != 0 || again.Here != 143 || again.ImportID != 0 || count(t, o) != 144 {
					t.Errorf("again: %d came in, %d were here", again.Clients, again.Here)
				}
				gone, err := o.Imports.Undo(ctx, r.ImportID, app.Quiet{})
				if err != nil || gone != 143 || count(t, o) != 1 {
					t.Fatal(gone, err)
				}
				o.Sound(t)
				if left := leftovers(t, o); left != "" {
					t.Errorf("left behind: %s", left)
				}
				o.Get(t, before)
				third := importDump(t, o, path, app.DumpOptions{})
				if third.Clients != 143 {
					t.Errorf("after the undo %d came in", third.Clients)
				}
				o.Sound(t)
			})
		})
	}
}

// checkDumpClient looks at client 33: it has a contact, a billing address, credit from an overpayment, and notes.
func checkDumpClient(t *testing.T, o *apptest.Office, version int) {
	t.Helper()
	c := find(t, o, apptest.DumpAddress(33))
	if c.LastName != "O'Neill 33" || c.Company != `Company "33"` || c.Notes != "line one\nline two" || c.Country != "DE" || c.PaymentMethod != "paypal" || c.Credit != 1000 ||
		!c.NoOverdueEmails != (33%6 != 0) || c.NoLateFees != (33%4 == 0) || c.PasswordHash != "" || c.Created.String() != "2013-07-15" {
		t.Errorf("client 33: %+v", c.Client)
	}
	if len(c.Contacts) != 1 || c.BillingContactID == nil || *c.BillingContactID != c.Contacts[0].ID || !c.Contacts[0].MailInvoice || c.Contacts[0].MailDomain {
		t.Errorf("contacts of client 33: %+v", c.Contacts)
	}
	if version >= 8 && (c.MailSupport || !c.MailGeneral) || version < 8 && !c.MailSupport {
		t.Errorf("mail of client 33: %v %v", c.MailGeneral, c.MailSupport)
	}
	log, err := o.Credit.Log(ctx, c.ID)
	if err != nil || len(log.Entries) != 1 || log.Entries[0].Kind != data.CreditOverpayment || log.Entries[0].TransactionID == nil || log.Entries[0].Invoice != "R-98" {
		t.Errorf("credit of client 33: %+v %v", log, err)
	}
	var w data.WholeInvoice
	err = o.Store.Read(ctx, func(tx *data.Tx) error {
		i, err := tx.InvoiceByNumber("R-98")
		if err != nil {
			return err
		}
		w, err = tx.WholeInvoice(i.ID)
		return err
	})
	if err != nil || len(w.Lines) != 2 || len(w.Taxes) != 1 || w.Taxes[0].Rate != 200_000 || w.Status != billing.Paid || w.Balance() != 0 || !strings.Contains(w.Billing, "Contact Person 11") ||
		w.Lines[0].ServiceID == nil || w.PaidOn.String() != "2026-02-16" {
		t.Errorf("invoice R-98: %+v %v", w, err)
	}
	for words, address := range map[string]string{"called about site 28": apptest.DumpAddress(140), "contact11@example.com": apptest.DumpAddress(33)} {
		found, err := o.Clients.Search(ctx, words, 10)
		if err != nil || len(found.Rows) != 1 || found.Rows[0].Email != address {
			t.Errorf("%q finds %+v %v", words, found, err)
		}
	}
}

func find(t *testing.T, o *apptest.Office, address string) app.Client {
	t.Helper()
	var id int64
	err := o.Store.Read(ctx, func(tx *data.Tx) error {
		c, err := tx.ClientByEmail(address)
		id = c.ID
		return err
	})
	if err != nil {
		t.Fatal(address, err)
	}
	return o.Get(t, id)
}

// checkDumpBilling: what came in is held until it is confirmed, and the next invoice gets the next number.
func checkDumpBilling(t *testing.T, o *apptest.Office, r app.DumpReport) {
	t.Helper()
	held, err := o.Imports.Held(ctx)
	if err != nil || held == 0 || held != r.Held {
		t.Errorf("%d services are held, the report says %d: %v", held, r.Held, err)
	}
	err = o.Store.Read(ctx, func(tx *data.Tx) error {
		next, err := tx.PeekNumber("invoice", 1)
		if want := int64(143*3 + 1); next != want {
			t.Errorf("the next invoice is %d, want %d", next, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// leftovers names tables that hold something of an import that was undone. It looks into the file of SQLite alone: the undoing is the same on both engines.
func leftovers(t *testing.T, o *apptest.Office) (names string) {
	t.Helper()
	if o.Shared() {
		return ""
	}
	db, err := sql.Open("sqlite", apptest.Path(o.Folder))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range []string{
		"contacts", "notes", "files", "services", "invoices", "invoice_lines", "invoice_taxes", "payments", "transactions", "credit_moves", "mails", "custom_values", "custom_fields",
		"client_groups", "products", "import_refs", "cards", "invoice_totals", "transaction_totals",
	} {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			names += fmt.Sprintf(" %s (%d)", table, n)
		}
	}
	return names
}

// Imported services are billed once somebody says so, and an import that was worked on is not undone.
func TestDumpConfirmedAndTouched(t *testing.T) {
	o := apptest.Open(t)
	path, _ := dumpFile(t, apptest.Dump{Version: 8, Clients: 12})
	r := importDump(t, o, path, app.DumpOptions{})
	o.Clock.Advance(1e9)
	n, err := o.Imports.ConfirmBilling(ctx)
	if err != nil || n != r.Held {
		t.Fatal(n, err)
	}
	if held, err := o.Imports.Held(ctx); held != 0 || err != nil {
		t.Error(held, err)
	}
	if _, err := o.Imports.Undo(ctx, r.ImportID, app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("undone: %v", err)
	}
	o.Sound(t)
}

const oddDump = `CREATE TABLE tblcurrencies (id int, code text, ` + "`default`" + ` int);
INSERT INTO tblcurrencies VALUES (1,'EUR',1),(2,'JPY',0),(3,'GOLD',0);
CREATE TABLE tblclients (id int, firstname text, lastname text, email text, currency int, credit decimal(16,2), status text, phonenumber text, country text, billingcid int);
INSERT INTO tblclients VALUES
(1,'Zo\u00c3\u00ab','Mended','one@example.com',1,10.00,'Active','+49.301234','DE',99),
(2,'No','Address','',1,0.00,'Active','ring twice','Nowhere',0),
(3,'Same','Address','ONE@example.com',1,5.00,'Pending','','',0),
(4,'Yen','Payer','yen@example.com',2,100.50,'Active','','jp',0),
(5,'Gold','Digger','gold@example.com',3,1.00,'Active','','',0),
(6,'Here','Before','before@example.org',1,0.00,'Closed','','',0);
CREATE TABLE tblcredit (id int, clientid int, date date, description text, amount decimal(16,2), relid int);
INSERT INTO tblcredit VALUES (1,1,'0000-00-00','Gift',4.00,0),(2,1,'2026-01-01','Nothing',0.00,0),(3,1,'2026-01-02','Credit Applied to Invoice #10',-2.00,10);
CREATE TABLE tblinvoices (id int, userid int, invoicenum text, date date, duedate date, subtotal decimal(16,2), credit decimal(16,2), tax decimal(16,2), tax2 decimal(16,2), total decimal(16,2), taxrate text, status text);
INSERT INTO tblinvoices VALUES
(10,1,'','2026-01-01','2026-01-15',10.00,3.00,1.90,0.00,8.90,'19.00','Unpaid'),
(11,1,'10','2026-01-01','0000-00-00',10.00,0.00,0.00,0.00,12.00,'0','Paid'),
(12,1,'','2026-01-01','2026-01-15',8.40,0.00,1.60,0.00,10.00,'19.00','Payment Pending'),
(13,77,'','2026-01-01','2026-01-15',7.00,0.00,0.00,0.00,7.00,'0','Paid'),
(14,1,'','2026-01-01','2026-01-15',0.00,0.00,0.00,0.00,0.00,'0','Draft'),
(15,4,'','2026-01-01','2026-01-15',1000.00,0.00,100.00,0.00,1100.00,'10','Unpaid'),
(16,1,'','2026-01-01','2026-01-15',20.00,0.00,0.00,0.00,20.00,'0','Draft');
CREATE TABLE tblinvoiceitems (id int, invoiceid int, userid int, type text, relid int, description text, amount decimal(16,2), taxed int);
INSERT INTO tblinvoiceitems VALUES (1,10,1,'Item',0,'a',3.33,1),(2,10,1,'Item',0,'b',3.33,1),(3,10,1,'PromoHosting',0,'c',3.34,1),
(4,12,1,'LateFee',0,'gross',5.00,1),(5,12,1,'LateFee',0,'gross',5.00,1),(6,999,1,'Item',0,'lost',1.00,0),(7,15,4,'Item',0,'yen',1000.00,1);
CREATE TABLE tblaccounts (id int, userid int, currency int, gateway text, date datetime, description text, amountin decimal(16,2), fees decimal(16,2), amountout decimal(16,2), transid text, invoiceid int, refundid int);
INSERT INTO tblaccounts VALUES
(1,1,0,'mygate','2026-01-05 00:00:00','x',5.00,0.10,0.00,'t1',10,0),
(2,0,1,'','2026-01-05 00:00:00','office rent',0.00,0.00,300.00,'',0,0),
(3,1,0,'','2026-01-06 00:00:00','fee back',0.00,-0.10,5.00,'t2',10,1),
(4,1,0,'','0000-00-00 00:00:00','odd',-1.00,0.00,0.00,'',0,0),
(5,1,0,'','2026-01-06 00:00:00','on a draft',1.00,0.00,0.00,'',16,0),
(6,77,1,'','2026-01-06 00:00:00','of one who is gone',2.00,0.00,0.00,'',0,888);
CREATE TABLE tblemails (id int, userid int, subject text, message text, date datetime, ` + "`to`" + ` text);
INSERT INTO tblemails VALUES
(1,1,'Welcome','<p>Dear Zo,</p><p>Email: one@example.com<br />Password: s3cret!word</p>','2026-01-06 00:00:00','one@example.com'),
(2,1,'Reset','<p>To reset your password, follow the link.</p>','2026-01-06 00:00:00','one@example.com');
`

// What an old office has gathered: each row comes in or is named, the money adds up, and the data is sound.
func TestOddDump(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		o.Add(t, "before@example.org", nil)
		path := dumpText(t, strings.ReplaceAll(strings.ReplaceAll(oddDump, `\u00c3`, "\u00c3"), `\u00ab`, "\u00ab"))
		dry := importDump(t, o, path, app.DumpOptions{DryRun: true})
		r := importDump(t, o, path, app.DumpOptions{})
		o.Sound(t)
		sums(t, dry)
		got := sums(t, r)
		if len(dry.Problems) != len(r.Problems) {
			t.Errorf("%d problems in the dry run, %d in the import", len(dry.Problems), len(r.Problems))
		}
		for of, want := range map[app.SumOf]int64{app.SumCredit: 1500, "Unpaid": 1190 + 1000 + 2000, "Paid": 1200, "Draft": 0, app.SumIn: 500 + 10 + 100 + 200, app.SumOut: 30000 + 500 + 100, app.SumFees: 10} {
			if got[of] != want {
				t.Errorf("%s is %d, want %d", of, got[of], want)
			}
		}
		c := find(t, o, "one@example.com")
		if c.FirstName != "Zoë" || c.Credit != 1000 || c.Owed != 1190-300-0+1000+2000-100 {
			t.Errorf("client 1: %+v", c.Client)
		}
		if texts := mailTexts(t, o, c.ID); !strings.Contains(texts, "Password: ********") || strings.Contains(texts, "s3cret") || !strings.Contains(texts, "reset your password, follow the link") {
			t.Errorf("the mails of client 1: %s", texts)
		}
		for _, address := range []string{"client-2@whmcs.invalid", "client-3@whmcs.invalid", "client-6@whmcs.invalid"} {
			if c := find(t, o, address); c.MailGeneral || c.MailInvoice {
				t.Errorf("%s gets mail", address)
			}
		}
		for _, want := range []string{
			"tblclients 2: It has no email address", "tblclients 2: “ring twice”", "tblclients 2: “Nowhere”", "tblclients 3: Another client", "tblclients 3: Its status “Pending”",
			"tblclients 4: credit has more decimals", "tblclients 5: It is billed in “GOLD”", "tblclients 6: Client #1 here", "addressed to contact 99", "tblclients 1: Its credit is 10.00",
			"tblcredit 2: It is an entry of nothing", "tblinvoices 10: 3.00 EUR of credit", "tblinvoices 11: Its subtotal and tax", "tblinvoices 11: Another invoice has the number 10; it is 10/11",
			"tblinvoices 11: It is paid in WHMCS, but", "tblinvoices 11: It has no lines", "tblinvoices 12: Its status “Payment Pending”", "tblinvoices 13: Its client", "tblinvoices 13: It belongs to client 77",
			"tblinvoiceitems 6: It belongs to invoice 999", "tblinvoices 16: It is a draft in WHMCS", "tblaccounts 3: An amount is below zero", "tblaccounts 4: An amount is below zero",
			"tblaccounts 4: It has no date", "tblaccounts 6: It is a refund of transaction 888", "tblemails: One mail held a password in plain words",
		} {
			found := false
			for _, p := range r.Problems {
				found = found || strings.Contains(p.String(), want)
			}
			if !found {
				t.Errorf("no problem says %q", want)
			}
		}
		if t.Failed() {
			for _, p := range r.Problems {
				t.Log(p)
			}
		}
		gone, err := o.Imports.Undo(ctx, r.ImportID, app.Quiet{})
		if err != nil || gone != 5 {
			t.Fatal(gone, err)
		}
		o.Sound(t)
		if left := leftovers(t, o); left != "" {
			t.Errorf("left behind: %s", left)
		}
	})
}

// mailTexts are the texts of the mails of a client.
func mailTexts(t *testing.T, o *apptest.Office, client int64) (texts string) {
	t.Helper()
	err := o.Store.Read(ctx, func(tx *data.Tx) error {
		list, err := tx.Mails(data.MailFilter{ClientID: client}, 0, 10)
		for _, l := range list {
			m, err := tx.Mail(l.ID)
			if err != nil {
				return err
			}
			texts += m.BodyText + "\n"
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// Invoices whose numbers are taken by those that were here before get others, also where several of them want the same.
func TestDumpTakenNumbers(t *testing.T) {
	of := func(office, address, numbers string) string {
		return "CREATE TABLE tblconfiguration (setting text, value text);INSERT INTO tblconfiguration VALUES ('SystemURL','https://" + office + ".example/');\n" +
			"CREATE TABLE tblclients (id int, firstname text, lastname text, email text);INSERT INTO tblclients VALUES (1,'A','B','" + address + "');\n" +
			"CREATE TABLE tblinvoices (id int, userid int, invoicenum text, date date, subtotal decimal(16,2), total decimal(16,2), status text);INSERT INTO tblinvoices VALUES " + numbers + ";"
	}
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		importDump(t, o, dumpText(t, of("a", "a@example.com", "(1,1,'R-1','2026-01-01',1.00,1.00,'Unpaid'),(2,1,'','2026-01-01',1.00,1.00,'Unpaid')")), app.DumpOptions{})
		r := importDump(t, o, dumpText(t, of("b", "b@example.com", "(2,1,'','2026-01-01',1.00,1.00,'Unpaid'),(3,1,'R-1','2026-01-01',1.00,1.00,'Unpaid'),(4,1,'R-1/3','2026-01-01',1.00,1.00,'Unpaid')")),
			app.DumpOptions{})
		for _, number := range []string{"R-1", "2", "2/2", "R-1/3", "R-1/3/4"} {
			if err := o.Store.Read(ctx, func(tx *data.Tx) error { _, err := tx.InvoiceByNumber(number); return err }); err != nil {
				t.Errorf("%s: %v; %v", number, err, r.Problems)
			}
		}
		o.Sound(t)
	})
}

// A compressed dump is the same; one that is damaged, cut off, of another program or not there leaves nothing, neither in the data nor beside it.
func TestDumpFiles(t *testing.T) {
	o := apptest.Open(t)
	var b, packed bytes.Buffer
	if _, err := (apptest.Dump{Version: 7, Clients: 20}).Write(&b); err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(&packed)
	z.Write(b.Bytes())
	z.Close()
	for name, text := range map[string]string{
		"cut": b.String()[:b.Len()/2], "cut packed": packed.String()[:packed.Len()/2], "a letter": "Dear Ann,", "another program": "CREATE TABLE wp_posts (id int);",
		"zip": "PK\x03\x04xxxx", "nothing": "",
	} {
		if _, err := o.Imports.OpenDump(ctx, dumpText(t, text), app.Quiet{}); app.CodeOf(err) != app.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.Imports.OpenDump(ctx, filepath.Join(t.TempDir(), "none.sql"), app.Quiet{}); app.CodeOf(err) != app.Unavailable {
		t.Errorf("not there: %v", err)
	}
	if r := importDump(t, o, dumpText(t, packed.String()), app.DumpOptions{}); r.Clients != 20 {
		t.Errorf("%d clients came out of the packed one", r.Clients)
	}
	if left, err := os.ReadDir(filepath.Join(o.Folder, "opened")); err != nil || len(left) != 0 {
		t.Errorf("left beside the data: %v %v", left, err)
	}
	o.Sound(t)
}

// An import that is stopped leaves nothing.
func TestDumpCancelled(t *testing.T) {
	o := apptest.Open(t)
	path, _ := dumpFile(t, apptest.Dump{Version: 8, Clients: 600})
	d, err := o.Imports.OpenDump(ctx, path, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	stopped, stop := context.WithCancel(ctx)
	defer stop()
	_, err = o.Imports.RunDump(stopped, d, app.DumpOptions{}, stopper{stop: stop, at: "Transactions"})
	if !errors.Is(err, context.Canceled) || count(t, o) != 0 {
		t.Fatalf("%v, %d clients", err, count(t, o))
	}
	o.Sound(t)
	if left := leftovers(t, o); left != "" {
		t.Errorf("left behind: %s", left)
	}
}

// stopper cancels at a step.
type stopper struct {
	app.Quiet
	stop func()
	at   string
}

func (s stopper) Step(what string) {
	if what == s.at {
		s.stop()
	}
}

// The contents of files come from the folder; those that are not there are named.
func TestDumpWithFiles(t *testing.T) {
	o := apptest.Open(t)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "123456_contract.pdf"), []byte("%PDF-1.4 contract"), 0o600); err != nil {
		t.Fatal(err)
	}
	path, _ := dumpFile(t, apptest.Dump{Version: 8, Clients: 3, Odd: "CREATE TABLE tblclientsfiles (id int, userid int, title text, filename text, adminonly int, dateadded date);\n" +
		"INSERT INTO tblclientsfiles VALUES (1,2,'Contract','123456_contract.pdf',1,'2024-01-02'),(2,2,'Lost','654321_lost.pdf',0,'2024-01-02'),(3,2,'Bad','../../etc/passwd',0,'2024-01-02');\n"})
	r := importDump(t, o, path, app.DumpOptions{Files: folder})
	if tables(r)["tblclientsfiles"] != 1 || len(r.Problems) != 2 || !r.Problems[0].Skipped {
		t.Errorf("%v %v", tables(r), r.Problems)
	}
	c := find(t, o, apptest.DumpAddress(2))
	files, err := o.Files.List(ctx, c.ID, 0, 10)
	if err != nil || len(files) != 1 || files[0].Name != "contract.pdf" || files[0].Title != "Contract" || !files[0].AdminOnly {
		t.Errorf("%+v %v", files, err)
	}
	o.Sound(t)
}

// Property: whatever the amounts of invoices, lines, payments and credit are, each sum is that of the dump or its difference is named, the dry run
// says the same, and the data is sound.
func TestDumpSums(t *testing.T) {
	o := apptest.Open(t)
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		cents := rapid.Int64Range(-100_000, 100_000)
		amount := func(name string) string {
			n := cents.Draw(t, name)
			return fmt.Sprintf("%d.%02d", n/100, max(n, -n)%100)
		}
		var clients, invoices, items, accounts, credit []string
		for i := 1; i <= 3; i++ {
			clients = append(clients, fmt.Sprintf("(%d,'c%d.%d@example.com',%s,'Active')", i, round, i, amount("balance")))
		}
		for i := 1; i <= rapid.IntRange(0, 6).Draw(t, "invoices"); i++ {
			invoices = append(invoices, fmt.Sprintf("(%d,%d,%s,%s,%s,%s,'%s')", i, rapid.IntRange(1, 4).Draw(t, "client"), amount("subtotal"), amount("credit"), amount("tax"), amount("total"),
				rapid.SampledFrom([]string{"Draft", "Unpaid", "Paid", "Cancelled", "Refunded", "Collections", "Lost"}).Draw(t, "status")))
		}
		for i := 1; i <= rapid.IntRange(0, 9).Draw(t, "items"); i++ {
			items = append(items, fmt.Sprintf("(%d,%d,%s,%d)", i, rapid.IntRange(1, 7).Draw(t, "invoice"), amount("item"), rapid.IntRange(0, 1).Draw(t, "taxed")))
		}
		for i := 1; i <= rapid.IntRange(0, 9).Draw(t, "accounts"); i++ {
			accounts = append(accounts, fmt.Sprintf("(%d,%d,%s,%s,%s,%d,%d)", i, rapid.IntRange(0, 4).Draw(t, "client"), amount("in"), amount("fees"), amount("out"),
				rapid.IntRange(0, 7).Draw(t, "invoice"), rapid.IntRange(0, i).Draw(t, "refund")))
		}
		for i := 1; i <= rapid.IntRange(0, 5).Draw(t, "moves"); i++ {
			credit = append(credit, fmt.Sprintf("(%d,%d,'%s',%s,%d)", i, rapid.IntRange(1, 4).Draw(t, "client"),
				rapid.SampledFrom([]string{"Credit Applied to Invoice #2", "Credit Removed from Invoice #1", "Credit for Overpayment of Invoice #3", "Gift"}).Draw(t, "words"), amount("move"), rapid.IntRange(0, 7).Draw(t, "related")))
		}
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO tblconfiguration (id, setting, value) VALUES (1,'SystemURL','https://%d.example.com');\n", round)
		for _, table := range []struct {
			name string
			rows []string
		}{
			{"tblclients (id, email, credit, status)", clients},
			{"tblinvoices (id, userid, subtotal, credit, tax, total, status)", invoices},
			{"tblinvoiceitems (id, invoiceid, amount, taxed)", items},
			{"tblaccounts (id, userid, amountin, fees, amountout, invoiceid, refundid)", accounts},
			{"tblcredit (id, clientid, description, amount, relid)", credit},
		} {
			if len(table.rows) > 0 {
				fmt.Fprintf(&b, "INSERT INTO %s VALUES %s;\n", table.name, strings.Join(table.rows, ","))
			}
		}
		path := filepath.Join(o.Folder, "sums.sql")
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		var reports []app.DumpReport
		for _, dry := range []bool{true, false} {
			d, err := o.Imports.OpenDump(ctx, path, app.Quiet{})
			if err != nil {
				t.Fatal(err)
			}
			r, err := o.Imports.RunDump(ctx, d, app.DumpOptions{DryRun: dry}, app.Quiet{})
			d.Close()
			if err != nil {
				t.Fatal(err)
			}
			if !r.Sound() {
				t.Fatalf("dry %v: %+v\n%v", dry, r.Sums, r.Problems)
			}
			reports = append(reports, r)
		}
		if dry, done := fmt.Sprint(reports[0].Sums, reports[0].Problems), fmt.Sprint(reports[1].Sums, reports[1].Problems); dry != done {
			t.Fatalf("the dry run says\n%s\nand the import\n%s", dry, done)
		}
		checks, err := o.Checks.Run(ctx, app.Quiet{})
		if err != nil || !checks.Sound() {
			t.Fatalf("%+v %v", checks, err)
		}
	})
}
