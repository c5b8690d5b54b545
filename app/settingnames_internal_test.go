package app

import "testing"

// The log tells people what was changed, so every setting has a name, and none has the name of another.
func TestSettingNames(t *testing.T) {
	has := map[string]string{}
	for _, s := range settings {
		name := settingName(s.key)
		if name == s.key {
			t.Errorf("%s has no name", s.key)
		}
		if other := has[name]; other != "" {
			t.Errorf("%s and %s are both called %q", s.key, other, name)
		}
		has[name] = s.key
	}
	if len(settingNames) != len(settings) {
		t.Errorf("%d names for %d settings", len(settingNames), len(settings))
	}
}
