-- The unpaid invoices of one currency by due date, as they stand behind the figures of the first page.

CREATE INDEX invoices_unpaid_currency ON invoices (currency, due, id) WHERE status = 'Unpaid';
