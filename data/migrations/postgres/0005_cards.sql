-- Cards of clients. Of a number there are its last four digits and its sealed form; no column holds a full number, a check code, or anything that
-- numbers could be guessed from.

-- The public keys that numbers are sealed to. One is in use; the others were replaced, and may be those of cards that nobody could seal anew.
CREATE TABLE card_keys (
    key_id     TEXT PRIMARY KEY,
    vault_id   TEXT NOT NULL,
    recipient  BYTEA NOT NULL,
    made_at    BIGINT NOT NULL,
    retired_at BIGINT,
    lost       BOOLEAN NOT NULL,               -- replaced because its hash was lost
    in_use     INTEGER UNIQUE CHECK (in_use = 1), -- 1 or NULL, so that there is one at most
    CHECK ((in_use IS NULL) = (retired_at IS NOT NULL))
);

CREATE TABLE cards (
    card_uuid   TEXT PRIMARY KEY,
    client_id   BIGINT NOT NULL UNIQUE REFERENCES clients (id) ON DELETE RESTRICT,
    type        TEXT NOT NULL,
    last4       TEXT NOT NULL,
    exp_month   INTEGER NOT NULL,
    exp_year    INTEGER NOT NULL,
    start_month INTEGER,
    start_year  INTEGER,
    issue_no    TEXT NOT NULL,
    key_id      TEXT REFERENCES card_keys (key_id) ON DELETE RESTRICT, -- NULL where the last four digits are all that is kept
    sealed      BYTEA,
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL,
    updated_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    CHECK ((key_id IS NULL) = (sealed IS NULL)),
    CHECK ((start_month IS NULL) = (start_year IS NULL))
);
CREATE INDEX cards_expiry ON cards (exp_year, exp_month, client_id);
CREATE INDEX cards_key ON cards (key_id);

-- Wrong tries at something that is guarded by a secret. They outlive the program, so that ending it does not give more of them.
CREATE TABLE guards (
    name     TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    since    BIGINT NOT NULL, -- of the newest wrong one, in milliseconds
    wait     BIGINT NOT NULL  -- how long none is taken after it, in milliseconds
);
