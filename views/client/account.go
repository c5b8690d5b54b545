package client

import "clientele/views/credit"

// ManageCredits opens the client's credit log.
func (p *Page) ManageCredits() { credit.Show(p.d, p.id) }

// AccountStatement opens the client's account statement.
func (p *Page) AccountStatement() { showStatement(p.d, p.id, p.WriteMailWith) }

// CloseClient asks whether the client is to be closed, with all that goes with it.
func (p *Page) CloseClient() {
	if p.got != nil {
		closeClient(p.d, p.got.client)
	}
}
