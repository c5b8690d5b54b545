package terminal

import (
	"context"
	"errors"
	"log/slog"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/clientarea"
)

// serving are the options of “serve”. What is not given is as the settings have it.
type serving struct {
	listen, site, cert, key string
	proxies                 []string
}

func (c *commandLine) serve() *cobra.Command {
	var o serving
	cmd := &cobra.Command{
		Use: "serve", Short: i18n.T("Serves the client area, and sends mail, until it is stopped."), Args: arguments(),
		Long: i18n.T("Serves the clients' web pages and sends what the outbox holds, until it is told to stop. What is not said here is as the settings have it. Other computers reach it only with a certificate, or through a proxy that is named."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), true, func(a *app.App) error { return c.runServe(cmd.Context(), a, o) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.listen, "listen", "", i18n.T("where to listen, such as %s", app.DefaultAreaListen))
	valued(flags, "listen", "ADDR")
	flags.StringVar(&o.site, "public-url", "", i18n.T("the address by which clients reach it; it is kept, since mails name it"))
	valued(flags, "public-url", "URL")
	flags.StringVar(&o.cert, "tls-cert", "", i18n.T("the certificate, in PEM form"))
	valued(flags, "tls-cert", "FILE")
	flags.StringVar(&o.key, "tls-key", "", i18n.T("the key of the certificate, in PEM form"))
	valued(flags, "tls-key", "FILE")
	flags.StringSliceVar(&o.proxies, "behind-proxy", nil, i18n.T("the proxies before it, whose word on a visitor's address is taken"))
	valued(flags, "behind-proxy", "ADDR,...")
	return cmd
}

func (c *commandLine) runServe(ctx context.Context, a *app.App, o serving) error {
	set, err := a.Settings.Get(ctx)
	if err != nil {
		return err
	}
	if o.site != "" && o.site != set.ClientAreaURL {
		if err := a.Settings.SetValue(ctx, "client_area_url", o.site); err != nil {
			return err
		}
		set.ClientAreaURL = o.site
	}
	options := clientarea.OptionsOf(a, set, slog.Default())
	if o.listen != "" {
		options.Listen = o.listen
	}
	if o.cert != "" || o.key != "" {
		options.Cert, options.Key = o.cert, o.key
	}
	if len(o.proxies) > 0 {
		options.Proxies = o.proxies
	}
	server, err := clientarea.New(options)
	if err != nil {
		return err
	}
	c.stopped = i18n.T("Stopped. What was being done was finished.")
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	mail := make(chan struct{})
	go func() {
		defer close(mail)
		a.Outbox.Run(ctx)
	}()
	err = server.Run(ctx, func(address string) {
		_ = c.tell(struct {
			Address string `json:"address"`
		}{address}, i18n.T("The client area is open at %s. Ctrl-C stops it.", address))
	})
	stop()
	<-mail
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
