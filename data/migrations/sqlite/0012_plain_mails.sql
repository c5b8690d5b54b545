-- The plain text of a mail where it was written by itself; empty where it is made from the text that HTML is made from.
ALTER TABLE mail_texts ADD COLUMN plain TEXT NOT NULL DEFAULT '';
