-- Settings, groups, custom fields, clients with their search index, the credit ledger, the outbox and the
-- activity log. Amounts are integers in the currency's minor unit, dates are days since 1970-01-01, instants
-- are milliseconds since then in UTC. Columns that end in _key hold folded text and are compared as bytes.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE client_groups (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT NOT NULL,
    name_key          TEXT NOT NULL UNIQUE,
    colour            TEXT NOT NULL,
    discount_bp       INTEGER NOT NULL CHECK (discount_bp BETWEEN 0 AND 10000),
    separate_invoices INTEGER NOT NULL
);

CREATE TABLE imports (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    source    TEXT NOT NULL,
    file_name TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    imported  INTEGER NOT NULL,
    rejected  INTEGER NOT NULL,
    first_id  INTEGER NOT NULL,
    last_id   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    undone_at INTEGER
);

CREATE TABLE clients (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    first_name           TEXT NOT NULL,
    last_name            TEXT NOT NULL,
    company              TEXT NOT NULL,
    email                TEXT NOT NULL,
    address1             TEXT NOT NULL,
    address2             TEXT NOT NULL,
    city                 TEXT NOT NULL,
    state                TEXT NOT NULL,
    postcode             TEXT NOT NULL,
    country              TEXT NOT NULL,
    phone                TEXT NOT NULL,
    tax_id               TEXT NOT NULL,
    currency             TEXT NOT NULL,
    group_id             INTEGER NOT NULL,
    language             TEXT NOT NULL,
    payment_method       TEXT NOT NULL,
    status               TEXT NOT NULL CHECK (status IN ('Active', 'Inactive', 'Closed')),
    tax_exempt           INTEGER NOT NULL,
    separate_invoices    INTEGER NOT NULL,
    no_late_fees         INTEGER NOT NULL,
    no_overdue_emails    INTEGER NOT NULL,
    marketing_opt_in     INTEGER NOT NULL,
    mail_general         INTEGER NOT NULL,
    mail_invoice         INTEGER NOT NULL,
    mail_support         INTEGER NOT NULL,
    mail_product         INTEGER NOT NULL,
    mail_domain          INTEGER NOT NULL,
    notes                TEXT NOT NULL,
    password_hash        TEXT NOT NULL,
    password_must_change INTEGER NOT NULL,
    password_expires_at  INTEGER,
    credit               INTEGER NOT NULL,
    owed                 INTEGER NOT NULL,
    services_active      INTEGER NOT NULL,
    services_total       INTEGER NOT NULL,
    created              INTEGER NOT NULL,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    version              INTEGER NOT NULL,
    import_id            INTEGER REFERENCES imports (id),
    sort_key             TEXT NOT NULL,
    first_key            TEXT NOT NULL,
    company_key          TEXT NOT NULL,
    email_key            TEXT NOT NULL,
    phone_digits         TEXT NOT NULL
);
CREATE UNIQUE INDEX clients_email ON clients (email_key);
CREATE INDEX clients_sort ON clients (sort_key, id);
CREATE INDEX clients_first ON clients (first_key, id);
CREATE INDEX clients_company ON clients (company_key, id);
CREATE INDEX clients_status ON clients (status, sort_key, id);
CREATE INDEX clients_created ON clients (created, id);
CREATE INDEX clients_country ON clients (country, sort_key, id);
CREATE INDEX clients_group ON clients (group_id, sort_key, id);
CREATE INDEX clients_credit ON clients (credit, id);
CREATE INDEX clients_owed ON clients (owed, id) WHERE owed > 0;
CREATE INDEX clients_services ON clients (services_active, id);
CREATE INDEX clients_phone ON clients (phone_digits) WHERE phone_digits <> '';
CREATE INDEX clients_import ON clients (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE client_counts (
    status     TEXT NOT NULL,
    country    TEXT NOT NULL,
    group_id   INTEGER NOT NULL,
    has_credit INTEGER NOT NULL,
    owes       INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    PRIMARY KEY (status, country, group_id, has_credit, owes)
) WITHOUT ROWID;

CREATE TABLE search_docs (
    client_id INTEGER PRIMARY KEY,
    body      TEXT NOT NULL
);
CREATE VIRTUAL TABLE search_fts USING fts5 (
    body, content = 'search_docs', content_rowid = 'client_id', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1);
-- How many bytes of new entries are gathered before they are written out: an import then leaves few parts to merge.
INSERT INTO search_fts (search_fts, rank) VALUES ('hashsize', 33554432);
CREATE VIRTUAL TABLE search_terms USING fts5vocab ('search_fts', 'instance');

CREATE TABLE custom_fields (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL,
    options        TEXT NOT NULL,
    help           TEXT NOT NULL,
    required       INTEGER NOT NULL,
    client_visible INTEGER NOT NULL,
    position       INTEGER NOT NULL
);
CREATE TABLE custom_values (
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    field_id  INTEGER NOT NULL REFERENCES custom_fields (id) ON DELETE RESTRICT,
    value     TEXT NOT NULL,
    PRIMARY KEY (client_id, field_id)
) WITHOUT ROWID;
CREATE INDEX custom_values_field ON custom_values (field_id);

CREATE TABLE credit_moves (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    kind        TEXT NOT NULL,
    date        INTEGER NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount <> 0),
    currency    TEXT NOT NULL,
    description TEXT NOT NULL,
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL
);
CREATE INDEX credit_moves_client ON credit_moves (client_id, amount);
CREATE TRIGGER credit_moves_keep BEFORE UPDATE ON credit_moves
BEGIN
    SELECT RAISE(ABORT, 'the credit ledger is append-only');
END;

CREATE TABLE mails (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id  TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    category    TEXT NOT NULL,
    client_id   INTEGER,
    recipients  TEXT NOT NULL,
    to_line     TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body_text   TEXT NOT NULL,
    body_html   TEXT NOT NULL,
    secrets     BLOB,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    answer      TEXT NOT NULL,
    sealed_by   TEXT NOT NULL,
    claimed_by  TEXT NOT NULL,
    who         TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    sent_at     INTEGER
);
CREATE INDEX mails_due ON mails (next_at, id) WHERE state IN ('queued', 'uncertain');
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_client ON mails (client_id, id);
CREATE TABLE mail_counts (
    state TEXT PRIMARY KEY,
    n     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER mails_added AFTER INSERT ON mails
BEGIN
    INSERT INTO mail_counts (state, n) VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER mails_moved AFTER UPDATE OF state ON mails WHEN OLD.state <> NEW.state
BEGIN
    UPDATE mail_counts SET n = n - 1 WHERE state = OLD.state;
    INSERT INTO mail_counts (state, n) VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER mails_gone AFTER DELETE ON mails
BEGIN
    UPDATE mail_counts SET n = n - 1 WHERE state = OLD.state;
END;

CREATE TABLE activity (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    action    TEXT NOT NULL,
    client_id INTEGER,
    subject   TEXT NOT NULL,
    details   TEXT NOT NULL,
    chain     BLOB NOT NULL
);
CREATE INDEX activity_client ON activity (client_id, id) WHERE client_id IS NOT NULL;
CREATE TRIGGER activity_keep BEFORE UPDATE ON activity
BEGIN
    SELECT RAISE(ABORT, 'the activity log is append-only');
END;
CREATE TRIGGER activity_stay BEFORE DELETE ON activity
BEGIN
    SELECT RAISE(ABORT, 'the activity log is append-only');
END;

CREATE TABLE acts (
    key TEXT PRIMARY KEY,
    ref INTEGER NOT NULL,
    at  INTEGER NOT NULL
) WITHOUT ROWID;
