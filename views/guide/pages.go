package guide

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"clientele/docs"
)

// page is one task of the guide.
type page struct {
	name   string // of its file, without the ending
	title  string
	parts  []part
	onward []string // names of pages to go on with
}

// part is a stretch of text in the little Markdown of package markup, or a picture.
type part struct {
	text    string
	picture string // the name of its file
}

var (
	// pageLink is a link to another page, in the list of all and at the end of each.
	pageLink    = regexp.MustCompile(`\[([^\]]+)\]\(([\w-]+)\.md\)`)
	pictureLink = regexp.MustCompile(`^!\[[^\]]*\]\((?:\.\./)+(screens/[\w-]+\.png)\)$`)
)

// folderOf is where the pages of a language lie: German has its own, all others read English.
func folderOf(language string) string {
	if base, _, _ := strings.Cut(language, "-"); base == "de" {
		return "guide/de"
	}
	return "guide"
}

// names are the pages of a folder in the order of its list.
func names(folder string) ([]string, error) {
	list, err := docs.Guide.ReadFile(path.Join(folder, "README.md"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, m := range pageLink.FindAllStringSubmatch(string(list), -1) {
		all = append(all, m[2])
	}
	return all, nil
}

// read reads one page.
func read(folder, name string) (page, error) {
	b, err := fs.ReadFile(docs.Guide, path.Join(folder, name+".md"))
	if err != nil {
		return page{}, err
	}
	return parse(name, string(b)), nil
}

// parse takes a page apart: its title, its text and pictures in turn, and the links of its last line.
func parse(name, text string) page {
	p := page{name: name}
	head, rest, _ := strings.Cut(text, "\n")
	p.title = strings.TrimPrefix(head, "# ")
	var words []string
	flush := func() {
		if t := strings.TrimSpace(strings.Join(words, "\n")); t != "" {
			p.parts = append(p.parts, part{text: t})
		}
		words = nil
	}
	for line := range strings.Lines(rest) {
		line = strings.TrimRight(line, "\n")
		if m := pictureLink.FindStringSubmatch(line); m != nil {
			flush()
			p.parts = append(p.parts, part{picture: m[1]})
			continue
		}
		if links := pageLink.FindAllStringSubmatch(line, -1); links != nil {
			for _, m := range links {
				p.onward = append(p.onward, m[2])
			}
			continue
		}
		words = append(words, line)
	}
	flush()
	return p
}
