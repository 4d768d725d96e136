package objectives

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/internal/register"
)

// LawKinds lists the sorts of legal instrument in the order in which they are shown.
var LawKinds = []string{"law", "code", "legislation", "rules", "order", "concept", "programme", "plan", "convention", "protocol", "agreement", "compact", "statement"}

// LawStatuses lists how a legal instrument may stand.
var LawStatuses = []string{"in_force", "ratified", "party", "not_acceded", "endorsed", "signed", "concluded", "implemented", "in_implementation"}

// LawContent is what people enter of a legal instrument.
type LawContent struct {
	Name     i18n.Text     `json:"name,omitempty"`
	Kind     string        `json:"kind"`
	Number   string        `json:"number,omitempty"`
	Dated    period.Period `json:"dated,omitempty"`
	Articles Strings       `json:"articles,omitempty"`
	Status   string        `json:"status"`
	Note     i18n.Text     `json:"note,omitempty"`
	Quotes   Quotes        `json:"quotes,omitempty"`
}

// Content returns what people enter of the instrument.
func (l LegalInstrument) Content() LawContent {
	return LawContent{l.Name, l.Kind, l.Number, l.Dated, l.Articles, l.Status, l.Note, l.Quotes}
}

// LawByCode returns one legal instrument; a fault.NotFound when there is none.
func (s *Store) LawByCode(ctx context.Context, code string) (LegalInstrument, error) {
	var l LegalInstrument
	err := s.db.WithContext(ctx).Where("code = ?", code).Take(&l).Error
	return l, db.Fault(err, "legal instrument "+code)
}

// LawRegister returns the register of legal instruments. Measures in use name
// the one into which theirs was merged.
func (s *Store) LawRegister() register.Register[LawContent] {
	return register.Register[LawContent]{
		DB: s.db, Noun: "law", Table: "legal_instruments", Name: "name", Class: "kind", May: auth.Coordinate,
		Title: func(c LawContent) i18n.Text { return c.Name },
		Read: func(tx *db.DB, code string) (LawContent, error) {
			l, err := NewStore(tx).LawByCode(tx.Statement.Context, code)
			return l.Content(), err
		},
		Check: checkLaw,
		Write: func(tx *db.DB, code string, c LawContent) error {
			return NewStore(tx).PutLegalInstruments(tx.Statement.Context, []LegalInstrument{{
				Code: code, Name: c.Name, Kind: c.Kind, Number: c.Number, Dated: c.Dated, Articles: c.Articles, Status: c.Status, Note: c.Note, Quotes: c.Quotes,
			}})
		},
		Follow: []register.Follow{followLaw},
	}
}

func checkLaw(_ *db.DB, _ string, c *LawContent, found *register.Checks) error {
	found.Name("name", &c.Name)
	found.Text("note", &c.Note)
	found.Line("number", &c.Number)
	found.Period("dated", &c.Dated)
	register.Choice(found, "kind", c.Kind, LawKinds)
	register.Choice(found, "status", c.Status, LawStatuses)
	var articles Strings
	for _, a := range c.Articles {
		if found.Line("articles", &a); a != "" && !articles.Has(a) {
			articles = append(articles, a)
		}
	}
	c.Articles = articles
	return nil
}

func followLaw(tx *db.DB, log *audit.Log, move register.Move) error {
	inUse := func(q *db.DB) *db.DB {
		return q.Where("archived_at IS NULL AND id IN (SELECT measure_id FROM measure_legal_instruments l JOIN legal_instruments i ON i.id = l.legal_instrument_id WHERE i.code = ?)", move.From)
	}
	return rewriteMeasures(tx, log, audit.Change{Action: "change", Reason: move.Reason}, inUse, func(c *MeasureContent) {
		for i := range c.Laws {
			if c.Laws[i].Code == move.From {
				c.Laws[i].Code = move.Into
			}
		}
		c.Laws = Joined(nil, c.Laws)
	})
}
