// Package clientarea is the clients' web site: a face of app.ClientArea, as the windows are one of the other services. Pages are HTML and CSS without scripts, in
// the language of who looks at them. It decides nothing that the services would decide otherwise.
//
// Each request goes through the same gates, in this order: a panic is caught; the site is asked for by a name that it has; headers are set; one visitor cannot ask too
// often; another site's forms are refused; then the route says who may come in.
package clientarea
