/*
 * The same statements as the program's, through SQLite in C: what the figures of the table are held against.
 *
 *     bench replay DATABASE < SCRIPT    runs a script and prints the processor and wall time of each sample, in nanoseconds
 *     bench import SOURCE TARGET        copies the clients of one database into a new one and prints the processor time that
 *                                       took, in nanoseconds, without the reading
 *     bench bill AFTER TARGET           writes what a daily run wrote into AFTER into a copy of the database as it was before, 500
 *                                       invoices a transaction, and prints the processor time, in nanoseconds
 *
 * A script has one operation a line. Texts follow their line as so many bytes and a line end.
 *     s LENGTH       the next statement, numbered from 0
 *     ( and )        a sample begins and ends
 *     o              opens the database anew
 *     q N PARAMS     runs statement N, reading every column of every row; PARAMS lines "i INTEGER" or "t LENGTH" follow
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *pragmas =
    "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1;"
    "PRAGMA secure_delete=1; PRAGMA cell_size_check=1; PRAGMA trusted_schema=0; PRAGMA recursive_triggers=1;"
    "PRAGMA cache_size=-8000;";

static sqlite3 *db;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, 0, 0, 0) != SQLITE_OK) fail(sql);
}

static void open_database(const char *path) {
    if (sqlite3_open(path, &db) != SQLITE_OK) fail(path);
    run(pragmas);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, 0) != SQLITE_OK) fail(sql);
    return s;
}

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* replay */

enum { MAX_STATEMENTS = 1000, MAX_PARAMS = 64, MAX_OPERATIONS = 64 };

struct param {
    char *text; /* null for an integer */
    int64_t n;  /* the integer, or the text's length */
};

struct operation {
    int statement; /* -1 opens the database anew */
    int params;
    struct param param[MAX_PARAMS];
};

static char *statement_text[MAX_STATEMENTS];
static sqlite3_stmt *statement[MAX_STATEMENTS];
static int statements;

static char *read_text(size_t length) {
    char *text = malloc(length + 1);
    if (!text || fread(text, 1, length, stdin) != length || getchar() != '\n') fail("the script ends in a text");
    text[length] = 0;
    return text;
}

static void close_database(void) {
    for (int i = 0; i < statements; i++) {
        sqlite3_finalize(statement[i]);
        statement[i] = 0;
    }
    sqlite3_close(db);
    db = 0;
}

/* What was read is copied and summed, so that no compiler can leave the reading out. */
static volatile uint64_t sum;

static void read_row(sqlite3_stmt *s) {
    static char copy[1 << 20];
    for (int i = 0, n = sqlite3_column_count(s); i < n; i++) {
        if (sqlite3_column_type(s, i) == SQLITE_INTEGER) {
            sum += sqlite3_column_int64(s, i);
            continue;
        }
        const unsigned char *text = sqlite3_column_text(s, i);
        size_t length = sqlite3_column_bytes(s, i);
        if (text && length < sizeof copy) {
            memcpy(copy, text, length);
            sum += copy[0] + length;
        }
    }
}

static void perform(const struct operation *o, const char *path) {
    if (o->statement < 0) {
        close_database();
        open_database(path);
        return;
    }
    sqlite3_stmt **s = &statement[o->statement];
    if (!*s) *s = prepare(statement_text[o->statement]);
    for (int i = 0; i < o->params; i++) {
        const struct param *p = &o->param[i];
        if (p->text) sqlite3_bind_text(*s, i + 1, p->text, p->n, SQLITE_STATIC);
        else sqlite3_bind_int64(*s, i + 1, p->n);
    }
    int rc;
    while ((rc = sqlite3_step(*s)) == SQLITE_ROW) read_row(*s);
    if (rc != SQLITE_DONE) fail(statement_text[o->statement]);
    sqlite3_reset(*s);
}

static void read_params(struct operation *o) {
    for (int i = 0; i < o->params; i++) {
        char kind;
        long long n;
        if (scanf(" %c %lld", &kind, &n) != 2) fail("a parameter is missing");
        getchar();
        o->param[i].n = n;
        o->param[i].text = kind == 't' ? read_text(n) : 0;
    }
}

static void replay(const char *path) {
    static struct operation operation[MAX_OPERATIONS];
    int operations = 0;
    long long length;
    char what;
    open_database(path);
    while (scanf(" %c", &what) == 1) {
        struct operation *o = &operation[operations];
        switch (what) {
        case 's':
            if (statements == MAX_STATEMENTS || scanf("%lld", &length) != 1 || getchar() != '\n') fail("a statement is missing");
            statement_text[statements++] = read_text(length);
            break;
        case '(':
            operations = 0;
            break;
        case 'o':
            o->statement = -1, o->params = 0;
            operations++;
            break;
        case 'q':
            if (operations == MAX_OPERATIONS || scanf("%d %d", &o->statement, &o->params) != 2 || o->params > MAX_PARAMS) fail("an operation is wrong");
            read_params(o);
            operations++;
            break;
        case ')': {
            int64_t wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
            for (int i = 0; i < operations; i++) perform(&operation[i], path);
            printf("%lld %lld\n", (long long)(now(CLOCK_PROCESS_CPUTIME_ID) - cpu), (long long)(now(CLOCK_MONOTONIC) - wall));
            for (int i = 0; i < operations; i++)
                for (int k = 0; k < operation[i].params; k++) free(operation[i].param[k].text);
            break;
        }
        default:
            fail("the script has an unknown operation");
        }
    }
    close_database();
}

/* import */

enum { BLOCK = 2000, MAX_COLUMNS = 64 };

static sqlite3_value *block[BLOCK][MAX_COLUMNS];

/* copy_table copies a table in blocks and returns the processor time of the inserting alone. */
static int64_t copy_table(const char *table) {
    char sql[1000];
    snprintf(sql, sizeof sql, "SELECT * FROM source.%s", table);
    sqlite3_stmt *from = prepare(sql);
    int columns = sqlite3_column_count(from);
    if (columns > MAX_COLUMNS) fail("too many columns");
    snprintf(sql, sizeof sql, "INSERT INTO main.%s VALUES (?", table);
    for (int i = 1; i < columns; i++) strcat(sql, ",?");
    strcat(sql, ")");
    sqlite3_stmt *into = prepare(sql);
    int64_t cpu = 0;
    for (int more = 1; more;) {
        int rows = 0;
        while (rows < BLOCK && (more = sqlite3_step(from) == SQLITE_ROW)) {
            for (int i = 0; i < columns; i++) block[rows][i] = sqlite3_value_dup(sqlite3_column_value(from, i));
            rows++;
        }
        int64_t start = now(CLOCK_PROCESS_CPUTIME_ID);
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < columns; i++) sqlite3_bind_value(into, i + 1, block[r][i]);
            if (sqlite3_step(into) != SQLITE_DONE) fail(sql);
            sqlite3_reset(into);
        }
        cpu += now(CLOCK_PROCESS_CPUTIME_ID) - start;
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < columns; i++) sqlite3_value_free(block[r][i]);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(into);
    return cpu;
}

/* run_each runs the statements that a query of the source's schema gives. */
static void run_each(const char *query) {
    sqlite3_stmt *s = prepare(query);
    char *all[100];
    int n = 0;
    while (n < 100 && sqlite3_step(s) == SQLITE_ROW) all[n++] = strdup((const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    for (int i = 0; i < n; i++) {
        run(all[i]);
        free(all[i]);
    }
}

static void import(const char *source, const char *target) {
    open_database(target);
    sqlite3_stmt *attach = prepare("ATTACH ? AS source");
    sqlite3_bind_text(attach, 1, source, -1, SQLITE_STATIC);
    if (sqlite3_step(attach) != SQLITE_DONE) fail("attach");
    sqlite3_finalize(attach);
    run_each("SELECT sql FROM source.sqlite_schema WHERE name IN ('imports', 'clients', 'clients_email', 'search_docs', 'search_fts')");
    run("INSERT INTO search_fts (search_fts, rank) VALUES ('hashsize', 33554432)");
    run("BEGIN IMMEDIATE");
    int64_t cpu = copy_table("clients") + copy_table("search_docs");
    int64_t start = now(CLOCK_PROCESS_CPUTIME_ID);
    run_each("SELECT sql FROM source.sqlite_schema WHERE tbl_name = 'clients' AND sql LIKE 'CREATE INDEX%'");
    run("INSERT INTO search_fts (search_fts) VALUES ('rebuild')");
    run("COMMIT");
    cpu += now(CLOCK_PROCESS_CPUTIME_ID) - start;
    printf("%lld\n", (long long)cpu);
}

/* bill */

enum { FEEDS = 8, INVOICES = 500 };

/* A feed gives, in the order of the invoices, the rows that a statement writes. ?1 is the last number that the target has in the table. */
static const struct {
    const char *last, *rows, *apply;
} feeds[FEEDS] = {
    {"SELECT coalesce(max(id), 0) FROM main.invoices", "SELECT * FROM source.invoices WHERE id > ?1 ORDER BY id", "INSERT INTO main.invoices VALUES ("},
    {"SELECT coalesce(max(id), 0) FROM main.invoice_lines", "SELECT * FROM source.invoice_lines WHERE id > ?1 ORDER BY id", "INSERT INTO main.invoice_lines VALUES ("},
    {"SELECT coalesce(max(id), 0) FROM main.credit_moves", "SELECT * FROM source.credit_moves WHERE id > ?1 ORDER BY id", "INSERT INTO main.credit_moves VALUES ("},
    {"SELECT coalesce(max(id), 0) FROM main.activity", "SELECT * FROM source.activity WHERE id > ?1 ORDER BY id", "INSERT INTO main.activity VALUES ("},
    {"SELECT coalesce(max(run_id), 0) FROM main.daily_lines", "SELECT * FROM source.daily_lines WHERE run_id > ?1 ORDER BY run_id, n", "INSERT INTO main.daily_lines VALUES ("},
    {"SELECT 1", "SELECT next_due, version, updated_at, id FROM source.services WHERE version > ?1 ORDER BY client_id, id",
     "UPDATE main.services SET next_due = ?, version = ?, updated_at = ? WHERE id = ?"},
    {"SELECT coalesce(max(id), 0) FROM main.invoices",
     "SELECT credit, owed, version, updated_at, id FROM source.clients WHERE id IN (SELECT client_id FROM source.invoices WHERE id > ?1) ORDER BY id",
     "UPDATE main.clients SET credit = ?, owed = ?, version = ?, updated_at = ? WHERE id = ?"},
    {"SELECT coalesce(max(id), 0) FROM main.invoices",
     "SELECT * FROM source.invoice_totals WHERE client_id IN (SELECT client_id FROM source.invoices WHERE id > ?1) ORDER BY client_id, status",
     "INSERT OR REPLACE INTO main.invoice_totals VALUES ("},
};

static int64_t one_number(const char *sql) {
    sqlite3_stmt *s = prepare(sql);
    if (sqlite3_step(s) != SQLITE_ROW) fail(sql);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void bill(const char *after, const char *target) {
    static sqlite3_value *value[FEEDS][INVOICES][MAX_COLUMNS];
    sqlite3_stmt *from[FEEDS], *into[FEEDS];
    int columns[FEEDS], rows[FEEDS], more = 1;
    open_database(target);
    sqlite3_stmt *attach = prepare("ATTACH ? AS source");
    sqlite3_bind_text(attach, 1, after, -1, SQLITE_STATIC);
    if (sqlite3_step(attach) != SQLITE_DONE) fail("attach");
    sqlite3_finalize(attach);
    /* A run reads what is due before it writes. */
    int64_t cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    sqlite3_stmt *due = prepare("SELECT * FROM main.services s JOIN main.clients c ON c.id = s.client_id WHERE s.status = 'Active' AND s.next_due IS NOT NULL ORDER BY s.client_id");
    while (sqlite3_step(due) == SQLITE_ROW) read_row(due);
    sqlite3_finalize(due);
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    run("INSERT INTO main.daily_runs SELECT * FROM source.daily_runs");
    for (int f = 0; f < FEEDS; f++) {
        from[f] = prepare(feeds[f].rows);
        columns[f] = sqlite3_column_count(from[f]);
        if (columns[f] > MAX_COLUMNS) fail("too many columns");
        sqlite3_bind_int64(from[f], 1, one_number(feeds[f].last));
        char sql[1000];
        snprintf(sql, sizeof sql, "%s", feeds[f].apply);
        if (sql[strlen(sql) - 1] == '(') {
            for (int i = 0; i < columns[f]; i++) strcat(sql, i ? ",?" : "?");
            strcat(sql, ")");
        }
        into[f] = prepare(sql);
    }
    while (more) {
        more = 0;
        for (int f = 0; f < FEEDS; f++) {
            for (rows[f] = 0; rows[f] < INVOICES && sqlite3_step(from[f]) == SQLITE_ROW; rows[f]++)
                for (int i = 0; i < columns[f]; i++) value[f][rows[f]][i] = sqlite3_value_dup(sqlite3_column_value(from[f], i));
            if (rows[f] == INVOICES) more = 1;
        }
        int64_t start = now(CLOCK_PROCESS_CPUTIME_ID);
        run("BEGIN IMMEDIATE");
        for (int r = 0; r < INVOICES; r++)
            for (int f = 0; f < FEEDS; f++) {
                if (r >= rows[f]) continue;
                for (int i = 0; i < columns[f]; i++) sqlite3_bind_value(into[f], i + 1, value[f][r][i]);
                if (sqlite3_step(into[f]) != SQLITE_DONE) fail(feeds[f].apply);
                sqlite3_reset(into[f]);
            }
        run("COMMIT");
        cpu += now(CLOCK_PROCESS_CPUTIME_ID) - start;
        for (int f = 0; f < FEEDS; f++)
            for (int r = 0; r < rows[f]; r++)
                for (int i = 0; i < columns[f]; i++) sqlite3_value_free(value[f][r][i]);
    }
    printf("%lld\n", (long long)cpu);
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "replay")) replay(argv[2]);
    else if (argc == 4 && !strcmp(argv[1], "import")) import(argv[2], argv[3]);
    else if (argc == 4 && !strcmp(argv[1], "bill")) bill(argv[2], argv[3]);
    else {
        fprintf(stderr, "usage: bench replay DATABASE < SCRIPT, bench import SOURCE TARGET, or bench bill AFTER TARGET\n");
        return 2;
    }
    return 0;
}
