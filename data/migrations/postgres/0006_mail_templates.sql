-- What mails tell of, and templates as the office changed or added them.

-- The invoice and the transaction that a mail tells of; it is withdrawn where they go before it does. No references: the history stays. encloses says that
-- the invoice goes with it as PDF, which is made as the mail is sent.
ALTER TABLE mails ADD COLUMN invoice_id BIGINT;
ALTER TABLE mails ADD COLUMN transaction_id BIGINT;
ALTER TABLE mails ADD COLUMN encloses BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX mails_invoice ON mails (invoice_id, id) WHERE invoice_id IS NOT NULL;

-- Lists of mails by kind and by day.
CREATE INDEX mails_kind ON mails (kind, id);
CREATE INDEX mails_created ON mails (created_at, id);

-- A row for each template of the office's own, and for each shipped one that it changed. kind is the name of a shipped one, or "own-" and a number.
CREATE TABLE mail_templates (
    kind       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    disabled   BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE TABLE mail_texts (
    kind     TEXT NOT NULL REFERENCES mail_templates (kind) ON DELETE RESTRICT,
    language TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (kind, language)
);
