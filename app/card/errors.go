package card

import "clientele/app/i18n"

// The errors of reading a card, to be compared with errors.Is. Their sentences are in the current language, and hold nothing of what was typed.
var (
	ErrEmpty      error = empty
	ErrCharacters error = characters
	ErrLength     error = length
	ErrChecksum   error = checksum
	ErrPlain      error = plain
	ErrMonth      error = month
	ErrExpired    error = expired
	ErrFar        error = far
	ErrUnstarted  error = unstarted
	ErrOrder      error = order
	ErrIssue      error = issue
	ErrLast4      error = last4
)

type problem int

const (
	empty problem = iota
	characters
	length
	checksum
	plain
	month
	expired
	far
	unstarted
	order
	issue
	last4
)

// Error is one or two whole sentences.
func (p problem) Error() string {
	switch p {
	case empty:
		return i18n.T("Enter the number of the card.")
	case characters:
		return i18n.T("A card number has digits only, with blanks or hyphens between them.")
	case length:
		return i18n.T("A card number has %d to %d digits.", MinDigits, MaxDigits)
	case checksum:
		return i18n.T("This is no card number: its last digit does not fit the others. Compare it with the card.")
	case month:
		return i18n.T("Enter the month and the year as they are on the card, such as 08/29.")
	case expired:
		return i18n.T("This card is no longer valid.")
	case far:
		return i18n.T("This year is too far ahead for a card.")
	case unstarted:
		return i18n.T("This month is yet to come.")
	case order:
		return i18n.T("The card would end before it starts.")
	case issue:
		return i18n.T("An issue number has one to three digits.")
	case last4:
		return i18n.T("Enter the last four digits of the card number, and no others.")
	}
	return i18n.T("The stored card number cannot be read.")
}
