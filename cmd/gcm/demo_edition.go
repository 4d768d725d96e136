package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// The fictional people who clear and publish the demonstration's review.
const (
	demoEditor    = "editor@demo.example"
	demoSignatory = "signatory.mfa@demo.example"
)

// publishDemo lets the fictional people clear and publish the review, unless that
// was done before, and returns the files of the newest edition. Where they are not,
// because somebody removed them, there are none.
func publishDemo(ctx context.Context, g *db.DB, base string, zone *time.Location) ([]desk.EditionFile, error) {
	store := desk.NewStore(g, stores(g))
	list, err := store.Editions(ctx, demoCycle)
	if err == nil && len(list) == 0 {
		list, err = clearDemo(ctx, g, base, zone)
	}
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var files []desk.EditionFile
	for _, f := range list[0].Files {
		if f.Profile == reports.Full {
			if f, err = store.EditionFile(ctx, list[0].ID, f.Name); err != nil {
				return nil, err
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// clearDemo is the review's way to its first edition: all of it, or nothing.
func clearDemo(ctx context.Context, g *db.DB, base string, zone *time.Location) (list []desk.Edition, err error) {
	err = db.Transact(ctx, g, func(tx *db.DB) error {
		editor, signatory, there, err := demoPublishers(ctx, auth.NewStore(tx).In(zone))
		if err != nil || !there {
			return err
		}
		store := desk.NewStore(tx, stores(tx))
		review, err := stores(tx).Reviews.ReviewByCycle(ctx, demoCycle)
		if err != nil || review.State != reports.Drafting {
			return err
		}
		if err := store.SetChain(ctx, editor, demoCycle, []desk.Link{{Agency: signatory.Agency, Step: 1}}); err != nil {
			return err
		}
		hash, err := store.LayBefore(ctx, editor, demoCycle)
		if err != nil {
			return err
		}
		if err := store.Sign(ctx, signatory, demoCycle, hash, desk.Signed, "Көрсетілім: бұл қол ойдан алынған"); err != nil {
			return err
		}
		e, err := store.Publish(ctx, editor, demoCycle, base, program(), press)
		list = []desk.Edition{e}
		return err
	})
	if fault.KindOf(err) == fault.Conflict { // the check keeps it from its bodies: it is shown as a draft
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("demonstration: publish the review: %w", inWords(err))
	}
	return list, nil
}

// demoPublishers finds the people; there is false when one of them is gone.
func demoPublishers(ctx context.Context, s *auth.Store) (editor, signatory auth.Actor, there bool, err error) {
	users, err := s.Users(ctx, pretender)
	if err != nil {
		return editor, signatory, false, err
	}
	for email, actor := range map[string]*auth.Actor{demoEditor: &editor, demoSignatory: &signatory} {
		i := slices.IndexFunc(users, func(u auth.User) bool { return u.Email == email })
		if i < 0 || users[i].DisabledAt != nil {
			return editor, signatory, false, nil
		}
		if *actor, err = s.Actor(ctx, users[i].ID); err != nil {
			return editor, signatory, false, err
		}
	}
	return editor, signatory, signatory.Agency != "", nil
}

// draftDemo writes the review as it stands into the folder.
func draftDemo(ctx context.Context, g *db.DB, now time.Time, dir string) ([]string, error) {
	country, err := stores(g).Objectives.Country(ctx)
	if err != nil {
		return nil, err
	}
	return buildReviews(ctx, stores(g), now, demoCycle, i18n.Spoken(country.Languages), []reports.Profile{reports.Full}, []string{"pdf"}, dir)
}
