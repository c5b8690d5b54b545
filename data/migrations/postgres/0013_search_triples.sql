-- Which characters stand before others in the search texts, three at a time, where not all are ASCII. A word of one or two characters is no trigram, but with what
-- stands beside it somewhere it is one, and the trigram index finds those. What ever stood in a text stays here: too many cost little, too few would hide a
-- client. There is no key, so that nobody waits for somebody else's transaction to see whether both write the same.
CREATE TABLE search_triples (
    pair TEXT COLLATE "C" NOT NULL,
    last TEXT COLLATE "C" NOT NULL
);
CREATE INDEX search_triples_pair ON search_triples (pair, last);
CREATE INDEX search_triples_last ON search_triples (last, pair);

-- What the table has to hold at least. Before each text two line ends are thought.
CREATE VIEW search_triples_wanted AS
SELECT DISTINCT pair, last FROM (
    SELECT lag(letter, 2) OVER text_order || lag(letter) OVER text_order AS pair, letter AS last
    FROM search_docs, unnest(string_to_array(E'\n\n' || body, NULL)) WITH ORDINALITY AS letters (letter, place)
    WHERE body ~ '[^\u0001-\u007f]'
    WINDOW text_order AS (PARTITION BY client_id ORDER BY place)
) AS triples
WHERE pair || last ~ '[^\u0001-\u007f]';

INSERT INTO search_triples (pair, last) SELECT pair, last FROM search_triples_wanted;
