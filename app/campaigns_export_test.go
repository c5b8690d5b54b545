package app

import "testing"

// SmallBatches has mails to many written to so many clients at a time, for the time of a test.
func SmallBatches(t testing.TB, n int) {
	was := campaignBatch
	campaignBatch = n
	t.Cleanup(func() { campaignBatch = was })
}
