-- The list of clients is sorted by what they owe, also where that is nothing.

DROP INDEX clients_owed;
CREATE INDEX clients_owed ON clients (owed, id);
