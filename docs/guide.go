// Package docs holds the user guide, so that the program can show it without a network. Each page is one task; the file README.md lists them in their order.
package docs

import "embed"

// Guide holds the pages of the guide in English, those in German in the folder de, and the pictures that they show.
//
//go:embed guide/*.md guide/de/*.md
//go:embed screens/add-client-light.png screens/client-light.png screens/client-services-light.png screens/clients-light.png screens/close-client-light.png
//go:embed screens/contacts-light.png screens/credits-light.png screens/daily-run-light.png screens/delete-client-light.png screens/files-light.png
//go:embed screens/first-start-light.png screens/home-light.png screens/import-light.png screens/invoice-draft-light.png screens/invoice-light.png
//go:embed screens/mail-light.png screens/merge-clients-light.png screens/notes-light.png screens/palette-light.png screens/payment-light.png
//go:embed screens/profile-light.png screens/settings-area-light.png screens/settings-backups-light.png screens/settings-cards-light.png
//go:embed screens/settings-look-light.png screens/settings-sharing-light.png screens/statement-light.png screens/write-email-light.png
var Guide embed.FS
