package app

import (
	"context"
	"slices"

	"github.com/godbus/dbus/v5"
)

const secretService = "org.freedesktop.secrets"

// systemKeyringThere tells whether a Secret Service runs or would be started. It starts nothing: without a session, as on a server, the library
// would try to launch a bus of its own.
func systemKeyringThere(ctx context.Context) bool {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer func() { _ = bus.Close() }()
	if bus.Auth(nil) != nil || bus.Hello() != nil {
		return false
	}
	for _, list := range []string{"ListNames", "ListActivatableNames"} {
		var names []string
		err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus."+list, 0).Store(&names)
		if err == nil && slices.Contains(names, secretService) {
			return true
		}
	}
	return false
}
