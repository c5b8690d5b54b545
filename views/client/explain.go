package client

import "clientele/app"

// explained is an error whose text is in words for people, for dialogs, which show the text as it is.
func explained(err error) error {
	if err == nil || app.ProblemsOf(err) != nil {
		return err
	}
	return &app.Error{Code: app.Unavailable, Message: app.Explain(err), Err: err}
}
