-- Products, services, invoices, transactions; which payment went to which invoice; what each is added up to.

-- The next number of each gap-free sequence, such as that of invoices.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE tax_rules (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    country TEXT NOT NULL,
    state   TEXT NOT NULL,
    rate    INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000)
);

CREATE TABLE products (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    taxed       INTEGER NOT NULL,
    retired     INTEGER NOT NULL,
    version     INTEGER NOT NULL
);
CREATE TABLE product_prices (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE RESTRICT,
    currency   TEXT NOT NULL,
    cycle      TEXT NOT NULL,
    price      INTEGER NOT NULL,
    setup_fee  INTEGER NOT NULL,
    PRIMARY KEY (product_id, currency, cycle)
) WITHOUT ROWID;

-- What a client has, once or recurring. amount is the price of one for a cycle; quantity counts thousandths. anchor_day is the day of the
-- month that billing keeps. next_due is NULL where nothing more is to be invoiced.
CREATE TABLE services (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    product_id  INTEGER REFERENCES products (id) ON DELETE RESTRICT,
    description TEXT NOT NULL,
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    currency    TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    setup_fee   INTEGER NOT NULL,
    taxed       INTEGER NOT NULL,
    cycle       TEXT NOT NULL,
    next_due    INTEGER,
    anchor_day  INTEGER NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('Pending', 'Active', 'Suspended', 'Terminated', 'Cancelled')),
    started     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX services_client ON services (client_id, id);
CREATE INDEX services_due ON services (next_due, id) WHERE status = 'Active' AND next_due IS NOT NULL;
CREATE INDEX services_status ON services (status, id);
CREATE INDEX services_product ON services (product_id) WHERE product_id IS NOT NULL;

-- number and billing are set as an invoice leaves Draft and stay, and issued where the draft has no date of its own. billing is the name and address that it carries, as JSON. The balance
-- is total - credit - paid; paid is what came in for it less what was refunded.
CREATE TABLE invoices (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id      INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    number         TEXT,
    status         TEXT NOT NULL CHECK (status IN ('Draft', 'Unpaid', 'Paid', 'Cancelled', 'Refunded', 'Collections')),
    currency       TEXT NOT NULL,
    issued         INTEGER,
    due            INTEGER NOT NULL,
    paid_on        INTEGER,
    subtotal       INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    tax            INTEGER NOT NULL,
    total          INTEGER NOT NULL,
    credit         INTEGER NOT NULL,
    paid           INTEGER NOT NULL,
    tax_mode       TEXT NOT NULL,
    tax_exempt     INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    billing        TEXT NOT NULL,
    notes          TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    created_by     TEXT NOT NULL,
    updated_at     INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    CHECK ((status = 'Draft') = (number IS NULL))
);
CREATE UNIQUE INDEX invoices_number ON invoices (number) WHERE number IS NOT NULL;
CREATE INDEX invoices_client ON invoices (client_id, id);
CREATE INDEX invoices_open ON invoices (client_id, due, total, credit, paid) WHERE status IN ('Unpaid', 'Collections');
CREATE INDEX invoices_due ON invoices (due, id);
CREATE INDEX invoices_unpaid ON invoices (due, id) WHERE status = 'Unpaid';
CREATE INDEX invoices_issued ON invoices (issued, id);
CREATE INDEX invoices_total ON invoices (total, id);
CREATE INDEX invoices_status ON invoices (status, id);

-- quantity counts thousandths, discount ten-thousandths of a percent. net + tax = gross, each rounded a line.
CREATE TABLE invoice_lines (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice_id  INTEGER NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT,
    position    INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    service_id  INTEGER,
    description TEXT NOT NULL,
    quantity    INTEGER NOT NULL,
    unit_price  INTEGER NOT NULL,
    discount    INTEGER NOT NULL,
    taxed       INTEGER NOT NULL,
    net         INTEGER NOT NULL,
    tax         INTEGER NOT NULL,
    gross       INTEGER NOT NULL,
    period_from INTEGER,
    period_to   INTEGER
);
CREATE UNIQUE INDEX invoice_lines_place ON invoice_lines (invoice_id, position);
CREATE UNIQUE INDEX invoice_lines_fee ON invoice_lines (invoice_id) WHERE kind = 'late fee';
CREATE INDEX invoice_lines_service ON invoice_lines (service_id) WHERE service_id IS NOT NULL;
CREATE TABLE invoice_taxes (
    invoice_id INTEGER NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    rate       INTEGER NOT NULL,
    base       INTEGER NOT NULL,
    tax        INTEGER NOT NULL,
    PRIMARY KEY (invoice_id, position)
) WITHOUT ROWID;

-- Money in or out. It stays when its client is deleted, with the name as it was. invoices is the numbers it names, as people see them.
CREATE TABLE transactions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   INTEGER REFERENCES clients (id) ON DELETE RESTRICT,
    client_name TEXT NOT NULL,
    date        INTEGER NOT NULL,
    method      TEXT NOT NULL,
    description TEXT NOT NULL,
    reference   TEXT NOT NULL,
    currency    TEXT NOT NULL,
    amount_in   INTEGER NOT NULL CHECK (amount_in >= 0),
    fees        INTEGER NOT NULL CHECK (fees >= 0),
    amount_out  INTEGER NOT NULL CHECK (amount_out >= 0),
    refund_of   INTEGER,
    invoices    TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    who         TEXT NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX transactions_client ON transactions (client_id, date, id);
CREATE INDEX transactions_date ON transactions (date, id);
CREATE INDEX transactions_reference ON transactions (reference, method) WHERE reference <> '';
CREATE INDEX transactions_refund ON transactions (refund_of) WHERE refund_of IS NOT NULL;

-- How much of a transaction went to an invoice; below zero where it was refunded from it.
CREATE TABLE payments (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_id INTEGER NOT NULL REFERENCES transactions (id) ON DELETE RESTRICT,
    invoice_id     INTEGER NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT,
    amount         INTEGER NOT NULL CHECK (amount <> 0)
);
CREATE INDEX payments_transaction ON payments (transaction_id);
CREATE INDEX payments_invoice ON payments (invoice_id);

-- What a ledger row came from, and which earlier row it takes back. A row is taken back once.
ALTER TABLE credit_moves ADD COLUMN invoice_id INTEGER;
ALTER TABLE credit_moves ADD COLUMN transaction_id INTEGER;
ALTER TABLE credit_moves ADD COLUMN reverses INTEGER;
CREATE INDEX credit_moves_list ON credit_moves (client_id, id);
CREATE INDEX credit_moves_invoice ON credit_moves (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX credit_moves_transaction ON credit_moves (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE UNIQUE INDEX credit_moves_reverses ON credit_moves (reverses) WHERE reverses IS NOT NULL;

-- Whether credit is used for the next invoice by itself: NULL is as the setting has it.
ALTER TABLE clients ADD COLUMN auto_credit INTEGER;
-- Whether the automatic status leaves this client alone.
ALTER TABLE clients ADD COLUMN keep_status INTEGER NOT NULL DEFAULT 0;

-- Sums that are kept in the same transaction, so that no screen adds up what it shows.
CREATE TABLE invoice_totals (
    client_id INTEGER NOT NULL,
    status    TEXT NOT NULL,
    n         INTEGER NOT NULL,
    total     INTEGER NOT NULL,
    balance   INTEGER NOT NULL,
    PRIMARY KEY (client_id, status)
) WITHOUT ROWID;
CREATE TABLE invoice_counts (
    status   TEXT NOT NULL,
    currency TEXT NOT NULL,
    n        INTEGER NOT NULL,
    total    INTEGER NOT NULL,
    balance  INTEGER NOT NULL,
    PRIMARY KEY (status, currency)
) WITHOUT ROWID;
CREATE TABLE open_totals (
    currency TEXT NOT NULL,
    due      INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    balance  INTEGER NOT NULL,
    PRIMARY KEY (currency, due)
) WITHOUT ROWID;
CREATE TABLE transaction_totals (
    client_id  INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    n          INTEGER NOT NULL,
    amount_in  INTEGER NOT NULL,
    fees       INTEGER NOT NULL,
    amount_out INTEGER NOT NULL,
    PRIMARY KEY (client_id, currency)
) WITHOUT ROWID;
CREATE TABLE month_totals (
    currency   TEXT NOT NULL,
    month      INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    amount_in  INTEGER NOT NULL,
    fees       INTEGER NOT NULL,
    amount_out INTEGER NOT NULL,
    PRIMARY KEY (currency, month)
) WITHOUT ROWID;
