package clientarea

import (
	"strconv"

	"clientele/data"
)

// homeBody is the first page.
type homeBody struct {
	Owed, Credit string
	Open         *invoiceTable
	Files        []fileLine
}

// fileLine is a file to download.
type fileLine struct{ Path, Title, Size, Date string }

func (s *Server) home(v *visit) {
	h, err := s.app.ClientArea.Home(v.r.Context(), *v.visitor)
	if err != nil {
		s.fail(v, err)
		return
	}
	c, p := v.visitor.Client, v.page
	body := homeBody{Credit: p.amount(c.Credit, c.Currency), Owed: p.amount(c.Owed, c.Currency), Open: s.table(p, h.Open)}
	for _, f := range h.Files {
		body.Files = append(body.Files, fileLine{filePath(f), f.Title, p.FormatBytes(f.Size), p.day(instantDay(f.UploadedAt))})
	}
	s.show(v, "home", p.T("Welcome, %s", v.page.ClientName), body)
}

func filePath(f data.File) string { return "/files/" + strconv.FormatInt(f.ID, 10) }
