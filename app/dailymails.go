package app

import (
	"time"

	"clientele/app/card"
	"clientele/app/daily"
	"clientele/data"
)

// mailInvoice tells a client of a new invoice, as of one that was published by hand.
func (b *dailyBatch) mailInvoice(c data.Client, inv data.Invoice) error {
	b.changes.mails = true
	_, err := b.mails.announce(b.tx, b.set, c, inv)
	return err
}

// noticeKinds are the mails by their levels.
var noticeKinds = map[int]mailKind{daily.Reminder: invoiceReminder, daily.First: overdueFirst, daily.Second: overdueSecond, daily.Third: overdueThird}

// mailNotice reminds a client of an invoice and returns the number of the mail.
func (b *dailyBatch) mailNotice(c data.Client, inv data.Invoice, level int) (int64, error) {
	return b.mails.queueAbout(b.tx, b.set, noticeKinds[level], c, mailAbout{Invoice: &inv})
}

// tellOfCard tells a client that the stored card expires next month.
func (b *dailyBatch) tellOfCard(a *account, item daily.Item) error {
	of, err := b.tx.Card(a.client.ID)
	if err != nil {
		return err
	}
	month := card.Month{Year: of.ExpYear, Month: of.ExpMonth}
	mail, err := b.mails.queueAbout(b.tx, b.set, cardExpiring, a.client, mailAbout{Card: &mailCard{
		Type: string(of.Type), LastFour: of.Last4, Month: time.Month(month.Month), Year: month.Year,
	}})
	if err != nil {
		return err
	}
	b.changes.mails = true
	b.tell(item, outcomeDone, 0, a.money(0))
	return b.tx.AddCardNotice(a.client.ID, expiryOf(month), mail)
}
