package data_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

// precious is a file with clients, a ledger and a log, closed.
func precious(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "c.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	for from := range 6 {
		cs := datatest.Add(t, s, manyFrom(from*20)...)
		err := s.Write(ctx, func(tx *data.Tx) error {
			for _, c := range cs {
				if err := tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: c.Created, Amount: 1000 + c.ID, Currency: "GBP", Description: "opening"}); err != nil {
					return err
				}
				if err := tx.AddActivity(data.Activity{Who: "test", Action: "credit", ClientID: &c.ID, Details: "a line of some length, as they have"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func manyFrom(n int) []data.Client {
	var cs []data.Client
	for i := range 20 {
		cs = append(cs, datatest.Client(n+i))
	}
	return cs
}

// damages are what disks do to files.
var damages = map[string]func(r *rand.Rand, b []byte) []byte{
	"one bit": func(r *rand.Rand, b []byte) []byte {
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return b
	},
	"a hundred bits": func(r *rand.Rand, b []byte) []byte {
		for range 100 {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
		return b
	},
	"a page of zeros": func(r *rand.Rand, b []byte) []byte {
		clear(page(r, b))
		return b
	},
	"a page of noise": func(r *rand.Rand, b []byte) []byte {
		for i, p := 0, page(r, b); i < len(p); i++ {
			p[i] = byte(r.Uint32())
		}
		return b
	},
	"cut short": func(r *rand.Rand, b []byte) []byte { return b[:1+r.IntN(len(b)-1)] },
	"a byte of the header": func(r *rand.Rand, b []byte) []byte {
		b[r.IntN(100)] = byte(r.Uint32())
		return b
	},
}

func page(r *rand.Rand, b []byte) []byte {
	n := r.IntN(len(b)/4096) * 4096
	return b[n : n+4096]
}

// ledger is what must never be silently wrong: each client's balance and each line of the log.
func ledger(tx *data.Tx) (string, error) {
	text := ""
	ids, err := tx.ClientIDs(data.ClientFilter{}, 0, 1000)
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		c, err := tx.Client(id)
		if err != nil {
			return "", err
		}
		moves, err := tx.CreditMoves(id)
		if err != nil {
			return "", err
		}
		lines, err := tx.Activities(data.ActivityFilter{ClientID: id}, data.ActivityPlace{}, 100)
		if err != nil {
			return "", err
		}
		text += fmt.Sprintln(id, c.Credit)
		for _, m := range moves {
			text += fmt.Sprintln(m.Amount, m.Currency)
		}
		for _, l := range lines {
			text += fmt.Sprintln(l.ID, l.At, l.Who, l.Action, l.Details)
		}
	}
	return text, nil
}

// R6: a damaged file makes no panic and no hang, and what is wrong in money or log is found, if not by the engine then by our own checks.
func TestDamagedFiles(t *testing.T) {
	whole := precious(t)
	want, _, caught, err := inspect(t, whole)
	if err != nil || caught {
		t.Fatalf("the whole file: %v, found broken %v", err, caught)
	}
	const each = 40
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			refused, found, harmless := 0, 0, 0
			for seed := range uint64(each) {
				b := damage(rand.New(rand.NewPCG(seed, 1)), append([]byte{}, whole...))
				got, took, caught, err := inspect(t, b)
				switch {
				case took > 20*time.Second:
					t.Errorf("seed %d took %v", seed, took)
				case err != nil:
					refused++
				case caught:
					found++
				case got != want:
					t.Errorf("seed %d: money or log differ and nothing was found", seed)
				default:
					harmless++
				}
			}
			t.Logf("%d refused, %d found by a check, %d without any harm to money and log", refused, found, harmless)
		})
	}
}

// inspect opens a file and does what the program does at a start and in `clientele check`.
func inspect(t *testing.T, b []byte) (content string, took time.Duration, caught bool, err error) {
	t.Helper()
	begun := time.Now()
	path := filepath.Join(t.TempDir(), "c.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := data.Open(ctx, data.Options{Path: path, Now: datatest.Clock})
	if err != nil {
		return "", time.Since(begun), false, err
	}
	defer s.Close()
	wrong, err := s.Integrity(ctx, false) // a line that is read through a damaged index is another line
	if err != nil || len(wrong) > 0 {
		return "", time.Since(begun), len(wrong) > 0, err
	}
	err = s.LongSnapshot(ctx, func(tx *data.Tx) error {
		counts, err := tx.CheckCounts()
		if err != nil {
			return err
		}
		broken, n, _, err := tx.CheckActivity(func(int) {})
		if err != nil {
			return err
		}
		caught = len(counts) > 0 || broken != "" || n != 120 // the anchor beside the file knows the number of lines
		content, err = ledger(tx)
		return err
	})
	return content, time.Since(begun), caught, err
}
