// Package whmcs reads what the rows of a WHMCS database mean: texts in whatever encoding they were once stored, days, instants, amounts, tick boxes. It knows how
// WHMCS writes such things; it knows nothing of how they are kept here.
package whmcs
