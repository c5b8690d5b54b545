package app

import (
	"strconv"
	"strings"

	"clientele/app/i18n"
)

// freeNumbers gives invoices whose number is taken another one, and notes the highest.
func (r *dumpRun) freeNumbers(batch []invoiceIn) error {
	var all []string
	for _, b := range batch {
		if b.Number != nil {
			all = append(all, *b.Number)
		}
	}
	if len(all) == 0 {
		return nil
	}
	taken := map[string]bool{}
	if r.numbered {
		var err error
		if taken, err = r.tx.TakenNumbers(all); err != nil {
			return err
		}
	}
	for _, b := range batch {
		if b.Number == nil {
			continue
		}
		number := *b.Number
		for n := 0; taken[number] || r.given(number, b.v); n++ {
			if number = *b.Number + "/" + itoa(b.v.source); n > 0 {
				number += "/" + strconv.Itoa(n+1)
			}
			if r.numbered && !r.given(number, b.v) {
				more, err := r.tx.TakenNumbers([]string{number})
				if err != nil {
					return err
				}
				taken[number] = more[number]
			}
		}
		if number != *b.Number {
			r.problem(tblInvoices, b.v.source, i18n.T("Another invoice has the number %s; it is %s here.", *b.Number, number))
			*b.Number = number
		}
		if number != itoa(b.v.source) {
			b.v.number = number
			r.numbers[number] = true
		}
		b.v.named = true
		r.highest = max(r.highest, lastNumber(number))
	}
	return nil
}

// given tells whether an invoice before v has the number already: one that WHMCS gave it, or that of its row.
func (r *dumpRun) given(number string, v *dumpInvoice) bool {
	if r.numbers[number] {
		return true
	}
	source, err := strconv.ParseInt(number, 10, 64)
	if err != nil || itoa(source) != number {
		return false
	}
	other := r.invoice(source)
	return other != nil && other != v && other.number == "" && other.named
}

// lastNumber is the number that stands last in the number of an invoice, as 42 in INV-2026-0042. One that is too long to count on is none.
func lastNumber(s string) int64 {
	const most = 12
	end := strings.LastIndexAny(s, "0123456789") + 1
	begin := end
	for begin > 0 && s[begin-1] >= '0' && s[begin-1] <= '9' {
		begin--
	}
	if end-begin > most {
		return 0
	}
	n, _ := strconv.ParseInt(s[begin:end], 10, 64)
	return n
}

// name is the number of an invoice as people see it.
func (v *dumpInvoice) name() string {
	if v.number != "" {
		return v.number
	}
	return itoa(v.source)
}
