-- Who works in a shared office. A file has the table too, so that moving to a server and back keeps everything.

CREATE TABLE admins (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL CHECK (role IN ('Owner', 'Staff')),
    password_hash TEXT NOT NULL,
    failures      INTEGER NOT NULL,
    wait_until    INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
);
