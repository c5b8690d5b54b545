-- Clients that were merged into others: whoever looks for the old number, name or address finds the client that was kept.
CREATE TABLE merged_clients (
    old_id  BIGINT PRIMARY KEY,
    kept_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE RESTRICT,
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    who     TEXT NOT NULL
);
CREATE INDEX merged_clients_kept ON merged_clients (kept_id);

-- A merge gives the rows of a client's ledger to the one that is kept. All else of a row stays as it was written.
DROP TRIGGER credit_moves_keep ON credit_moves;
CREATE TRIGGER credit_moves_keep BEFORE UPDATE OF id, kind, date, amount, currency, description, at, who, invoice_id, transaction_id, reverses ON credit_moves
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE INDEX undos_client ON undos (client_id) WHERE client_id IS NOT NULL;
