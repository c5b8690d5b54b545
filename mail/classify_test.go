package mail

import (
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"testing"

	"clientele/app"
)

// TestClassify holds the rules for what the scripted server cannot be made to do, besides those that it can.
func TestClassify(t *testing.T) {
	reply := func(code int) error { return fmt.Errorf("wrapped: %w", &textproto.Error{Code: code, Msg: "words"}) }
	tests := []struct {
		at   stage
		err  error
		want app.Delivery
	}{
		{dialling, reply(421), app.Deferred},
		{dialling, reply(554), app.Deferred},
		{dialling, io.EOF, app.Deferred},
		{securing, errNoStartTLS, app.Blocked},
		{securing, reply(454), app.Deferred},
		{securing, reply(502), app.Blocked},
		{securing, io.ErrUnexpectedEOF, app.Deferred},
		{loggingIn, reply(530), app.Blocked},
		{loggingIn, reply(534), app.Blocked},
		{loggingIn, reply(535), app.Blocked},
		{loggingIn, reply(504), app.Blocked},
		{loggingIn, reply(454), app.Deferred},
		{loggingIn, io.EOF, app.Deferred},
		{loggingIn, errNoSafeLogin, app.Blocked},
		{loggingIn, errors.New("invalid server signature"), app.Blocked},
		{addressing, reply(450), app.Deferred},
		{addressing, reply(550), app.Refused},
		{addressing, reply(530), app.Blocked},
		{addressing, reply(535), app.Blocked},
		{addressing, reply(250), app.Deferred},
		{addressing, textproto.ProtocolError("short response"), app.Deferred},
		{writing, io.ErrClosedPipe, app.Deferred},
		{ending, reply(251), app.Delivered},
		{ending, reply(451), app.Deferred},
		{ending, reply(554), app.Refused},
		{ending, reply(354), app.Uncertain},
		{ending, reply(999), app.Uncertain},
		{ending, io.EOF, app.Uncertain},
		{ending, textproto.ProtocolError("short response"), app.Uncertain},
	}
	for _, tt := range tests {
		if got, _ := classify(tt.at, tt.err); got != tt.want {
			t.Errorf("classify(%d, %v) = %s; want %s", tt.at, tt.err, got, tt.want)
		}
	}
}
