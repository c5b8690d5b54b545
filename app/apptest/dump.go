package apptest

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Dump describes a made-up dump of WHMCS: it is written from the names of tables and columns alone, and holds nobody's data. Money adds up in it.
type Dump struct {
	// Version is 5, 7 or 8: which columns there are, how tick boxes are written and which charset the file has.
	Version int
	Clients int
	// Odd is added by hand to the statements, for what a well-kept WHMCS does not have.
	Odd string
	// Mails is how many mails each client had.
	Mails int
}

// DumpTotals is what a made-up dump comes to, in cents: of all clients, in euros.
type DumpTotals struct {
	Rows                             int
	Credit, Paid, Unpaid, Cancelled  int64
	In, Fees, Out                    int64
	Contacts, Services, Notes, Mails int
	Cards                            int
	Invoices, Items, Transactions    int
}

// Each client has these, counted by its number from 1.
const (
	dumpInvoices = 3
	contactEvery = 3
	creditEvery  = 7
	overEvery    = 11
	refundEvery  = 13
	noteEvery    = 5
)

type dumpWriter struct {
	*bufio.Writer
	d      Dump
	totals DumpTotals
	began  bool
	length int
}

// Write writes the dump and tells what it comes to.
func (d Dump) Write(to io.Writer) (DumpTotals, error) {
	w := &dumpWriter{Writer: bufio.NewWriterSize(to, 1<<20), d: d}
	if d.Version >= 8 {
		w.text("/*M!999999\\- enable the sandbox mode */ \n")
	}
	w.text("-- MySQL dump 10.19\n/*!40101 SET NAMES utf8 */;\n")
	for _, table := range []func(){
		w.accounts, w.groups, w.clients, w.contacts, w.settings, w.credit, w.currencies, w.fields, w.values, w.mails, w.services, w.items, w.invoices, w.notes, w.cards, w.products, w.left,
	} {
		table()
	}
	w.text(d.Odd)
	w.text("-- Dump completed\n")
	return w.totals, w.Flush()
}

func (w *dumpWriter) text(s string) {
	n, _ := w.WriteString(s) // a bufio.Writer keeps its first error
	w.length += n
}

// table begins a table with these columns, which are all texts to us.
func (w *dumpWriter) table(name, columns string) {
	w.text("DROP TABLE IF EXISTS `" + name + "`;\nCREATE TABLE `" + name + "` (\n")
	for _, c := range strings.Fields(columns) {
		w.text("  `" + c + "` text COLLATE utf8_unicode_ci,\n")
	}
	w.text("  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n")
}

// rows writes the rows of n clients into statements of a megabyte.
func (w *dumpWriter) rows(table string, n int, row func(i int)) {
	for i := 1; i <= n; i++ {
		if w.length > 1<<20 && w.began {
			w.text(";\n")
			w.began, w.length = false, 0
		}
		w.totals.Rows++
		w.into(table)
		row(i)
	}
	if w.began {
		w.text(";\n")
	}
	w.began = false
}

func (w *dumpWriter) into(table string) {
	if w.began {
		w.text(",")
		return
	}
	w.text("INSERT INTO `" + table + "` VALUES ")
	w.began, w.length = true, 0
}

// more begins another row of the same table.
func (w *dumpWriter) more() {
	w.text(",")
	w.totals.Rows++
}

func (w *dumpWriter) row(format string, args ...any) {
	w.text("(" + fmt.Sprintf(format, args...) + ")")
}

func (w *dumpWriter) tick(on bool) string {
	switch {
	case w.d.Version < 7 && on:
		return "'on'"
	case w.d.Version < 7:
		return "''"
	case on:
		return "1"
	}
	return "0"
}

// cents is an amount as the database writes it.
func cents(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// DumpAddress is the email address of the i-th client of a made-up dump.
func DumpAddress(i int) string { return fmt.Sprintf("dump%d@example.com", i) }

// price is the net price of the i-th client's service, and tax what comes on top of it.
func price(i int) (net, tax int64) {
	net = int64(500 + i%97*100)
	return net, net / 5
}

// The credit of a client: what was given, and for some what was paid too much.
func given(i int) int64 {
	if i%creditEvery == 0 {
		return int64(i%9+1) * 250
	}
	return 0
}

func over(i int) int64 {
	if i%overEvery == 0 {
		return 1000
	}
	return 0
}

func (w *dumpWriter) settings() {
	w.table("tblconfiguration", "id setting value")
	w.rows("tblconfiguration", 2, func(i int) {
		w.row("%d,%s", i, []string{"'CompanyName','Example &amp; Sons'", "'SystemURL','https://billing.example.com/'"}[i-1])
	})
}

func (w *dumpWriter) currencies() {
	w.table("tblcurrencies", "id code prefix suffix format rate default")
	w.rows("tblcurrencies", 2, func(i int) {
		w.row("%d,%s", i, []string{"'EUR','','€',1,1.00000,1", "'JPY','¥','',1,160.00000,0"}[i-1])
	})
}

func (w *dumpWriter) groups() {
	w.table("tblclientgroups", "id groupname groupcolour discountpercent susptermexempt separateinvoices")
	w.rows("tblclientgroups", 2, func(i int) { w.row("%d,'Group &amp; %d','#2f6fde',5.00,'','%s'", i, i, []string{"", "on"}[i-1]) })
}

func (w *dumpWriter) products() {
	w.table("tblproducts", "id type gid name description tax retired")
	w.rows("tblproducts", 3, func(i int) { w.row("%d,'hostingaccount',1,'Plan %d','',1,0", i, i) })
}

func (w *dumpWriter) fields() {
	w.table("tblcustomfields", "id type relid fieldname fieldtype description fieldoptions regexpr adminonly required showorder showinvoice sortorder")
	w.rows("tblcustomfields", 3, func(i int) {
		w.row("%d,%s,'','',%s,'','',0", i, []string{
			"'client',0,'Branch','text','Which one',''", "'client',0,'VIP','tickbox','',''", "'product',1,'Host','text','',''",
		}[i-1], w.tick(i == 1))
	})
}

func (w *dumpWriter) values() {
	w.table("tblcustomfieldsvalues", "id fieldid relid value")
	w.rows("tblcustomfieldsvalues", w.d.Clients, func(i int) {
		w.row("%d,%d,%d,'%s'", i, i%2+1, i, []string{"North", "on"}[i%2])
	})
}

func (w *dumpWriter) clients() {
	columns := "id firstname lastname companyname email address1 address2 city state postcode country phonenumber password currency defaultgateway credit taxexempt latefeeoveride " +
		"overideduenotices separateinvoices datecreated notes billingcid groupid cardtype cardlastfour cardnum status language"
	if w.d.Version >= 7 {
		columns = strings.Replace(columns, "firstname", "uuid firstname", 1) + " marketing_emails_opt_in tax_id"
	}
	if w.d.Version >= 8 {
		columns += " email_preferences created_at"
	}
	w.table("tblclients", columns)
	w.rows("tblclients", w.d.Clients, func(i int) {
		w.totals.Credit += given(i) + over(i)
		id, more, billing := "", "", 0
		if w.d.Version >= 7 {
			id, more = fmt.Sprintf("'0000-%d',", i), fmt.Sprintf(",%d,'DE%09d'", i%2, i)
		}
		if w.d.Version >= 8 {
			more += `,'{\"general\":\"1\",\"invoice\":\"1\",\"support\":\"0\",\"product\":\"1\",\"domain\":\"1\"}','2020-01-01 00:00:00'`
		}
		if i%contactEvery == 0 {
			billing = i / contactEvery
		}
		w.row("%d,%s'First%d','O\\'Neill %d','Company &quot;%d&quot;','%s','%d High Street','','Springfield','','%05d','DE','+49 30 %07d','$2y$10$secret',1,'paypal',%s,%s,%s,%s,%s,"+
			"'20%02d-0%d-15','line one\\r\\nline two',%d,%d,'Visa','1111',_binary 0x00ff5c27,'%s','english'%s",
			i, id, i, i, i, DumpAddress(i), i, i%100000, i, cents(given(i)+over(i)), w.tick(false), w.tick(i%4 == 0), w.tick(i%6 == 0), w.tick(false),
			10+i%10, 1+i%9, billing, i%3, []string{"Active", "Active", "Inactive", "Closed"}[i%4], more)
	})
}

func (w *dumpWriter) contacts() {
	w.table("tblcontacts", "id userid firstname lastname companyname email address1 address2 city state postcode country phonenumber subaccount password permissions domainemails "+
		"generalemails invoiceemails productemails supportemails")
	w.rows("tblcontacts", w.d.Clients/contactEvery, func(i int) {
		w.totals.Contacts++
		w.row("%d,%d,'Contact','Person %d','','contact%d@example.com','','','','','','','',%s,'','',%s,%s,%s,%s,%s", i, i*contactEvery, i, i, w.tick(false), w.tick(false), w.tick(true), w.tick(true), w.tick(false), w.tick(i%2 == 0))
	})
}

func (w *dumpWriter) services() {
	w.table("tblhosting", "id userid orderid packageid server regdate domain paymentmethod firstpaymentamount amount billingcycle nextduedate nextinvoicedate domainstatus username password notes")
	w.rows("tblhosting", w.d.Clients, func(i int) {
		w.totals.Services++
		net, _ := price(i)
		w.row("%d,%d,%d,%d,0,'2020-01-15','site%d.example.com','paypal',%s,%s,'%s','2026-12-15','0000-00-00','%s','','',''",
			i, i, i, i%3+1, i, cents(net), cents(net), []string{"Monthly", "Annually", "One Time", "Free Account"}[i%4], []string{"Active", "Suspended", "Terminated"}[i%3])
	})
}

// status is that of the n-th invoice of a client, from 0.
func dumpStatus(i, n int) string {
	switch {
	case n == dumpInvoices-1 && i%2 == 0:
		return "Unpaid"
	case n == 0 && i%17 == 0:
		return "Cancelled"
	}
	return "Paid"
}

func (w *dumpWriter) invoices() {
	w.table("tblinvoices", "id userid invoicenum date duedate datepaid subtotal credit tax tax2 total taxrate taxrate2 status paymentmethod notes")
	w.rows("tblinvoices", w.d.Clients, func(i int) {
		net, tax := price(i)
		for n := range dumpInvoices {
			if n > 0 {
				w.more()
			}
			w.totals.Invoices++
			status, paid := dumpStatus(i, n), "'0000-00-00 00:00:00'"
			switch status {
			case "Paid":
				w.totals.Paid += net + tax
				paid = fmt.Sprintf("'2026-0%d-16 10:00:00'", n+1)
			case "Unpaid":
				w.totals.Unpaid += net + tax
			default:
				w.totals.Cancelled += net + tax
			}
			id := (i-1)*dumpInvoices + n + 1
			number := ""
			if n == 1 {
				number = fmt.Sprintf("R-%d", id)
			}
			w.row("%d,%d,'%s','2026-0%d-01','2026-0%d-15',%s,%s,0.00,%s,0.00,%s,20.000,0.000,'%s','paypal',''", id, i, number, n+1, n+1, paid, cents(net), cents(tax), cents(net+tax), status)
		}
	})
}

func (w *dumpWriter) items() {
	w.table("tblinvoiceitems", "id invoiceid userid type relid description amount taxed duedate paymentmethod notes")
	w.rows("tblinvoiceitems", w.d.Clients, func(i int) {
		net, _ := price(i)
		for n := range dumpInvoices {
			if n > 0 {
				w.more()
			}
			id := (i-1)*dumpInvoices + n + 1
			half := net / 2
			w.totals.Items += 2
			w.row("%d,%d,%d,'Hosting',%d,'Plan %d - site%d.example.com\\n(01/01/2026 - 31/01/2026)',%s,%s,'2026-01-15','paypal',''", 2*id, id, i, i, i%3+1, i, cents(net-half), w.tick(true))
			w.more()
			w.row("%d,%d,%d,'Item',0,'Work &amp; more',%s,%s,'2026-01-15','paypal',''", 2*id+1, id, i, cents(half), w.tick(true))
		}
	})
}

func (w *dumpWriter) accounts() {
	w.table("tblaccounts", "id userid currency gateway date description amountin fees amountout rate transid invoiceid refundid")
	w.rows("tblaccounts", w.d.Clients, func(i int) {
		net, tax := price(i)
		first := true
		for n := range dumpInvoices {
			if dumpStatus(i, n) != "Paid" {
				continue
			}
			if !first {
				w.more()
			}
			first = false
			id, amount := (i-1)*(dumpInvoices+1)+n+1, net+tax
			if n == 1 {
				amount += over(i)
			}
			w.totals.Transactions++
			w.totals.In += amount
			w.totals.Fees += 35
			w.row("%d,%d,0,'paypal','2026-0%d-16 10:00:00','Invoice Payment',%s,0.35,0.00,1.00000,'T%d',%d,0", id, i, n+1, cents(amount), id, (i-1)*dumpInvoices+n+1)
			if n == 1 && i%refundEvery == 0 {
				w.more()
				w.totals.Transactions++
				w.totals.Out += 100
				w.row("%d,%d,0,'paypal','2026-03-01 10:00:00','Refund of Transaction ID T%d',0.00,0.00,1.00,1.00000,'F%d',%d,%d", id+dumpInvoices-n, i, id, id, (i-1)*dumpInvoices+n+1, id)
			}
		}
	})
}

func (w *dumpWriter) credit() {
	w.table("tblcredit", "id clientid date description amount relid")
	id := 0
	w.rows("tblcredit", w.d.Clients/creditEvery, func(i int) {
		id++
		w.row("%d,%d,'2026-02-01','Goodwill',%s,0", id, i*creditEvery, cents(given(i*creditEvery)))
	})
	w.rows("tblcredit", w.d.Clients/overEvery, func(i int) {
		id++
		invoice := (i*overEvery-1)*dumpInvoices + 2
		w.row("%d,%d,'2026-02-16','Credit for Overpayment of Invoice #%d',10.00,%d", id, i*overEvery, invoice, invoice)
	})
}

func (w *dumpWriter) notes() {
	w.table("tblnotes", "id userid adminid created modified note sticky")
	w.rows("tblnotes", w.d.Clients/noteEvery, func(i int) {
		w.totals.Notes++
		w.row("%d,%d,1,'2025-05-05 05:05:05','0000-00-00 00:00:00','Called about site %d',%s", i, i*noteEvery, i, w.tick(i%2 == 0))
	})
}

func (w *dumpWriter) mails() {
	w.table("tblemails", "id userid subject message date to cc bcc attachments")
	for n := range w.d.Mails {
		w.rows("tblemails", w.d.Clients, func(i int) {
			w.totals.Mails++
			w.row("%d,%d,'Invoice Payment Confirmation','<p>Dear First%d,</p><p>This is a payment receipt &amp; thank you.</p>','2026-01-16 10:00:01','%s','','',''", n*w.d.Clients+i, i, i, DumpAddress(i))
		})
	}
}

// cards are in tables of their own since version 7.8.
func (w *dumpWriter) cards() {
	if w.d.Version < 8 {
		return
	}
	w.table("tblcreditcards", "id pay_method_id card_type last_four expiry_date card_data created_at deleted_at")
	w.rows("tblcreditcards", w.d.Clients/noteEvery, func(i int) {
		w.totals.Cards++
		w.row("%d,%d,'Visa','%04d','2028-0%d-28 00:00:00',_binary 0xdeadbeef,'2024-01-01 00:00:00',NULL", i, i, i%10000, 1+i%9)
	})
	w.table("tblpaymethods", "id userid description payment_id payment_type order_preference deleted_at")
	w.rows("tblpaymethods", w.d.Clients/noteEvery, func(i int) { w.row("%d,%d,'',%d,'CreditCard',0,NULL", i, i*noteEvery, i) })
}

// left is a table that does not come in.
func (w *dumpWriter) left() {
	w.table("tbltickets", "id tid title")
	w.rows("tbltickets", 2, func(i int) { w.row("%d,'%d','Help; (it''s) broken'", i, i) })
}
