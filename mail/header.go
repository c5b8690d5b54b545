package mail

import (
	"encoding/base64"
	"mime"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxName bounds a display name in bytes, so that no header line grows beyond what servers take.
	maxName = 300
	// maxFileName bounds the name of an attachment in bytes: percent-encoded it is at most three times as long
	// and still fits into one header line of 998 bytes.
	maxFileName = 200
	// maxPlainWord is the longest word in bytes that is left as it is in a header. Headers can be folded only
	// at blanks.
	maxPlainWord = 70
	// encodedBytes is how much text goes into one encoded word: 60 characters of base64, 72 with its frame, of
	// the 75 that are allowed.
	encodedBytes = 45
)

// oneLine drops control characters and makes each run of white space one blank. Nothing that it returns can begin
// a new header line.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// headerText writes s for a header. Text that is not plain, or that a reader would take for an encoded word, is
// encoded as RFC 2047 says.
func headerText(s string) string {
	s = oneLine(s)
	if isPlain(s) {
		return s
	}
	var words []string
	for len(s) > 0 {
		part := clip(s, encodedBytes)
		s = s[len(part):]
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(part))+"?=")
	}
	return strings.Join(words, " ")
}

func isPlain(s string) bool {
	if strings.Contains(s, "=?") || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return false
	}
	for _, word := range strings.Fields(s) {
		if len(word) > maxPlainWord {
			return false
		}
	}
	return true
}

// displayName is the name beside an address; net/mail quotes or encodes it.
func displayName(s string) string { return strings.TrimSpace(clip(oneLine(s), maxName)) }

// attachmentHeaders gives Content-Type and Content-Disposition with the name as RFC 2231 says.
func attachmentHeaders(name, contentType string) (typ, disposition string) {
	name = fileName(name)
	if contentType == "" {
		contentType = mime.TypeByExtension(path.Ext(name))
	}
	kind, parameters, err := mime.ParseMediaType(contentType)
	// Messages and multiparts must not be sent as base64.
	if err != nil || strings.HasPrefix(kind, "message/") || strings.HasPrefix(kind, "multipart/") || !strings.Contains(kind, "/") {
		kind, parameters = "application/octet-stream", nil
	}
	kept := map[string]string{"name": name}
	if charset := parameters["charset"]; charset != "" {
		kept["charset"] = charset
	}
	typ = mime.FormatMediaType(kind, kept)
	if typ == "" || len(typ) > 900 {
		typ = mime.FormatMediaType("application/octet-stream", map[string]string{"name": name})
	}
	return typ, mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// fileName is the last part of a path without what would mislead a reader: control characters, and the signs that
// turn the direction of writing and make "exe.pdf" of "fdp.exe".
func fileName(s string) string {
	s = oneLine(s[strings.LastIndexAny(s, `/\`)+1:])
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		case strings.ContainsRune(`"<>:|?*`, r):
			return '_'
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if s == "" {
		return "attachment"
	}
	if len(s) > maxFileName {
		extension := clip(path.Ext(s), 20)
		s = clip(s, maxFileName-len(extension)) + extension
	}
	return s
}

// clip cuts s to at most n bytes, between two characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// bodyText makes a text of valid characters with one kind of line end; the line ends of SMTP are made on writing.
func bodyText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.ReplaceAll(s, "\r", "\n")
}
