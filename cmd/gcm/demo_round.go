package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports/desk"
)

// demoFile is the round that the demonstration shows under way. All people and
// all texts in it are made up, and say so.
//
//go:embed demonstration/round.json
var demoFile []byte

// demoRound is the content of demoFile.
type demoRound struct {
	Round    demoCycleText `json:"round"`
	People   []demoPerson  `json:"people"`
	Requests []demoRequest `json:"requests"`
	Entries  []demoEntry   `json:"entries"`
}

type demoCycleText struct {
	Code   string    `json:"code"`
	Name   i18n.Text `json:"name"`
	Reason i18n.Text `json:"reason"`
}

// demoRequest asks an agency about a measure or an indicator.
type demoRequest struct {
	Agency    string `json:"agency"`
	Measure   string `json:"measure"`
	Indicator string `json:"indicator"`
	DueInDays int    `json:"due_in_days"` // from the day of the first start; may be past
}

// acting brings the round under way, each act by the person whose it is.
type acting struct {
	demoRound
	today  time.Time
	store  *progress.Store
	desk   *desk.Store
	actors map[string]auth.Actor // by login
}

// startRound gives an empty house its people and a round under way, and returns
// how each of them signs in; nothing when there are accounts already. Either all
// of it is there afterwards or nothing is.
func startRound(ctx context.Context, g *db.DB) (keys []demoKey, err error) {
	var round demoRound
	in := json.NewDecoder(bytes.NewReader(demoFile))
	in.DisallowUnknownFields()
	if err := in.Decode(&round); err != nil {
		return nil, fmt.Errorf("read the demonstration's round: %w", err)
	}
	err = db.Transact(ctx, g, func(tx *db.DB) error {
		users, err := auth.NewStore(tx).Users(ctx, pretender)
		if err != nil || len(users) > 0 {
			return err
		}
		a := acting{demoRound: round, today: tx.NowFunc(), store: progress.NewStore(tx), desk: desk.NewStore(tx, stores(tx))}
		if keys, a.actors, err = invite(ctx, auth.NewStore(tx), round.People, a.today); err != nil {
			return err
		}
		return a.play(ctx)
	})
	return keys, err
}

func (a *acting) play(ctx context.Context) error {
	if err := a.open(ctx); err != nil {
		return fmt.Errorf("open the demonstration's round: %w", inWords(err))
	}
	for _, e := range a.Entries {
		if err := a.enter(ctx, e); err != nil {
			return fmt.Errorf("demonstration: entry of %s on %q: %w", e.Agency, e.Record, inWords(err))
		}
	}
	if err := a.write(ctx); err != nil {
		return fmt.Errorf("demonstration: the review at work: %w", inWords(err))
	}
	return nil
}

// open opens the round and asks the agencies.
func (a *acting) open(ctx context.Context) error {
	year := strconv.Itoa(a.today.Year())
	c := progress.Cycle{
		Code: a.Round.Code, Name: a.Round.Name, Covers: period.Period(year), Cutoff: period.Period(year + "-12-31"),
		CutoffBasis: objectives.Inferred, CutoffReason: a.Round.Reason,
	}
	coordinator := a.actors["coordinator"]
	if _, err := a.store.OpenCycle(ctx, coordinator, c); err != nil {
		return err
	}
	var asks []progress.Ask
	for _, r := range a.Requests {
		due := a.today.AddDate(0, 0, r.DueInDays).Format(time.DateOnly)
		asks = append(asks, progress.Ask{Agency: r.Agency, Measure: r.Measure, Indicator: r.Indicator, Due: due})
	}
	_, err := a.store.Ask(ctx, coordinator, c.Code, asks)
	return err
}
