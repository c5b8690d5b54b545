package sqldump

// Window makes the reading window small, so that small files pass its end often.
func Window(n int) { window = n }
