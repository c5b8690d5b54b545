package clientarea

import (
	"net/http"
	"path"
	"strings"
	"time"
)

// safeKinds are the kinds of files whose kind is told; all others are bytes, so that no browser runs them.
var safeKinds = map[string]string{".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".txt": "text/plain; charset=utf-8"}

// file sends a file a piece at a time. It takes a place of its own, as a slow visitor may need long.
func (s *Server) file(v *visit) {
	f, err := s.app.ClientArea.File(v.r.Context(), *v.visitor, v.number("id"))
	if err != nil {
		s.fail(v, err)
		return
	}
	select {
	case s.sending <- struct{}{}:
		defer func() { <-s.sending }()
	default:
		v.w.Header().Set("Retry-After", "10")
		s.refuse(v.w, v.r, http.StatusServiceUnavailable)
		return
	}
	kind := safeKinds[strings.ToLower(path.Ext(f.Name))]
	if kind == "" {
		kind = "application/octet-stream"
	}
	attachment(v.w.Header(), f.Name, kind, f.Size)
	out := &heldBack{w: v.w, controller: http.NewResponseController(v.w), now: time.Now} //nolint:forbidigo // the deadline of a connection is by the clock of the system
	if err := s.app.ClientArea.Download(v.r.Context(), f, out); err != nil {
		s.Log.Error("client area: file", "file", f.ID, "error", err)
		panic(http.ErrAbortHandler) // the visitor sees a broken download, and no file that is not what was uploaded
	}
	out.finish()
}

// heldBack keeps the last piece until all of the file was compared with its sum, and gives a slow visitor time for each piece.
type heldBack struct {
	w          http.ResponseWriter
	controller *http.ResponseController
	last       []byte
	now        func() time.Time
}

func (h *heldBack) Write(b []byte) (int, error) {
	if err := h.send(); err != nil {
		return 0, err
	}
	h.last = append(h.last[:0], b...)
	return len(b), nil
}

func (h *heldBack) send() error {
	if len(h.last) == 0 {
		return nil
	}
	_ = h.controller.SetWriteDeadline(h.now().Add(writeTime)) // a writer that knows no deadline has none
	_, err := h.w.Write(h.last)
	return err
}

func (h *heldBack) finish() { _ = h.send() }
