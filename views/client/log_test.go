package client

import (
	"strings"
	"testing"
	"time"

	"clientele/views/viewtest"
)

// SU-5: the Log tab has what was done to this client and to no other, and follows what is done.
func TestLogTab(t *testing.T) {
	b := viewtest.New(t)
	id, other := add(t, b, "grace@example.com", nil), add(t, b, "ada@example.com", nil)
	list := front[*log](t, open(t, b, id)).list
	says := func() string {
		var all []string
		for i := range list.Len() {
			all = append(all, strings.Join(list.Row(i).Cells[1:], " | "))
		}
		return strings.Join(all, "\n")
	}
	const added = "Ann | Client added |  | "
	if says() != added {
		t.Errorf("shows\n%s", says())
	}
	jot(t, b, other, "about somebody else", false)
	jot(t, b, id, "Call first", false)
	b.Run.Advance(time.Minute)
	if says() != "Ann | Note added | Call first | \n"+added {
		t.Errorf("after a note it shows\n%s", says())
	}
}
