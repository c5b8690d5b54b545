//go:build unix

package document

import (
	"bytes"
	"io"
	"syscall"
	"testing"
	"time"

	"clientele/app/i18n"
)

// ballast makes the collector run as often as it does beside a window's data.
var ballast = make([]byte, 24<<20)

// processor is the processor time that this process has used.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func benchmark(b *testing.B, v *Invoice) {
	b.Helper()
	var first bytes.Buffer
	if err := v.PDF(&first, A4); err != nil { // fonts are read once
		b.Fatal(err)
	}
	ballast[0]++
	b.ReportAllocs()
	before := processor(b)
	n := 0
	for b.Loop() {
		if err := v.PDF(io.Discard, A4); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(processor(b)-before)/float64(n)/1e6, "cpu-ms/op")
}

// Goal 25: one page in at most 10 ms of processor time, 500 lines in at most 60.
func BenchmarkInvoice(b *testing.B) {
	for name, lines := range map[string]int{"OnePage": 10, "Lines500": 500, "Lines1000": 1000} {
		b.Run(name, func(b *testing.B) { benchmark(b, sample(lines, "EUR")) })
	}
	b.Run("Chinese500", func(b *testing.B) {
		v := sample(500, "EUR")
		for i := range v.Lines {
			v.Lines[i].Description = "网站托管服务，包含技术支持与每日备份" + i18n.FormatInt(int64(i))
		}
		benchmark(b, v)
	})
}
