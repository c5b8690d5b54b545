package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

// mailPassword is kept in the keyring of the machine, so it is no setting like the others: it is never shown, and never an argument, which other accounts
// of the machine could see and the shell would remember.
const mailPassword = "smtp_password"

func (c *commandLine) settingsGet() *cobra.Command {
	return &cobra.Command{
		Use: "get [KEY]", Short: i18n.T("Prints one setting, or all."),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return arguments("KEY")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), true, func(a *app.App) error {
				keys := a.Settings.Keys()
				if len(args) == 1 {
					if err := knownSetting(a, args[0]); err != nil {
						return err
					}
					keys = args
				}
				return c.showSettings(cmd.Context(), a, keys, len(args) == 1)
			})
		},
	}
}

func knownSetting(a *app.App, key string) error {
	keys := append(a.Settings.Keys(), mailPassword)
	if slices.Contains(keys, key) {
		return nil
	}
	return unknown(i18n.T("There is no setting “%s”.", key), key, keys)
}

func (c *commandLine) showSettings(ctx context.Context, a *app.App, keys []string, bare bool) error {
	values := map[string]string{}
	var lines []string
	for _, key := range keys {
		v, err := settingValue(ctx, a, key)
		if err != nil {
			return err
		}
		values[key] = v
		if bare {
			lines = append(lines, v)
		} else {
			lines = append(lines, key+" = "+strings.ReplaceAll(v, "\n", `\n`))
		}
	}
	return c.tell(struct {
		Settings map[string]string `json:"settings"`
	}{values}, strings.Join(lines, "\n"))
}

func settingValue(ctx context.Context, a *app.App, key string) (string, error) {
	if key != mailPassword {
		return a.Settings.Value(ctx, key)
	}
	switch has, safe := a.Settings.HasMailPassword(); {
	case !has:
		return i18n.T("not set"), nil
	case !safe:
		return i18n.T("set, in a file that only this account can read"), nil
	}
	return i18n.T("set, in the keyring of this computer"), nil
}

func (c *commandLine) settingsSet() *cobra.Command {
	return &cobra.Command{
		Use: "set KEY VALUE", Short: i18n.T("Changes one setting."),
		Long: i18n.T("Changes one setting. The password of the mail server, smtp_password, has no VALUE: it is read from standard input."),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || args[0] != mailPassword {
				return arguments("KEY", "VALUE")(cmd, args)
			}
			if len(args) > 1 {
				return misused(i18n.T("The password is not written behind the command, where others could read it. Give it on standard input."))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), false, func(a *app.App) error {
				if err := knownSetting(a, args[0]); err != nil {
					return err
				}
				if args[0] == mailPassword {
					return c.setMailPassword(cmd.Context(), a)
				}
				if err := a.Settings.SetValue(cmd.Context(), args[0], args[1]); err != nil {
					return err
				}
				return c.showSettings(cmd.Context(), a, args[:1], false)
			})
		},
	}
}

func (c *commandLine) setMailPassword(ctx context.Context, a *app.App) error {
	password, err := c.secret(ctx)
	if err != nil {
		return err
	}
	if err := a.Settings.SetMailPassword(password); err != nil {
		return &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The keyring of this computer did not take the password, so nothing was changed. Unlock it and try again.")}
	}
	return c.showSettings(ctx, a, []string{mailPassword}, false)
}

// secret asks a person, or reads the first line of standard input.
func (c *commandLine) secret(ctx context.Context) (string, error) {
	if c.AskSecret != nil {
		return c.AskSecret(ctx, i18n.T("Password of the mail server (nothing is shown; empty removes it):"))
	}
	const most = 1000
	line, err := bufio.NewReader(io.LimitReader(c.In, most+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); len(line) > most {
		return "", misused(i18n.T("A password has at most %d characters.", most))
	}
	return line, nil
}
