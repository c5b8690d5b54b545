package app

import "testing"

// SmallBatches has mails to many written to so many clients at a time, for the time of a test.
func SmallBatches(t testing.TB, n int) {
	batch, ahead := campaignBatch, campaignAhead
	campaignBatch, campaignAhead = n, 2*int64(n)
	t.Cleanup(func() { campaignBatch, campaignAhead = batch, ahead })
}
