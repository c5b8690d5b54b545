// Package icons holds the pictures of the windows, all of one family: the filled
// Material icons, which the toolkit's own widgets use too. The licence, Apache
// 2.0, is beside them. Each takes the colour of the text around it.
package icons

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed *.svg
var files embed.FS

// License is the licence under which the icons are passed on.
//
//go:embed LICENSE-Material-Icons.txt
var License string

func themed(name string) *theme.ThemedResource {
	data, err := files.ReadFile(name + ".svg")
	if err != nil {
		panic(err) // a name in this file that has no picture; the test finds it
	}
	return theme.NewThemedResource(fyne.NewStaticResource(name+".svg", data))
}

// The icons, named by what they stand for in the product.
var (
	Home         = themed("home")
	Clients      = themed("clients")
	Client       = themed("client")
	Invoices     = themed("invoices")
	Transactions = themed("transactions")
	Services     = themed("services")
	Mail         = themed("mail")
	Settings     = themed("settings")
	Card         = themed("card")

	Daily  = themed("daily")  // the daily run
	Outbox = themed("outbox") // mail that waits to be sent
	Backup = themed("backup") // the state of the backups

	Search   = theme.DefaultTheme().Icon(theme.IconNameSearch) // its drawing survives small sizes
	Add      = themed("add")
	Close    = themed("close")
	Delete   = themed("delete")
	Copy     = themed("copy")
	Edit     = themed("edit")
	Undo     = themed("undo")
	Retry    = themed("retry")
	Window   = themed("window") // open in a window of its own
	Filter   = themed("filter")
	Calendar = themed("calendar")
	Import   = themed("import")
	Export   = themed("export")
	More     = themed("more")
	Check    = themed("check")
	File     = themed("file")

	Note    = themed("note")
	Sticky  = themed("sticky")  // shown on every tab
	History = themed("history") // what was done, and when
	Bold    = themed("bold")
	Italic  = themed("italic")
	Bullets = themed("bullets")
	Link    = themed("link")

	Reveal  = themed("reveal")
	Conceal = themed("conceal")

	Down       = themed("down") // there is a list below this
	Left       = themed("left")
	Right      = themed("right")
	Ascending  = themed("ascending")
	Descending = themed("descending")

	Info    = themed("info")
	Warning = themed("warning")
	Error   = themed("error")
)
