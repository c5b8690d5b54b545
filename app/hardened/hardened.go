// Package hardened keeps the memory of this process, in which a card number or a passphrase may be, out of files that the system writes when a program breaks down, and out of
// the reach of other programs of the same user, as far as the system allows. It stops no debugger that runs with more rights.
package hardened
