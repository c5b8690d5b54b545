package sqldump_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"clientele/app/importing/sqldump"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	sqldump.Window(512)
	os.Exit(m.Run())
}

func open(t interface{ Fatal(...any) }, text string) *sqldump.Dump {
	d, err := sqldump.Open(ctx, strings.NewReader(text), int64(len(text)), func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// rows reads a table: of each row its columns in the order of the table, NULL as "NULL".
func rows(t interface{ Fatal(...any) }, d *sqldump.Dump, table string) (all [][]string) {
	r := d.Read(ctx, table)
	var row sqldump.Row
	for {
		err := r.Next(&row)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range d.Table(table).Columns {
			if b, ok := row.Value(strings.ToLower(c)); ok {
				cells = append(cells, string(b))
			} else {
				cells = append(cells, "NULL")
			}
		}
		all = append(all, cells)
	}
}

// What dumps of MySQL, MariaDB and phpMyAdmin look like.
func TestForms(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want [][]string
	}{
		"mysqldump": {
			"-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (\n  `id` int(10) NOT NULL AUTO_INCREMENT,\n" +
				"  `a` enum('x','y,)') COLLATE utf8_unicode_ci DEFAULT ';',\n  `b` decimal(16,2) NOT NULL COMMENT 'it''s, (so)',\n  PRIMARY KEY (`id`),\n  KEY `a` (`a`(32)),\n" +
				"  CONSTRAINT `c` FOREIGN KEY (`b`) REFERENCES `u` (`id`)\n) ENGINE=InnoDB;\nLOCK TABLES `t` WRITE;\nINSERT INTO `t` VALUES (1,'one',-1.50),(2,NULL,0);\nUNLOCK TABLES;\n",
			[][]string{{"1", "one", "-1.50"}, {"2", "NULL", "0"}},
		},
		"MariaDB's sandbox": {
			"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump\nCREATE TABLE t (id int, a text, b text);\nINSERT INTO t VALUES\n(1,'a','b'),\n(2,'c','d');\n",
			[][]string{{"1", "a", "b"}, {"2", "c", "d"}},
		},
		"columns with the INSERT": {
			"CREATE TABLE t (id int, a text, b text);\nINSERT INTO `db`.`t` (`b`, `id`) VALUES ('x', 1);\nINSERT INTO t VALUES (2,'a','b');\n",
			[][]string{{"1", "NULL", "x"}, {"2", "a", "b"}},
		},
		"no CREATE TABLE":    {"INSERT IGNORE INTO t (id, a) VALUES (1, 'x');", [][]string{{"1", "x"}}},
		"REPLACE, lower":     {"create table if not exists t (id int, a text);\nreplace into t values (1,'x') on duplicate key update a='(y)';\n", [][]string{{"1", "x"}}},
		"escapes":            {"CREATE TABLE t (a text, b text, c text);INSERT INTO t VALUES ('a\\'b\\\"c\\\\d\\n\\r\\t\\0\\Z\\%\\_\\x','it''s','');", [][]string{{"a'b\"c\\d\n\r\t\x00\x1a\\%\\_x", "it's", ""}}},
		"double quotes":      {`CREATE TABLE "t" ("a" text);INSERT INTO "t" VALUES ("say ""hi"" \"you\" it's"),("");`, [][]string{{`say "hi" "you" it's`}, {""}}},
		"blobs":              {"CREATE TABLE t (a blob, b blob, c blob, d blob, e bit);INSERT INTO t VALUES (_binary 'a\\0b',0x4D5a,x'4d5A',_binary 0x61,b'0100000101000010');", [][]string{{"a\x00b", "MZ", "MZ", "a", "AB"}}},
		"odd constants":      {"CREATE TABLE t (a int, b int, c int, d text);INSERT INTO t VALUES (TRUE , false,+1e5 , _utf8mb4'é' ),( 1 ,NULL,.5,N'x');", [][]string{{"1", "0", "+1e5", "é"}, {"1", "NULL", ".5", "x"}}},
		"comments":           {"# one\n-- two ; '\n--\nCREATE /* ( */ TABLE t (a int -- no, \n, b int /* ) */);\nINSERT /*!40000 x */ INTO t /*;*/ VALUES # (\n (1,-- ;\n2) /* ; */ , (3,4);", [][]string{{"1", "2"}, {"3", "4"}}},
		"triggers":           {"CREATE TABLE t (a int);\nDELIMITER ;;\nCREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW BEGIN INSERT INTO t VALUES (NEW.a); END ;;\nDELIMITER ;\nINSERT INTO t VALUES (1);\n", [][]string{{"1"}}},
		"signs in texts":     {"CREATE TABLE t (a text);\nINSERT INTO t VALUES ('; -- # /* ( INSERT INTO t VALUES (9);');\nINSERT INTO t VALUES (2);", [][]string{{"; -- # /* ( INSERT INTO t VALUES (9);"}, {"2"}}},
		"a column named key": {"CREATE TABLE t (`key` int, PRIMARY KEY (`key`), UNIQUE KEY `k` (`key`));INSERT INTO t VALUES (7);", [][]string{{"7"}}},
		"no rows":            {"CREATE TABLE t (a int);", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, test.text)
			if diff := cmp.Diff(test.want, rows(t, d, "t")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if n := d.Table("T").Rows; n != int64(len(test.want)) {
				t.Errorf("%d rows were counted", n)
			}
		})
	}
}

// What is wrong with a dump is said with the table and the line.
func TestFaults(t *testing.T) {
	const begin = "CREATE TABLE t (id int, a text);\n"
	for name, test := range map[string]struct{ text, want string }{
		"cut in a text":     {begin + "INSERT INTO t VALUES (1,'a'),\n(2,'b", "cut off"},
		"cut between rows":  {begin + "INSERT INTO t VALUES (1,'a'),", "cut off"},
		"cut in the table":  {"CREATE TABLE t (id int,", "cut off"},
		"too many values":   {begin + "INSERT INTO t VALUES (1,'a'),\n(1,'b',3);", "line 3"},
		"too few values":    {begin + "INSERT INTO t VALUES (1);", "another number of values"},
		"a call":            {begin + "INSERT INTO t VALUES (1,NOW());", "line 2"},
		"no columns":        {"INSERT INTO t VALUES (1);", "which columns"},
		"two databases":     {begin + "USE other;\n" + begin, "twice"},
		"an open bracket":   {begin + "INSERT INTO t VALUES (1,'a';", "line 2"},
		"a text with rest":  {begin + "INSERT INTO t VALUES (1,'a' 'b');", "line 2"},
		"a backslash alone": {begin + "INSERT INTO t VALUES (1,'a\\", "cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := sqldump.Open(ctx, strings.NewReader(test.text), int64(len(test.text)), func(int64) {})
			if err == nil {
				r := d.Read(ctx, "t")
				var row sqldump.Row
				for err == nil {
					err = r.Next(&row)
				}
			}
			var fault *sqldump.Fault
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := sqldump.Open(ctx, strings.NewReader("Dear Sir,"), 9, func(int64) {}); !errors.Is(err, sqldump.ErrNoDump) {
		t.Errorf("a letter: %v", err)
	}
}

// A reading that is cancelled ends.
func TestCancel(t *testing.T) {
	text := "CREATE TABLE t (a text);INSERT INTO t VALUES " + strings.Repeat("('x'),", 1000) + "('x');"
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := sqldump.Open(stopped, strings.NewReader(text), int64(len(text)), func(int64) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	var row sqldump.Row
	if err := open(t, text).Read(stopped, "t").Next(&row); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
}

// quote writes a value in one of the ways in which dumps do.
func quote(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 3).Draw(t, "way") {
	case 0:
		return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\x00", `\0`, "\x1a", `\Z`, `"`, `\"`).Replace(s) + "'"
	case 1:
		return "'" + strings.NewReplacer(`\`, `\\`, "'", "''").Replace(s) + "'"
	case 2:
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `""`).Replace(s) + `"`
	}
	if s == "" {
		return "''"
	}
	return fmt.Sprintf("0x%x", s)
}

// Whatever is written comes back as it was, wherever the reading window ends.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune(`'"\;(),-#/*n0 `+"\n`"))),
			rapid.Map(rapid.IntRange(0, 3000), func(n int) string { return strings.Repeat("a'\\", n/3) }))
		want := rapid.SliceOfN(rapid.SliceOfN(text, 2, 2), 1, 8).Draw(t, "rows")
		var b strings.Builder
		b.WriteString("CREATE TABLE `t` (`a` text, `b` longtext);\n")
		for i, row := range want {
			if i == 0 || rapid.Bool().Draw(t, "new statement") {
				if i > 0 {
					b.WriteString(";\n")
				}
				b.WriteString("INSERT INTO `t` VALUES ")
			} else {
				b.WriteString(",")
			}
			b.WriteString("(" + quote(t, row[0]) + "," + quote(t, row[1]) + ")")
		}
		b.WriteString(";\n")
		d := open(t, b.String())
		if diff := cmp.Diff(want, rows(t, d, "t")); diff != "" {
			t.Fatalf("-want +got\n%s", diff)
		}
	})
}

// A value longer than is kept says that it was cut.
func TestLongValue(t *testing.T) {
	d := open(t, "CREATE TABLE t (a text, b text);INSERT INTO t VALUES ('"+strings.Repeat("x", 5<<20)+"','y');")
	r := d.Read(ctx, "t")
	var row sqldump.Row
	if err := r.Next(&row); err != nil {
		t.Fatal(err)
	}
	a, _ := row.Value("a")
	b, _ := row.Value("b")
	if len(a) != 4<<20 || string(b) != "y" || !row.Cut("a") || row.Cut("b") {
		t.Errorf("%d bytes, then %q", len(a), b)
	}
}

// R11: no file makes the reader panic or read without end.
func FuzzDump(f *testing.F) {
	f.Add([]byte("CREATE TABLE `t` (`id` int, `a` text);\nINSERT INTO `t` VALUES (1,'it''s \\' x'),(2,_binary 0x00);\n"))
	f.Add([]byte("INSERT INTO t (a) VALUES (x'4', b'1', N'x');"))
	f.Add([]byte("/*M!999999\\- */ DELIMITER ;;\nx\nDELIMITER ;\nREPLACE t VALUE (NULL);"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := sqldump.Open(ctx, strings.NewReader(string(b)), int64(len(b)), func(int64) {})
		if err != nil {
			return
		}
		for _, table := range d.Tables {
			r := d.Read(ctx, table.Name)
			var row sqldump.Row
			n := int64(0)
			for r.Next(&row) == nil {
				n++
			}
			if n > int64(len(b)) {
				t.Fatalf("%d rows in %d bytes", n, len(b))
			}
		}
	})
}
