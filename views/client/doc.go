// Package client holds the pages about one client: the Add New Client form, and the client's own page with its tabs.
package client
