package objectives

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
)

// AgencyKinds lists the sorts of agency in the order in which they are shown.
var AgencyKinds = []AgencyKind{"ministry", "committee", "local_executive", "court", "un", "international", "ngo", "other"}

// AgencyContent is what people enter of an agency.
type AgencyContent struct {
	Name      i18n.Text  `json:"name,omitempty"`
	Acronyms  Acronyms   `json:"acronyms,omitempty"`
	Kind      AgencyKind `json:"kind"`
	Successor string     `json:"successor,omitempty"` // code of the body that took over
	Note      i18n.Text  `json:"note,omitempty"`
	Quotes    Quotes     `json:"quotes,omitempty"`
}

// Content returns what people enter of the agency.
func (a Agency) Content() AgencyContent {
	c := AgencyContent{Name: a.Name, Acronyms: a.Acronyms, Kind: a.Kind, Note: a.Note, Quotes: a.Quotes}
	if a.Successor != nil {
		c.Successor = a.Successor.Code
	}
	return c
}

func (c AgencyContent) agency(code string) Agency {
	a := Agency{Code: code, Name: c.Name, Acronyms: c.Acronyms, Kind: c.Kind, Note: c.Note, Quotes: c.Quotes}
	if c.Successor != "" {
		a.Successor = &Agency{Code: c.Successor}
	}
	return a
}

// AgencyByCode returns one agency with its successor; a fault.NotFound when there is none.
func (s *Store) AgencyByCode(ctx context.Context, code string) (Agency, error) {
	var a Agency
	err := s.db.WithContext(ctx).Preload("Successor").Where("code = ?", code).Take(&a).Error
	return a, db.Fault(err, "agency "+code)
}

// AgencyRegister returns the register of agencies. The measures in use and the
// people of one that was merged, or became another body, follow to the new one.
func (s *Store) AgencyRegister(follow ...register.Follow) register.Register[AgencyContent] {
	return register.Register[AgencyContent]{
		DB: s.db, Noun: "agency", Table: "agencies", Name: "name", Class: "kind", May: auth.Organise,
		Title: func(c AgencyContent) i18n.Text { return c.Name },
		Read: func(tx *db.DB, code string) (AgencyContent, error) {
			a, err := NewStore(tx).AgencyByCode(tx.Statement.Context, code)
			return a.Content(), err
		},
		Check: checkAgency,
		Write: func(tx *db.DB, code string, c AgencyContent) error {
			return NewStore(tx).PutAgencies(tx.Statement.Context, []Agency{c.agency(code)})
		},
		Follow: append([]register.Follow{followAgency}, follow...),
	}
}

func checkAgency(_ *db.DB, _ string, c *AgencyContent, found *register.Checks) error {
	found.Name("name", &c.Name)
	found.Text("note", &c.Note)
	register.Choice(found, "kind", c.Kind, AgencyKinds)
	acronyms := Acronyms{}
	for lang, list := range c.Acronyms {
		for _, a := range list {
			if found.Line("acronyms."+lang, &a); a != "" {
				acronyms[lang] = append(acronyms[lang], a)
			}
		}
	}
	c.Acronyms = acronyms
	return nil
}

// followAgency leads measures in use and people to the agency's successor.
func followAgency(tx *db.DB, log *audit.Log, move register.Move) error {
	ids, err := db.ReadIDs[Agency, string](tx, "code")
	if err != nil {
		return err
	}
	from := ids[move.From]
	inUse := func(q *db.DB) *db.DB {
		return q.Where("archived_at IS NULL AND (lead_agency_id = ? OR id IN (SELECT measure_id FROM measure_partners WHERE agency_id = ?))", from, from)
	}
	err = rewriteMeasures(tx, log, audit.Change{Action: "change", Reason: move.Reason}, inUse, func(c *MeasureContent) {
		if c.Lead == move.From {
			c.Lead = move.Into
		}
		c.Partners = replaced(c.Partners, move)
		c.Partners = without(c.Partners, c.Lead)
	})
	if err != nil {
		return err
	}
	return auth.MoveUsers(tx, log, from, ids[move.Into], move.Reason)
}
