package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"github.com/xuri/excelize/v2"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// bureau is a killed program with people and a round in which they work.
type bureau struct {
	*victim
	store                              *progress.Store
	contributor, approver, coordinator colleague
	works                              int // that were prepared
}

// colleague is a person who is signed in.
type colleague struct {
	auth.Actor
	cookie string
}

// asked are measures of the interior ministry's form.
var asked = []string{"e-visa", "stateless-identification-campaign", "mia-migration-services-optimisation"}

func newBureau(t *testing.T, env map[string]string) *bureau {
	t.Helper()
	b := &bureau{victim: newVictim(t, env["GCM_DATABASE_URL"])}
	b.store = progress.NewStore(b.conn)
	b.serve()
	b.contributor = b.colleague("contributor", "mia", auth.Contributor)
	b.approver = b.colleague("approver", "mia", auth.Approver)
	b.coordinator = b.colleague("coordinator", "", auth.Coordinator)
	_, err := b.store.OpenCycle(t.Context(), b.coordinator.Actor, progress.Cycle{
		Code: "2026", Name: i18n.Text{"kk": "2026 жылғы есептілік"}, Covers: "2026", Cutoff: "2026-12-31", CutoffBasis: objectives.Inferred,
	})
	b.must(err)
	for _, measure := range asked {
		_, err := b.store.Ask(t.Context(), b.coordinator.Actor, "2026", []progress.Ask{{Agency: "mia", Measure: measure, Due: "2099-01-15"}})
		b.must(err)
	}
	return b
}

func (b *bureau) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// colleague invites a person, who chooses a password and signs in.
func (b *bureau) colleague(name, agency string, role auth.Role) colleague {
	b.t.Helper()
	const password = "ұзақ әрі ешкім болжамайтын сөз"
	accounts, email := auth.NewStore(b.conn), name+"@gov.example"
	user, secret, err := accounts.Invite(b.t.Context(), operator, auth.Details{Email: email, Name: name, Agency: agency, Language: "kk", Roles: []auth.Role{role}}, nil)
	b.must(err)
	_, err = accounts.UseLink(b.t.Context(), audit.Who{}, auth.HashOf(secret), password)
	b.must(err)
	actor, err := accounts.Actor(b.t.Context(), user.ID)
	b.must(err)
	answer := http.Response{Header: b.post("/sign-in", "", url.Values{"email": {email}, "password": {password}})}
	for _, cookie := range answer.Cookies() {
		if cookie.Name == "gcm" {
			return colleague{actor, cookie.Name + "=" + cookie.Value}
		}
	}
	b.t.Fatal("signing in gives no session")
	return colleague{}
}

// draft is a proposal that can be submitted, under a title of its own.
func (b *bureau) draft() (progress.Entry, string) {
	b.t.Helper()
	b.works++
	title := fmt.Sprintf("Ұсынылған шара № %d.", b.works)
	e, err := b.store.Start(b.t.Context(), b.contributor.Actor, "2026", progress.KindMeasure, "", "")
	b.must(err)
	e, err = b.store.Save(b.t.Context(), b.contributor.Actor, e.Code, e.Version, progress.Content{Measure: &progress.Proposal{
		Title: i18n.Text{"kk": title}, Category: "programme", Status: objectives.Planned,
		Mapping: progress.Mapping{Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary, Reason: i18n.Text{"kk": "Жол ашады"}}}},
	}})
	b.must(err)
	return e, title
}

// submission hands an entry to the approver.
func (b *bureau) submission() attempt {
	e, _ := b.draft()
	return attempt{
		send: func() *http.Request {
			return b.request(http.MethodPost, "/work/entries/"+e.Code+"/submit", b.contributor.cookie, "version=2")
		},
		state: func() string {
			return fmt.Sprintf("version %d, %d submitted, %d on record, %d told",
				b.number("SELECT version FROM entries WHERE code = ?", e.Code), b.number("SELECT count(*) FROM entries WHERE code = ? AND state = 'submitted'", e.Code),
				b.number("SELECT count(*) FROM audit_entries WHERE noun = 'entry' AND record = ? AND action = 'submit'", e.Code),
				b.number("SELECT count(*) FROM notices WHERE path = ?", "/work/entries/"+e.Code))
		},
		before: "version 2, 0 submitted, 0 on record, 0 told", after: "version 3, 1 submitted, 1 on record, 1 told",
	}
}

// uploading adds a file of a megabyte to a draft.
func (b *bureau) uploading() attempt {
	e, title := b.draft()
	file := append([]byte("%PDF-1.7\n%"+title), make([]byte, 1<<20)...)
	return attempt{
		send: func() *http.Request {
			return b.upload("/work/entries/"+e.Code+"/evidence", "есеп.pdf", file, "title", title, "kind", "report", "language", "kk")
		},
		state: func() string {
			return fmt.Sprintf("%d pieces, %d files, %d on record",
				b.number("SELECT count(*) FROM evidence WHERE entry_id = ?", e.ID),
				b.number("SELECT count(*) FROM evidence_files f JOIN evidence e ON e.id = f.evidence_id WHERE e.entry_id = ? AND length(f.body) = ?", e.ID, len(file)),
				b.number("SELECT count(*) FROM audit_entries a JOIN evidence e ON e.code = a.record WHERE a.action = 'evidence.add' AND e.entry_id = ?", e.ID))
		},
		before: "0 pieces, 0 files, 0 on record", after: "1 pieces, 1 files, 1 on record",
	}
}

// upload sends a form with a file in it.
func (b *bureau) upload(path, name string, file []byte, pairs ...string) *http.Request {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.must(form.WriteField(pairs[i], pairs[i+1]))
	}
	part, err := form.CreateFormFile("file", name)
	b.must(err)
	_, err = part.Write(file)
	b.must(err)
	b.must(form.Close())
	r := b.request(http.MethodPost, path, b.contributor.cookie, body.String())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

// importing confirms a filled-in form with several measures.
func (b *bureau) importing() attempt {
	b.works++
	text := fmt.Sprintf("Нысаннан алынған мәтін № %d.", b.works)
	status, header := b.ask(b.upload("/work/forms", "нысан.xlsx", b.filledForm(text)))
	if status != http.StatusSeeOther {
		b.t.Fatalf("sending the form answers %d", status)
	}
	like, all := "%"+text+"%", len(asked)
	return attempt{
		send: func() *http.Request {
			return b.request(http.MethodPost, header.Get("Location"), b.contributor.cookie, "")
		},
		state: func() string {
			return fmt.Sprintf("%d entries, %d on record",
				b.number("SELECT count(*) FROM entries WHERE CAST(content AS TEXT) LIKE ?", like),
				b.number("SELECT count(*) FROM audit_entries WHERE action = 'save' AND after LIKE ?", like))
		},
		before: "0 entries, 0 on record", after: fmt.Sprintf("%d entries, %d on record", all, all),
	}
}

// filledForm is the form as it is offered now with a text for each measure.
func (b *bureau) filledForm(text string) []byte {
	b.t.Helper()
	res, err := stranger.Do(b.request(http.MethodGet, "/work/forms.xlsx?round=2026&agency=mia&language=kk", b.contributor.cookie, ""))
	b.must(err)
	defer res.Body.Close()
	f, err := excelize.OpenReader(res.Body)
	b.must(err)
	defer f.Close()
	for i := range asked {
		b.must(f.SetCellValue("Шаралар", fmt.Sprint("G", i+3), text))
	}
	var out bytes.Buffer
	b.must(f.Write(&out))
	return out.Bytes()
}

// releasing makes several accepted entries public at once.
func (b *bureau) releasing() attempt {
	const all = 3
	form, first := url.Values{}, b.works
	var codes, titles []string
	for range all {
		e, title := b.draft()
		for _, step := range []func() (progress.Entry, error){
			func() (progress.Entry, error) {
				return b.store.Submit(b.t.Context(), b.contributor.Actor, e.Code, e.Version)
			},
			func() (progress.Entry, error) {
				return b.store.Approve(b.t.Context(), b.approver.Actor, e.Code, e.Version)
			},
			func() (progress.Entry, error) {
				return b.store.Accept(b.t.Context(), b.coordinator.Actor, e.Code, e.Version)
			},
		} {
			var err error
			e, err = step()
			b.must(err)
		}
		form.Add("entry", fmt.Sprint(e.Code, ":", e.Version))
		codes, titles = append(codes, e.Code), append(titles, "%"+title+"%")
	}
	return attempt{
		send: func() *http.Request {
			return b.request(http.MethodPost, "/work/rounds/2026/release", b.coordinator.cookie, form.Encode())
		},
		state: func() string {
			made := int64(0)
			for _, title := range titles {
				made += b.number("SELECT count(*) FROM measures m JOIN measure_objectives o ON o.measure_id = m.id WHERE CAST(m.title AS TEXT) LIKE ?", title)
			}
			return fmt.Sprintf("%d released, %d measures, %d on record", b.number("SELECT count(*) FROM entries WHERE code IN ? AND state = 'released'", codes), made,
				b.number("SELECT count(*) FROM audit_entries WHERE noun = 'entry' AND action = 'release' AND record IN ?", codes))
		},
		before: "0 released, 0 measures, 0 on record", after: fmt.Sprintf("%d released, %d measures, %d on record", all, b.works-first, all),
	}
}

func TestProgramKilledAtAnyMomentLeavesNothingHalfWritten(t *testing.T) {
	t.Parallel()
	loaded(t, func(t *testing.T, env map[string]string) {
		b := newBureau(t, env)
		for _, work := range []struct {
			name    string
			prepare func() attempt
		}{{"submission", b.submission}, {"upload", b.uploading}, {"import", b.importing}, {"release", b.releasing}} {
			t.Run(work.name, func(t *testing.T) {
				b.t = t
				b.endure(work.prepare)
			})
		}
		b.t = t
	})
}
