-- The client area: who is logged in, passwords that are being reset, links by which an admin opens it as a client, and how often something was tried.
-- Of each secret only its SHA-256 is kept. All of it goes with its client, so nothing else has to know of it when one is merged or deleted.

CREATE TABLE client_sessions (
    hash       BLOB PRIMARY KEY,
    client_id  INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    admin      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX client_sessions_client ON client_sessions (client_id);
CREATE INDEX client_sessions_seen ON client_sessions (seen_at);

-- log_line is the newest line of the activity log when the reset was asked for: a line after it that is later than the link's end shows that the
-- time was over, whatever the clock says now.
CREATE TABLE password_resets (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hash       BLOB NOT NULL UNIQUE,
    client_id  INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    log_line   INTEGER NOT NULL
);
CREATE INDEX password_resets_client ON password_resets (client_id);

CREATE TABLE admin_links (
    hash       BLOB PRIMARY KEY,
    client_id  INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    admin      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX admin_links_client ON admin_links (client_id);

CREATE TABLE throttles (
    name  TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX throttles_since ON throttles (since);

-- Whoever closes a client or changes a password ends what was open with the old one, by whatever way it is done.
CREATE TRIGGER clients_access AFTER UPDATE OF status, password_hash, email_key ON clients
WHEN NEW.status = 'Closed' OR NEW.password_hash <> OLD.password_hash OR NEW.email_key <> OLD.email_key
BEGIN
    DELETE FROM password_resets WHERE client_id = NEW.id;
    DELETE FROM admin_links WHERE client_id = NEW.id;
    DELETE FROM client_sessions WHERE client_id = NEW.id AND (NEW.status = 'Closed' OR NEW.password_hash <> OLD.password_hash);
END;
