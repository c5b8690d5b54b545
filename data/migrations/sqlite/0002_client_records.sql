-- What else is known of a client: contacts, notes, files; the attachments of mails; and the journal from which deletions are undone.

CREATE TABLE contacts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id    INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    first_name   TEXT NOT NULL,
    last_name    TEXT NOT NULL,
    company      TEXT NOT NULL,
    email        TEXT NOT NULL,
    address1     TEXT NOT NULL,
    address2     TEXT NOT NULL,
    city         TEXT NOT NULL,
    state        TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    country      TEXT NOT NULL,
    phone        TEXT NOT NULL,
    tax_id       TEXT NOT NULL,
    mail_general INTEGER NOT NULL,
    mail_invoice INTEGER NOT NULL,
    mail_support INTEGER NOT NULL,
    mail_product INTEGER NOT NULL,
    mail_domain  INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
);
CREATE INDEX contacts_client ON contacts (client_id, id);

-- Whose name and address invoices carry instead of the client's. No reference: it is set to NULL in the transaction that removes the contact,
-- and a table that others refer to could not be given one without being written anew.
ALTER TABLE clients ADD COLUMN billing_contact_id INTEGER;

CREATE TABLE notes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id  INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    body       TEXT NOT NULL,
    sticky     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    version    INTEGER NOT NULL
);
CREATE INDEX notes_client ON notes (client_id, id);
CREATE INDEX notes_sticky ON notes (client_id, id) WHERE sticky = 1;

-- The contents of files, in pieces. A blob belongs to whatever names it: a file, a mail's attachment, or a deletion that can be undone.
-- One that nothing names any more, or whose upload was cut off, is swept away.
CREATE TABLE blobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    size       INTEGER NOT NULL,
    sha256     BLOB,
    touched_at INTEGER NOT NULL
);
CREATE TABLE blob_chunks (
    blob_id INTEGER NOT NULL REFERENCES blobs (id) ON DELETE RESTRICT,
    n       INTEGER NOT NULL,
    bytes   BLOB NOT NULL
);
CREATE UNIQUE INDEX blob_chunks_place ON blob_chunks (blob_id, n);

CREATE TABLE files (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    blob_id     INTEGER NOT NULL REFERENCES blobs (id) ON DELETE RESTRICT,
    title       TEXT NOT NULL,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,
    admin_only  INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX files_client ON files (client_id, id);
CREATE INDEX files_blob ON files (blob_id);

CREATE TABLE mail_attachments (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    mail_id INTEGER NOT NULL REFERENCES mails (id) ON DELETE RESTRICT,
    blob_id INTEGER NOT NULL REFERENCES blobs (id) ON DELETE RESTRICT,
    name    TEXT NOT NULL,
    size    INTEGER NOT NULL
);
CREATE INDEX mail_attachments_mail ON mail_attachments (mail_id, id);
CREATE INDEX mail_attachments_blob ON mail_attachments (blob_id);

-- A row for each deletion that can be undone, written in its transaction. content is what was deleted, as JSON.
CREATE TABLE undos (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    client_id INTEGER,
    subject   TEXT NOT NULL,
    content   TEXT NOT NULL,
    blob_id   INTEGER REFERENCES blobs (id) ON DELETE RESTRICT,
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    undone_at INTEGER
);
CREATE INDEX undos_open ON undos (who, id) WHERE undone_at IS NULL;
CREATE INDEX undos_at ON undos (at);
CREATE INDEX undos_blob ON undos (blob_id) WHERE blob_id IS NOT NULL;

-- The log is also read as a whole, by when, by kind and by person.
CREATE INDEX activity_at ON activity (at, id);
CREATE INDEX activity_action ON activity (action, id);
CREATE INDEX activity_who ON activity (who, id);

CREATE INDEX acts_at ON acts (at);
