// Package sqldump reads the rows of tables out of a dump of MySQL or MariaDB, as mysqldump and phpMyAdmin write it, without a database. It reads a file
// of any length in little memory: Open goes through it once and notes where each table's rows are; Read then gives the rows of one table,
// in any order of tables and as often as is wanted.
//
// It understands what dumps hold, no more: CREATE TABLE for the names of columns, INSERT and REPLACE with one or many rows, all ways of writing a
// constant, comments of each kind, and DELIMITER around triggers, which it passes over. It runs nothing.
package sqldump
