package data_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// A window and a command that start at the same moment on a new folder, or several desktops on a new server, all open the same data.
func TestOpenTogether(t *testing.T) {
	together := func(t *testing.T, o data.Options) {
		o.Now = datatest.Clock
		const programs = 6
		errs := make([]error, programs)
		var wg sync.WaitGroup
		for i := range programs {
			wg.Go(func() {
				s, err := data.Open(ctx, o)
				if err == nil {
					err = s.Close()
				}
				errs[i] = err
			})
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		for range 5 {
			together(t, data.Options{Path: filepath.Join(t.TempDir(), "clientele.db")})
		}
	})
	t.Run("PostgreSQL", func(t *testing.T) { together(t, data.Options{URL: datatest.PostgresURL(t)}) })
}
