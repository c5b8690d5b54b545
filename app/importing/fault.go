package importing

// Fault says in a sentence why a text cannot be the value of a field, whether it comes from a file or from a form: too
// long, or with characters that cannot be seen and can do harm. "" where it can.
func (f Field) Fault(s string) string {
	if reason := tooLong(s, f.Limit()); reason != "" {
		return reason
	}
	return hiddenCharacter(s, !f.Limit().Lines)
}
