//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os/exec"
	"strings"
	"time"
)

// region is a part of the screen in pixels.
type region struct{ x, y, w, h int }

// look takes a picture of the screen and answers how many pixels of the region differ from its first one, which is ground, and a sum that
// tells two pictures apart.
func look(r region) (ink int, sum uint64, err error) {
	out, err := exec.Command("xwd", "-root", "-silent").Output()
	if err != nil {
		return 0, 0, fmt.Errorf("xwd: %w", err)
	}
	if len(out) < 100 {
		return 0, 0, errors.New("xwd gave no picture")
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(out[4*n:])) }
	header, stride, colours := field(0), field(12), field(19)
	pixels := out[header+12*colours:]
	h := fnv.New64a()
	var ground []byte
	for y := r.y; y < r.y+r.h; y++ {
		row := pixels[y*stride+4*r.x : y*stride+4*(r.x+r.w)]
		h.Write(row)
		for i := 0; i < len(row); i += 4 {
			if ground == nil {
				ground = row[i : i+4]
			}
			if !bytes.Equal(row[i:i+3], ground[:3]) {
				ink++
			}
		}
	}
	return ink, h.Sum64(), nil
}

// until looks at the screen as often as it can until ok, or fails after limit.
func until(r region, limit time.Duration, ok func(ink int, sum uint64) bool) (time.Time, error) {
	end := time.Now().Add(limit)
	for time.Now().Before(end) {
		ink, sum, err := look(r)
		if err != nil {
			return time.Time{}, err
		}
		if ok(ink, sum) {
			return time.Now(), nil
		}
	}
	return time.Time{}, fmt.Errorf("nothing came to the screen within %v", limit)
}

// xdotool types and clicks.
func xdotool(args ...string) error {
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("xdotool %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
