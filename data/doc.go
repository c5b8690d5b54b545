// Package data stores and finds. It is the only package that knows SQL and GORM: one struct and its queries a
// file, rows in and rows out, on SQLite and on PostgreSQL alike. It decides nothing; the rules are in package app.
package data
