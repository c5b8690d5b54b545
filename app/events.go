package app

import "sync"

// Topic is what a change is about.
type Topic string

// The topics. Everyone who shows such a thing asks again when it changes.
const (
	TopicClient       Topic = "client"       // one client, or many where Change.ClientID is 0
	TopicGroups       Topic = "groups"       // client groups
	TopicFields       Topic = "fields"       // custom fields
	TopicMail         Topic = "mail"         // the outbox
	TopicSettings     Topic = "settings"     // settings
	TopicOutbox       Topic = "outbox"       // the worker started, stopped or is blocked
	TopicContacts     Topic = "contacts"     // the contacts of a client
	TopicNotes        Topic = "notes"        // the notes of a client
	TopicFiles        Topic = "files"        // the files of a client
	TopicCredit       Topic = "credit"       // the credit ledger of a client
	TopicInvoices     Topic = "invoices"     // the invoices of a client
	TopicTransactions Topic = "transactions" // the transactions of a client, or of nobody where Change.ClientID is 0
	TopicServices     Topic = "services"     // the services of a client
	TopicCard         Topic = "card"         // the card of a client, or of many where Change.ClientID is 0
	TopicProducts     Topic = "products"     // products and tax rules
	TopicBackups      Topic = "backups"      // the list of backups
	TopicAdmins       Topic = "admins"       // the admins of a shared office, and who is signed in at this desktop
	TopicLine         Topic = "line"         // the connection to the server of a shared office; only of this desktop
	TopicDaily        Topic = "daily"        // the daily run began, went on or ended
	TopicTemplates    Topic = "templates"    // templates of mails
	TopicCampaigns    Topic = "campaigns"    // mails to many clients
)

// topics are all that another desktop may have changed. After a lost connection everything is asked for anew.
var topics = []Topic{
	TopicClient, TopicGroups, TopicFields, TopicMail, TopicSettings, TopicContacts, TopicNotes, TopicFiles, TopicCredit, TopicInvoices, TopicTransactions,
	TopicServices, TopicCard, TopicProducts, TopicDaily, TopicAdmins, TopicTemplates, TopicCampaigns,
}

// Change says that something was committed. It carries no data: whoever cares asks again.
type Change struct {
	Topic    Topic
	ClientID int64
}

// Events is the one way in which parts learn of each other's changes.
type Events struct {
	mu   sync.Mutex
	next int
	subs map[int]func(Change)
}

// Subscribe has f called after each commit, on whatever goroutine committed, so f must be quick and must not wait. The returned
// function ends it.
func (e *Events) Subscribe(f func(Change)) (cancel func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.subs == nil {
		e.subs = map[int]func(Change){}
	}
	id := e.next
	e.next++
	e.subs[id] = f
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.subs, id)
	}
}

// publish tells all subscribers. It is called after a commit, never before.
func (e *Events) publish(c Change) {
	e.mu.Lock()
	all := make([]func(Change), 0, len(e.subs))
	for _, f := range e.subs {
		all = append(all, f)
	}
	e.mu.Unlock()
	for _, f := range all {
		f(c)
	}
}
