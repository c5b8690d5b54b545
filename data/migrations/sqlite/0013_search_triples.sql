-- Nothing here: the trigram index's own vocabulary tells what stands beside a short word. On the server a table does from this form on.
SELECT 1;
