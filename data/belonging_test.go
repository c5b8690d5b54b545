package data_test

import (
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// ME-2, DE-1: no table with a client in it is forgotten by a merge or a deletion. Whoever adds a table or a column is told by this test.
func TestBelongings(t *testing.T) { datatest.Each(t, data.CheckBelongings) }
