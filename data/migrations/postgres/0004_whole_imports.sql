-- Imports of whole offices from other programs.

-- Where the data came from, such as the address of the other program, and what the import came to, as JSON.
ALTER TABLE imports ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN report TEXT NOT NULL DEFAULT '';

-- What each row of the other program became, so that a second import of it knows what is here already. target_id has no reference: what an import
-- brought can be deleted like anything else.
CREATE TABLE import_refs (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE RESTRICT,
    kind      TEXT NOT NULL,
    source_id BIGINT NOT NULL,
    target_id BIGINT NOT NULL,
    PRIMARY KEY (import_id, kind, source_id)
);

-- The import that brought a service which nobody has said is to be billed here; NULL where it is billed. Billing leaves held services alone.
ALTER TABLE services ADD COLUMN billing_held BIGINT;
CREATE INDEX services_held ON services (billing_held) WHERE billing_held IS NOT NULL;
