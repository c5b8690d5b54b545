// Package importing reads lists of clients from files of any common form into typed records, and names every problem by line and column. It
// stores nothing.
package importing
