package packed

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func TestBytes(t *testing.T) {
	want := bytes.Repeat([]byte("as it was\n"), 1000)
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	if _, err := w.Write(want); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := Bytes(file.Bytes()); !bytes.Equal(got, want) {
		t.Errorf("%d bytes came out of %d", len(got), len(want))
	}
	for name, broken := range map[string][]byte{"empty": nil, "no gzip": want, "cut off": file.Bytes()[:file.Len()-1]} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: taken for whole", name)
				}
			}()
			Bytes(broken)
		}()
	}
}
