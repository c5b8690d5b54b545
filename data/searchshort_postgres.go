package data

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
)

// mostTriples is in how many surroundings a short word is looked up in the trigram index. One in more of them is in so many texts that reading these is soon over.
const mostTriples = 100

// learnTriples writes down three characters that stand beside each other in search texts and are not all ASCII, where that is not known yet. Most texts have none.
func learnTriples(db *gorm.DB, bodies []string) error {
	found := triplesIn(bodies)
	if len(found) == 0 {
		return nil
	}
	all, err := json.Marshal(found)
	if err != nil {
		return err
	}
	return db.Exec(`INSERT INTO search_triples (pair, last) SELECT n.pair, n.last
		FROM (SELECT substr(t, 1, 2) AS pair, substr(t, 3) AS last FROM jsonb_array_elements_text(?::jsonb) AS t) n
		WHERE NOT EXISTS (SELECT 1 FROM search_triples s WHERE s.pair = n.pair AND s.last = n.last)`, string(all)).Error
}

// triplesIn are the triples of characters in texts that are not all ASCII, each once. Before each text two line ends are thought, so that every character is the last
// of one.
func triplesIn(bodies []string) (found []string) {
	seen := map[string]bool{}
	for _, body := range bodies {
		text := "\n\n" + body
		first, second := 0, 1 // where the two before begin
		for at, r := range text {
			if at < 2 {
				continue
			}
			if t := text[first : at+utf8.RuneLen(r)]; len(t) > trigram && !seen[t] {
				seen[t] = true
				found = append(found, t)
			}
			first, second = second, at
		}
	}
	return found
}

// holdsShort is the condition that a word of one or two characters is in a text, so that the trigram index can answer it: with each character that follows or goes
// before it somewhere.
func holdsShort(db *gorm.DB, word string) (where string, args []any, err error) {
	// Where the server reads all texts after all, as a word is in most of them, this is the quick way to tell; no index is thought to be of use for it.
	where, args = "strpos(body, ?) > 0", []any{word}
	letters := utf8.RuneCountInString(word)
	ascii := len(word) == letters
	var beside []string
	switch {
	case ascii && letters == 1:
		return where, args, nil // it is in nearly every text
	case ascii:
		// What follows two characters is mostly ASCII, which one expression says. Each text ends in two characters that nobody looks for, so something does follow.
		beside, err = triples(db, "SELECT DISTINCT pair || last FROM search_triples WHERE pair = ? LIMIT ?", word, mostTriples+1)
	case letters == 2:
		first, size := utf8.DecodeRuneInString(word)
		beside, err = triples(db, "SELECT DISTINCT pair || last FROM search_triples WHERE last = ? AND substr(pair, 2) = ? LIMIT ?", word[size:], string(first), mostTriples+1)
	default:
		beside, err = triples(db, "SELECT DISTINCT pair || last FROM search_triples WHERE last = ? LIMIT ?", word, 10*mostTriples)
	}
	if err != nil {
		return "", nil, err
	}
	patterns := patternsOf(word, beside)
	if len(patterns) > mostTriples {
		return where, args, nil
	}
	var anyOf []string
	if ascii {
		anyOf, args = append(anyOf, "body ~ ?"), append(args, followedByASCII(word))
	}
	for _, p := range patterns {
		anyOf, args = append(anyOf, "body LIKE ?"), append(args, p)
	}
	if len(anyOf) == 0 {
		return "FALSE", nil, nil // it stands in no text
	}
	return where + " AND (" + strings.Join(anyOf, " OR ") + ")", args, nil
}

func triples(db *gorm.DB, sql string, args ...any) ([]string, error) {
	return scan(db.Raw(sql, args...), func(t *string) []any { return []any{t} })
}

// patternsOf are what texts with a word in these triples are like. To the index all that is no letter and no digit is one, so a single character needs one pattern where such stands
// before it, whatever stands before that. The line ends that are thought before a text are not in it.
func patternsOf(word string, triples []string) (all []string) {
	for _, t := range triples {
		first, size := utf8.DecodeRuneInString(t)
		second, _ := utf8.DecodeRuneInString(t[size:])
		if utf8.RuneCountInString(word) == 1 && second < utf8.RuneSelf && !letterOrDigit(second) {
			t, first = t[size:], second
		}
		all = append(all, contains(t))
		if first == '\n' {
			all = append(all, likeEscapes.Replace(strings.TrimLeft(t, "\n"))+"%")
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// followedByASCII is the regular expression of a word and a character of ASCII.
func followedByASCII(word string) string {
	var b strings.Builder
	for _, r := range word {
		if !letterOrDigit(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String() + `[\u0001-\u007f]`
}

// letterOrDigit tells whether a folded character of ASCII is one.
func letterOrDigit(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }
