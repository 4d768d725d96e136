package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/auth"
)

// pretender makes the accounts, since there is no administrator before.
var pretender = auth.System("demonstration")

// demoPerson is somebody who does not exist.
type demoPerson struct {
	Login    string      `json:"login"` // before the @ of the address
	Name     string      `json:"name"`
	Language string      `json:"language"`
	Agency   string      `json:"agency"`
	Roles    []auth.Role `json:"roles"`
}

// demoKey is how a person of the demonstration signs in.
type demoKey struct {
	email, password string
	demoPerson
}

// invite makes the people's accounts and takes up their invitations with random
// passwords. The actors are by login.
func invite(ctx context.Context, s *auth.Store, people []demoPerson, today time.Time) ([]demoKey, map[string]auth.Actor, error) {
	var keys []demoKey
	actors := map[string]auth.Actor{}
	for _, p := range people {
		key := demoKey{email: p.Login + "@demo.example", password: strings.ToLower(rand.Text()[:16]), demoPerson: p}
		d := auth.Details{Email: key.email, Name: p.Name, Language: p.Language, Agency: p.Agency, Roles: p.Roles, Demonstration: true}
		if p.Roles[0] == auth.Partner {
			end := today.AddDate(1, 0, 0)
			d.ExpiresAt = &end
		}
		actor, err := take(ctx, s, d, key.password)
		if err != nil {
			return nil, nil, fmt.Errorf("demonstration: account %s: %w", key.email, inWords(err))
		}
		keys, actors[p.Login] = append(keys, key), actor
	}
	return keys, actors, nil
}

// take makes an account and takes up its invitation.
func take(ctx context.Context, s *auth.Store, d auth.Details, password string) (auth.Actor, error) {
	user, secret, err := s.Invite(ctx, pretender, d, nil)
	if err != nil {
		return auth.Actor{}, err
	}
	if _, err := s.UseLink(ctx, pretender.Who, auth.HashOf(secret), password); err != nil {
		return auth.Actor{}, err
	}
	return s.Actor(ctx, user.ID)
}

// printKeys says once how to sign in, one line for each role.
func printKeys(cmd *cobra.Command, base string, keys []demoKey) {
	if len(keys) == 0 {
		cmd.Println("The accounts were printed at the first start. A new password: gcm user list, then")
		cmd.Println("  gcm user reset-password E-MAIL (with the same --database), or start in a new --dir.")
		return
	}
	cmd.Printf("Sign in at %s/sign-in; all of these people are fictional, and their passwords are printed this once:\n", base)
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, k := range keys {
		of := ""
		if k.Agency != "" {
			of = " of " + k.Agency
		}
		fmt.Fprintf(table, "  %s\t%s\t%s%s\n", k.email, k.password, commaList(k.Roles), of)
	}
	_ = table.Flush() // to the terminal, as all lines here
}
