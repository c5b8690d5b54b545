-- What mails tell of, and templates as the office changed or added them.

-- The invoice and the transaction that a mail tells of; it is withdrawn where they go before it does. No references: the history stays. encloses says that
-- the invoice goes with it as PDF, which is made as the mail is sent.
ALTER TABLE mails ADD COLUMN invoice_id INTEGER;
ALTER TABLE mails ADD COLUMN transaction_id INTEGER;
ALTER TABLE mails ADD COLUMN encloses INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mails_invoice ON mails (invoice_id, id) WHERE invoice_id IS NOT NULL;

-- Lists of mails by kind and by day.
CREATE INDEX mails_kind ON mails (kind, id);
-- It holds all that a list can be asked for, so that looking for a text reads no bodies.
CREATE INDEX mails_words ON mails (created_at, id, state, kind, subject, to_line);

-- A row for each template of the office's own, and for each shipped one that it changed. kind is the name of a shipped one, or "own-" and a number.
CREATE TABLE mail_templates (
    kind       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    disabled   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE mail_texts (
    kind     TEXT NOT NULL REFERENCES mail_templates (kind) ON DELETE RESTRICT,
    language TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (kind, language)
) WITHOUT ROWID;

-- A mail to many clients: whom it goes to, and how far it is. Clients up to last_client are done; agreed says that it goes to those alone who agreed to
-- marketing. Its mails are put into the outbox a batch at a time.
CREATE TABLE campaigns (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    category    TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    filter      TEXT NOT NULL,
    agreed      INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'stopped')),
    last_client INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    queued      INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    who         TEXT NOT NULL
);
ALTER TABLE mails ADD COLUMN campaign_id INTEGER;
CREATE INDEX mails_campaign ON mails (campaign_id, state) WHERE campaign_id IS NOT NULL;
