package data

// fate is what becomes of rows as two clients are merged, or as a client is deleted.
type fate int

const (
	// unset is no fate: whoever declares a table has to choose.
	unset fate = iota
	// moves: a merge gives the rows to the client that is kept.
	moves
	// goes: the rows are removed.
	goes
	// stays: the rows are left as they are.
	stays
	// loses: the rows stay, and name no client any more.
	loses
	// follows: the rows hang on others and need nothing done.
	follows
	// apart: a function of its own does it, which is named beside the table.
	apart
)

// belonging is a table with rows that belong to clients, and what becomes of them.
type belonging struct {
	table string
	// client is the column with the number of the client. It is empty where the rows hang on rows of another table, the parent, by a column of theirs.
	client     string
	parent, by string

	merge  fate
	remove fate
}

// belongings are all tables with anything of a client in them, in the order in which rows are removed: what hangs on others first. A test compares the list with
// the tables that there are on both engines and fails where one is missing, so that neither a merge nor a deletion can forget a new one.
var belongings = []belonging{
	{table: "invoice_lines", parent: "invoices", by: "invoice_id", merge: follows, remove: goes},
	{table: "invoice_taxes", parent: "invoices", by: "invoice_id", merge: follows, remove: goes},
	{table: "payments", parent: "invoices", by: "invoice_id", merge: follows, remove: goes},
	{table: "invoice_notices", parent: "invoices", by: "invoice_id", merge: follows, remove: goes},
	{table: "mail_attachments", parent: "mails", by: "mail_id", merge: follows, remove: goes},
	{table: "client_sessions", client: "client_id", merge: goes, remove: goes}, // whoever is logged in as the discarded client logs in anew
	{table: "password_resets", client: "client_id", merge: goes, remove: goes},
	{table: "admin_links", client: "client_id", merge: goes, remove: goes},
	{table: "credit_moves", client: "client_id", merge: moves, remove: goes},
	{table: "custom_values", client: "client_id", merge: goes, remove: goes}, // whoever merges reads them before, and says which stay
	{table: "contacts", client: "client_id", merge: moves, remove: goes},
	{table: "cards", client: "client_id", merge: apart, remove: goes},        // the merge asks which; MoveCard, DeleteCard
	{table: "card_notices", client: "client_id", merge: apart, remove: goes}, // moveCardNotices
	{table: "daily_lines", client: "client_id", merge: moves, remove: goes},
	{table: "notes", client: "client_id", merge: moves, remove: goes},
	{table: "files", client: "client_id", merge: moves, remove: goes},
	{table: "undos", client: "client_id", merge: moves, remove: goes}, // what they hold is rewritten by MoveUndos before
	{table: "mails", client: "client_id", merge: moves, remove: goes},
	{table: "services", client: "client_id", merge: moves, remove: goes},
	{table: "invoices", client: "client_id", merge: moves, remove: goes},
	{table: "transactions", client: "client_id", merge: moves, remove: loses},
	{table: "invoice_totals", client: "client_id", merge: apart, remove: goes},     // addTotals
	{table: "transaction_totals", client: "client_id", merge: apart, remove: goes}, // addTotals
	{table: "search_docs", client: "client_id", merge: apart, remove: apart},       // unindex
	{table: "merged_clients", client: "kept_id", merge: moves, remove: goes},
	{table: "activity", client: "client_id", merge: stays, remove: stays}, // append-only: lines keep the number that the client had
	{table: "clients", client: "id", merge: apart, remove: apart},
}

// ofNobody are the tables with nothing of any client in them, or nothing that names one.
var ofNobody = []string{
	"settings", "client_groups", "imports", "import_refs", "card_keys", "guards", "mail_templates", "mail_texts", "campaigns", "daily_runs", "admins", "throttles", "custom_fields", "counters", "tax_rules", "products", "product_prices", "blobs", "blob_chunks",
	"client_counts", "mail_counts", "invoice_counts", "open_totals", "month_totals", // sums, which are kept in step
	"acts",                                                                  // forgotten after a week, and harmless: a number that is never given again
	"search_fts", "search_terms", "search_triples", "search_triples_wanted", // stand on search_docs
	"schema_version", "sqlite_sequence",
}

// pointers are the columns that name a row of another table and need nothing done by a merge or a deletion, with the reason.
var pointers = map[string]string{ //nolint:gosec // names of columns, no secrets
	"clients.group_id":            "groups stay",
	"clients.import_id":           "imports stay",
	"clients.billing_contact_id":  "goes with the client; a merge chooses",
	"client_counts.group_id":      "a sum",
	"custom_values.field_id":      "fields stay",
	"credit_moves.invoice_id":     "goes or moves with the same client",
	"credit_moves.transaction_id": "goes or moves with the same client",
	"services.product_id":         "products stay",
	"product_prices.product_id":   "products stay",
	"invoice_lines.service_id":    "goes or moves with the same client",
	"payments.transaction_id":     "goes with the invoice",
	"files.blob_id":               "contents that nothing names are swept away",
	"mail_attachments.blob_id":    "contents that nothing names are swept away",
	"undos.blob_id":               "contents that nothing names are swept away",
	"blob_chunks.blob_id":         "contents that nothing names are swept away",
	"merged_clients.old_id":       "a number that no client has any more",
	"transactions.refund_of":      "both transactions stay, or move with the same client",
	"credit_moves.reverses":       "goes or moves with the same client",
	"imports.first_id":            "a range of numbers that were given once",
	"imports.last_id":             "a range of numbers that were given once",
	"mails.invoice_id":            "goes or moves with the same client",
	"mails.transaction_id":        "goes or moves with the same client",
	"mails.campaign_id":           "campaigns stay",
	"invoice_notices.mail_id":     "goes or moves with the same client",
	"card_notices.mail_id":        "goes or moves with the same client",
	"daily_lines.run_id":          "runs stay",
	"daily_lines.invoice_id":      "a number in a report; the invoice need not be there any more",
	"cards.card_uuid":             "the card itself",
	"cards.key_id":                "keys stay",
	"card_keys.key_id":            "a key itself",
	"card_keys.vault_id":          "of nobody",
	"import_refs.import_id":       "imports stay",
	"import_refs.source_id":       "a number in another program",
	"import_refs.target_id":       "may name what is gone; of a merged client the tombstone tells what became of it",
}

// removeOf does to the rows of a table what is declared for a client that is deleted.
func (b belonging) removeOf(tx *Tx, clientID int64) error {
	where := b.client + " = ?"
	if b.parent != "" {
		where = b.by + " IN (SELECT id FROM " + b.parent + " WHERE client_id = ?)"
	}
	switch b.remove {
	case goes:
		return tx.db.Exec("DELETE FROM "+b.table+" WHERE "+where, clientID).Error
	case loses:
		return tx.db.Exec("UPDATE "+b.table+" SET "+b.client+" = NULL, version = version + 1 WHERE "+where, clientID).Error
	}
	return nil
}

// mergeOf does to the rows of a table what is declared for a client that is merged into another one.
func (b belonging) mergeOf(tx *Tx, kept, gone int64) error {
	switch b.merge {
	case moves:
		return tx.db.Exec("UPDATE "+b.table+" SET "+b.client+" = ? WHERE "+b.client+" = ?", kept, gone).Error
	case goes:
		return tx.db.Exec("DELETE FROM "+b.table+" WHERE "+b.client+" = ?", gone).Error
	}
	return nil
}
