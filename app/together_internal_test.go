package app

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What one desktop announces the other hears, and nonsense is nothing.
func TestHeard(t *testing.T) {
	want := []Change{{TopicClient, 7}, {TopicMail, 0}, {TopicNotes, 1 << 60}}
	if got := heard("client=7,mail=0,notes=1152921504606846976"); !slices.Equal(got, want) {
		t.Errorf("heard %v", got)
	}
	rapid.Check(t, func(t *rapid.T) { heard(rapid.String().Draw(t, "text")) })
}
