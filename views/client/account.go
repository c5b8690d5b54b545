package client

import (
	"clientele/views/cards"
	"clientele/views/credit"
)

// ManageCredits opens the client's credit log.
func (p *Page) ManageCredits() { credit.Show(p.d, p.id) }

// ManageCard opens the client's credit card information.
func (p *Page) ManageCard() { cards.Show(p.d, p.id) }

// ClearCard opens the client's credit card information and asks there whether it is to be cleared.
func (p *Page) ClearCard() { cards.ShowClear(p.d, p.id) }

// AccountStatement opens the client's account statement.
func (p *Page) AccountStatement() { showStatement(p.d, p.id, p.WriteMailWith) }

// DeleteClient asks whether the client is to be deleted, with all that goes and what stays, and shows the list of clients as it was.
func (p *Page) DeleteClient() {
	if p.got == nil {
		return
	}
	closeInstead := p.CloseClient
	if p.got.settled {
		closeInstead = nil
	}
	deleteClient(p.d, p.id, func() {
		p.d.Go.CloseTab(p)
		p.d.Go.Clients()
	}, closeInstead)
}

// MergeClients asks for another client, and merges the two.
func (p *Page) MergeClients() {
	if p.got != nil {
		MergeClients(p.d, p.id)
	}
}

// CloseClient asks whether the client is to be closed, with all that goes with it.
func (p *Page) CloseClient() {
	if p.got != nil {
		closeClient(p.d, p.got.client)
	}
}
