package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gcm/indicators/intake"
	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/progress"
)

// records names what the addresses of the garden are asked for with. Where there
// are several, the first is what everybody reaches who has part in the agency's
// work or reads what was accepted.
func (g *garden) records() records {
	g.t.Helper()
	one := func(values ...string) func(seen, string) []string {
		return func(seen, string) []string { return values }
	}
	var law, challenge string
	g.must(g.conn.Table("legal_instruments").Order("id").Limit(1).Pluck("code", &law).Error)
	g.must(g.conn.Table("challenges").Order("id").Limit(1).Pluck("code", &challenge).Error)
	g.asked("mia", "e-visa", "2030-02-01")
	var request string
	g.must(g.conn.Table("requests").Order("id").Limit(1).Pluck("id", &request).Error)
	victim := person(g.t, g.app, "mia", auth.Contributor)
	letter := notify.Mail{Key: "letter", Recipient: victim.user.Email, Language: "kk", State: "failed", CreatedAt: now(), NextAt: now()}
	g.must(g.conn.Create(&letter).Error)
	secret, err := notify.NewStore(g.conn).LinkCalendar(g.t.Context(), g.as(g.contributor))
	g.must(err)
	release(g.t, g.conn, g.as(g.coordinator))
	remark := g.drafted()
	id := func(n int64) string { return fmt.Sprint(n) }
	review := []string{"2022"}
	snapshot := g.published()
	return records{
		"/:lang": one("kk", "ru", "en"), "/static/*file": one("css/gcm.css"),
		"/:lang/objectives/:number": one("5"), "/:lang/objectives/:number/actions/:letter": one("d"), "/:lang/principles/:letter": one("f"), "/:lang/measures/:code": one("e-visa"), "/:lang/indicators/:code": one("refugees-registered"), "/:lang/agencies/:code": one("mia"), "/:lang/laws/:code": one(someCode(g.t, g.conn, "legal_instruments")),
		"/:lang/reviews/:cycle": one(review...), "/:lang/reviews/:cycle/:file": one("kk.pdf"), "/:lang/reviews/:cycle/builds/:edition": one("kk-full"),
		"/:lang/reviews/:cycle/editions/:number": one("1"), "/reviews/:cycle/editions/:number": one("1"), "/reviews/:cycle/editions/:number/:file": one("review-2022-kk.pdf"),
		"/work/reviews/:cycle": one("2022", "2029"), "/work/reviews/:cycle/questionnaire/files/:file": one("kk.html", "en.pdf"), "/work/reviews/:cycle/snapshots/:hash": one(snapshot), "/work/reviews/:cycle/snapshots/:hash/:file": one("kk.html", "kk.pdf", "en-compact.pdf"),
		"/reviews/:cycle": one(review...), "/reviews/:cycle/:file": one("kk.pdf"), "/indicators/:code": one("refugees-registered.csv", "refugees-registered.xlsx", "refugees-registered.sdmx.csv", "refugees-registered.sdmx.json", "refugees-registered.json", "refugees-registered.svg"),
		"/embed/indicators/:code": one("refugees-registered"), "/embed/objectives/:number": one("5"), "/sitemaps/:part": one("1.xml"),
		"/:lang/data/releases/:code": one("2027-1"), "/data/current/:file": one("data.csv", "structure.xml"), "/data/releases/:code": one("2027-1"),
		"/data/releases/:code/:file": one("data.sdmx.json", "README.txt"), "/work/data/releases/:code": one("2027-1"), "/work/data/imports/:code": g.imports(),
		"/invitation/:secret": one("X"), "/reset/:secret": one("X"), "/calendar/:file": one(secret + ".ics"),
		"/work/forms/:upload": g.uploads(), "/work/users/:id": one(id(victim.user.ID), id(g.contributor.user.ID)), "/work/mail/:id": one(id(letter.ID)), "/work/notices/:id": g.notices(),
		"/work/reviews/:cycle/sections/:section": one("means", "brief-2", "question-support"), "/work/reviews/:cycle/briefs/:file": one("kk-brief-2.pdf", "en-brief-1.md"), "/work/reviews/:cycle/comments/:id": one(remark),
		"/work/reviews/:cycle/assessments/:number": one("5"), "/work/reviews/:cycle/promises/:code": one("new"),
		"/work/rounds/:code": one("2029"), "/work/requests/:id": one(request), "/work/invitations/:id": g.invitations(),
		"/work/entries/:code": g.codes(), "/work/entries/:code/table": g.figures(), "/work/entries/:code/evidence/:item": g.evidence(), "/evidence/:item": g.evidence(),
		"/work/audit/:noun": one("entry"), "/work/audit/:noun/*record": g.codes(),
		"?/work/accountability.xlsx": one("part=matrix"),
		"?/work/forms.xlsx": func(s seen, _ string) []string {
			if s.has(auth.Contributor) {
				return one("round=2029&agency="+s.agency)(s, "")
			}
			return one("round=2029&agency=mia")(s, "")
		},
		"/api/v1/objectives/:number": one("5"), "/api/v1/measures/:code": one("e-visa"), "/api/v1/indicators/:code": one("refugees-registered"), "/api/v1/agencies/:code": one("mia"),
		"/api/v1/legal-instruments/:code": one(law), "/api/v1/releases/:code": one("2027-1"), "/api/v1/reviews/:cycle": one("2022"), "/api/v1/entries/:code": g.codesFrom("released"),
		"/sdmx/data/:flow": one("DF_GCM"), "/sdmx/data/:flow/:key": one("all"), "/sdmx/data/:flow/:key/:provider": one("all"),
		"/sdmx/:resource": one("datastructure"), "/sdmx/:resource/:agency": one("KAZ_GCM"), "/sdmx/:resource/:agency/:id": one("all"), "/sdmx/:resource/:agency/:id/:version": one("latest"),
		"/account/tokens/:id": g.tokens(), "/account/views/:id": g.views(), "/work/agencies/:code": one("mia"), "/work/measures/:code": one("e-visa"), "/work/indicators/:code": one("refugees-registered"), "/work/data/gaps/:gap": one("no_indicator:8"), "/work/laws/:code": one(law), "/work/challenges/:code": one(challenge),
	}
}

// first is the accepted progress of the interior ministry.
func (g *garden) first() plant {
	for _, p := range g.entries {
		if p.state == "accepted" && p.entry.Kind == progress.KindProgress {
			return p
		}
	}
	return plant{}
}

// figures are the entries with values, the draft first: nobody writes in another.
func (g *garden) figures() func(seen, string) []string {
	var list []string
	for _, p := range g.entries {
		if p.entry.Kind == progress.KindValues {
			list = append(list, p.entry.Code)
		}
	}
	return func(seen, string) []string { return list }
}

// codesFrom are the codes of all entries, those in a state first.
func (g *garden) codesFrom(state string) func(seen, string) []string {
	var first, rest []string
	for _, p := range g.entries {
		if p.state == state {
			first = append(first, p.entry.Code)
		} else {
			rest = append(rest, p.entry.Code)
		}
	}
	return func(seen, string) []string { return append(first, rest...) }
}

func (g *garden) codes() func(seen, string) []string {
	list := []string{g.first().entry.Code}
	for _, p := range g.entries {
		if p.entry.Code != list[0] {
			list = append(list, p.entry.Code)
		}
	}
	return func(seen, string) []string { return list }
}

// evidence is that of an entry, the file that it shows first; without an entry
// what was released before all else.
func (g *garden) evidence() func(seen, string) []string {
	of, public, other := map[string][]string{}, []string(nil), []string(nil)
	for _, p := range g.entries {
		of[p.entry.Code] = []string{p.evidence[2], p.evidence[0]} // the file that is there, and the one taken out
		if p.state == "released" {
			public = append(public, p.evidence[2])
		}
		other = append(other, of[p.entry.Code]...)
	}
	return func(_ seen, entry string) []string {
		if list := of[entry]; list != nil {
			return list
		}
		return append(append([]string{}, public...), other...)
	}
}

// uploads are files that people wait to confirm, each the own.
func (g *garden) uploads() func(seen, string) []string {
	kept := map[string]string{}
	return func(s seen, _ string) []string {
		if !s.can(auth.Enter) {
			return []string{"none"}
		}
		if kept[s.name] == "" {
			file := g.get(s, "/work/forms.xlsx?round=2029&agency="+s.agency)
			if file.Code != http.StatusOK {
				g.t.Fatalf("the form of %s answers %d", s.name, file.Code)
			}
			hash, err := g.store.KeepUpload(g.t.Context(), g.as(s.by), file.Body.Bytes())
			g.must(err)
			kept[s.name] = hash
		}
		return []string{kept[s.name]}
	}
}

// tokens are what programs read with, each the own.
func (g *garden) tokens() func(seen, string) []string {
	return func(s seen, _ string) []string {
		if s.by == nil || s.out {
			return []string{"0"}
		}
		actor := g.as(s.by)
		list, err := g.app.site.accounts.Tokens(g.t.Context(), actor)
		g.must(err)
		if len(list) == 0 {
			t, _, err := g.app.site.accounts.MakeToken(g.t.Context(), actor, "", "token", []auth.TokenScope{auth.ReadPublic}, 1)
			g.must(err)
			list = []auth.Token{t}
		}
		return []string{fmt.Sprint(list[0].ID)}
	}
}

// invitations have one that has not ended.
func (g *garden) invitations() func(seen, string) []string {
	return func(seen, string) []string {
		by := g.as(g.coordinator)
		for {
			list, err := g.store.Invitations(g.t.Context(), by)
			g.must(err)
			if i := slices.IndexFunc(list, func(i progress.Invited) bool { return !i.Ended && i.Objective != 0 }); i >= 0 {
				return []string{fmt.Sprint(list[i].ID)}
			}
			g.must(g.store.Invite(g.t.Context(), by, progress.Invite{UserID: g.partner.user.ID, Objective: 5}))
		}
	}
}

// views are saved lists, each the own.
func (g *garden) views() func(seen, string) []string {
	return func(s seen, _ string) []string {
		if s.by == nil || s.out {
			return []string{"0"}
		}
		actor := g.as(s.by)
		list, err := g.app.site.accounts.Views(g.t.Context(), actor)
		g.must(err)
		if len(list) == 0 {
			g.must(g.app.site.accounts.SaveView(g.t.Context(), actor, "view", "/measures"))
			list, err = g.app.site.accounts.Views(g.t.Context(), actor)
			g.must(err)
		}
		return []string{fmt.Sprint(list[0].ID)}
	}
}

// imports are files that people wait to take in, each the own.
func (g *garden) imports() func(seen, string) []string {
	kept := map[string]string{}
	return func(s seen, _ string) []string {
		if !s.can(auth.Coordinate) {
			return []string{"none"}
		}
		actor := g.as(s.by)
		if _, err := intake.Find(g.t.Context(), g.conn, actor, kept[s.name]); err != nil { // none yet, or it was taken in
			file := strings.NewReader(importedTable)
			code, err := intake.Keep(g.t.Context(), g.conn, actor, intake.Source{Name: "table.csv", File: file, Size: file.Size()})
			g.must(err)
			kept[s.name] = code
		}
		return []string{kept[s.name]}
	}
}

// notices are what people were told, each the own.
func (g *garden) notices() func(seen, string) []string {
	kept := map[string]int64{}
	return func(s seen, _ string) []string {
		if s.by != nil && kept[s.name] == 0 {
			n := notify.Notice{Key: "notice:" + s.name, UserID: s.by.user.ID, Kind: "request", Subject: i18n.Text{"kk": "Шара"}, Path: "/work", CreatedAt: now()}
			g.must(g.conn.Create(&n).Error)
			kept[s.name] = n.ID
		}
		return []string{fmt.Sprint(kept[s.name])}
	}
}
