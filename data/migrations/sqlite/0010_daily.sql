-- The daily run: what it did, what it keeps from being done twice.

-- A period of a service is billed once, and its set-up fee with it. The index finds the lines of a service too.
DROP INDEX invoice_lines_service;
CREATE UNIQUE INDEX invoice_lines_period ON invoice_lines (service_id, kind, period_from) WHERE service_id IS NOT NULL;

-- The reminders of an invoice, each level once: 0 before it is due, 1 to 3 after.
CREATE TABLE invoice_notices (
    invoice_id INTEGER NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    at         INTEGER NOT NULL,
    mail_id    INTEGER NOT NULL,
    PRIMARY KEY (invoice_id, level)
) WITHOUT ROWID;

-- Clients who were told that their card expires: in which month, as year * 100 + month.
CREATE TABLE card_notices (
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    expires   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    mail_id   INTEGER NOT NULL,
    PRIMARY KEY (client_id, expires)
) WITHOUT ROWID;

-- Each run. ended_at is NULL while it goes on, and stays so where the program was ended in the middle.
CREATE TABLE daily_runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    day        INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    who        TEXT NOT NULL,
    cause      TEXT NOT NULL,
    state      TEXT NOT NULL,
    done       INTEGER NOT NULL,
    skipped    INTEGER NOT NULL,
    words      TEXT NOT NULL
);
CREATE INDEX daily_runs_day ON daily_runs (day, id);

-- What a run did, and what it did not do and why. Neither client nor invoice need be there any more.
CREATE TABLE daily_lines (
    run_id     INTEGER NOT NULL REFERENCES daily_runs (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    client_id  INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    days       INTEGER NOT NULL,
    PRIMARY KEY (run_id, n)
) WITHOUT ROWID;
-- The lines of a client go or move with it.
CREATE INDEX daily_lines_client ON daily_lines (client_id);
