package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// operator acts from the command line.
var operator = auth.System("command line")

func userCommand(c *config) *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Accounts: add, list, role, disable, reset-password", Args: noArguments, RunE: showHelp}
	cmd.AddCommand(addUserCommand(c), listUsersCommand(c), roleCommand(c), disableCommand(c), resetPasswordCommand(c))
	return cmd
}

func addUserCommand(c *config) *cobra.Command {
	var d auth.Details
	var roles []string
	var expires, scope string
	cmd := &cobra.Command{
		Use: "add EMAIL", Short: "Invite somebody, and print the link of the invitation", Args: exactly(1, "an e-mail address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d.Email = args[0]
			for _, role := range roles {
				d.Roles = append(d.Roles, auth.Role(role))
			}
			if err := lastDayAndScope(&d, expires, scope); err != nil {
				return err
			}
			return c.accounts(cmd.Context(), func(ctx context.Context, s *auth.Store) error {
				_, secret, err := s.Invite(ctx, operator, d, nil)
				if err != nil {
					return inWords(err)
				}
				cmd.Printf("Invited %s. To be opened within seven days, once:\n  %s\n", d.Email, c.link(auth.KindInvitation, secret))
				return nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&d.Name, "name", "", "the person's name")
	flags.StringSliceVar(&roles, "role", nil, "roles: "+roleNames())
	flags.StringVar(&d.Agency, "agency", "", "code of the person's agency, for example mia")
	flags.StringVar(&d.Language, "language", i18n.Languages[0], "language: "+strings.Join(i18n.Languages, ", "))
	flags.StringVar(&expires, "expires", "", "last day of the account, for example 2027-06-30; a partner's needs one")
	flags.StringVar(&scope, "scope", "", "numbers of the objectives that a partner sees, for example 5,21; all without any scope")
	flags.StringSliceVar(&d.Scope.Agencies, "scope-agency", nil, "codes of agencies whose entries a partner sees as well")
	flags.StringSliceVar(&d.Scope.Indicators, "scope-indicator", nil, "codes of indicators that a partner sees as well")
	return cmd
}

func lastDayAndScope(d *auth.Details, expires, scope string) error {
	if expires != "" {
		day, err := time.Parse(time.DateOnly, expires)
		if err != nil {
			return usage("--expires: %q is not a day, for example 2027-06-30", expires)
		}
		end := day.AddDate(0, 0, 1)
		d.ExpiresAt = &end
	}
	for _, part := range strings.FieldsFunc(scope, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return usage("--scope: %q is not the number of an objective", part)
		}
		d.Scope.Objectives = append(d.Scope.Objectives, n)
	}
	return nil
}

func listUsersCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the accounts", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.accounts(cmd.Context(), func(ctx context.Context, s *auth.Store) error {
				users, err := s.Users(ctx, operator)
				if err != nil {
					return err
				}
				table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
				for _, u := range users {
					fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", u.Email, u.Name, cmp.Or(commaList(u.RoleList()), "-"), state(u))
				}
				return table.Flush()
			})
		},
	}
}

func state(u auth.User) string {
	switch {
	case u.DisabledAt != nil:
		return "disabled"
	case !u.Active(time.Now()):
		return "ended"
	case u.PasswordHash == "" && u.Subject == "":
		return "invited"
	}
	return "active"
}

func roleCommand(c *config) *cobra.Command {
	var add, remove []string
	cmd := &cobra.Command{
		Use: "role EMAIL", Short: "Give and take roles", Args: exactly(1, "an e-mail address"),
		Example: "  gcm user role a.sarsenova@gov.example --add approver --remove contributor",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(add)+len(remove) == 0 {
				return usage("gcm user role needs --add or --remove with one of %s", roleNames())
			}
			return c.account(cmd.Context(), args[0], func(ctx context.Context, s *auth.Store, u auth.User) error {
				var err error
				for _, role := range add {
					if u, err = s.AddRole(ctx, operator, u.ID, auth.Role(role)); err != nil {
						return inWords(err)
					}
				}
				for _, role := range remove {
					if u, err = s.RemoveRole(ctx, operator, u.ID, auth.Role(role)); err != nil {
						return inWords(err)
					}
				}
				cmd.Printf("%s: %s\n", u.Email, cmp.Or(commaList(u.RoleList()), "no role"))
				return nil
			})
		},
	}
	cmd.Flags().StringSliceVar(&add, "add", nil, "roles to give: "+roleNames())
	cmd.Flags().StringSliceVar(&remove, "remove", nil, "roles to take")
	return cmd
}

func disableCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use: "disable EMAIL", Short: "Keep somebody out from now on", Args: exactly(1, "an e-mail address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.account(cmd.Context(), args[0], func(ctx context.Context, s *auth.Store, u auth.User) error {
				if _, err := s.Disable(ctx, operator, u.ID); err != nil {
					return inWords(err)
				}
				cmd.Printf("%s is disabled and signed out.\n", u.Email)
				return nil
			})
		},
	}
}

func resetPasswordCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use: "reset-password EMAIL", Short: "Print a link with which somebody sets a new password", Args: exactly(1, "an e-mail address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.account(cmd.Context(), args[0], func(ctx context.Context, s *auth.Store, u auth.User) error {
				kind, secret, err := s.MakeLink(ctx, operator, u.ID, nil)
				if err != nil {
					return inWords(err)
				}
				cmd.Printf("For %s, to be opened once:\n  %s\n", u.Email, c.link(kind, secret))
				return nil
			})
		},
	}
}

// accounts does something with the accounts of the database.
func (c *config) accounts(ctx context.Context, do func(context.Context, *auth.Store) error) error {
	g, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close(g)
	return do(ctx, auth.NewStore(g))
}

// account does something with the account of an address.
func (c *config) account(ctx context.Context, email string, do func(context.Context, *auth.Store, auth.User) error) error {
	return c.accounts(ctx, func(ctx context.Context, s *auth.Store) error {
		u, err := s.ByEmail(ctx, operator, email)
		if fault.KindOf(err) == fault.NotFound {
			return fmt.Errorf("there is no account %s: see gcm user list", email)
		}
		if err != nil {
			return err
		}
		return do(ctx, s, u)
	})
}

// link is the address of a link to hand over.
func (c *config) link(kind, secret string) string {
	return strings.TrimSuffix(cmp.Or(c.baseURL, "http://"+c.addr), "/") + "/" + kind + "/" + secret
}

// inWords says in English what a form would say beside its fields.
func inWords(err error) error {
	p, perr := i18n.New("en")
	if perr != nil {
		return err
	}
	var parts []string
	for _, one := range fault.ProblemsOf(err) {
		parts = append(parts, fmt.Sprintf("%s: %s", one.Field, p.T(one.Key, one.Args...)))
	}
	if key := fault.KeyOf(err); parts == nil && p.Has(key) {
		parts = []string{p.T(key)}
	}
	if parts == nil {
		return err
	}
	return fmt.Errorf("%s", strings.Join(parts, "; "))
}

func roleNames() string { return commaList(auth.Roles) }

func commaList(roles []auth.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}
