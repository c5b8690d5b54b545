-- Clients that were merged into others: whoever looks for the old number, name or address finds the client that was kept.
CREATE TABLE merged_clients (
    old_id  INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL
);
CREATE INDEX merged_clients_kept ON merged_clients (kept_id);

-- A merge gives the rows of a client's ledger to the one that is kept. All else of a row stays as it was written.
DROP TRIGGER credit_moves_keep;
CREATE TRIGGER credit_moves_keep BEFORE UPDATE OF id, kind, date, amount, currency, description, at, who, invoice_id, transaction_id, reverses ON credit_moves
BEGIN
    SELECT RAISE(ABORT, 'the credit ledger is append-only');
END;

CREATE INDEX undos_client ON undos (client_id) WHERE client_id IS NOT NULL;
