// Package packed reads what is compressed within the program, so that the program is smaller to fetch and to keep.
package packed

import (
	"bytes"
	"compress/gzip"
	"io"
)

// Bytes unpacks a gzip file that is part of the program. A broken one is a programming error.
func Bytes(file []byte) []byte {
	reader, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		panic("a file within the program: " + err.Error())
	}
	whole, err := io.ReadAll(reader) // checks the sum at the end
	if err != nil {
		panic("a file within the program: " + err.Error())
	}
	return whole
}
