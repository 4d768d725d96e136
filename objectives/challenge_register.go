package objectives

import (
	"context"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
)

// ChallengeKinds lists the sorts of challenge in the order in which they are shown.
var ChallengeKinds = []ChallengeKind{Gap, Recommendation, Priority}

// ChallengeContent is what people enter of a challenge.
type ChallengeContent struct {
	Statement  i18n.Text       `json:"statement,omitempty"`
	Kind       ChallengeKind   `json:"kind"`
	Objectives []ObjectiveLink `json:"objectives,omitempty"`
	State      State           `json:"state"`
	Note       i18n.Text       `json:"note,omitempty"`
	Quotes     Quotes          `json:"quotes,omitempty"`
}

// Content returns what people enter of the challenge, which must be whole.
func (c Challenge) Content() ChallengeContent {
	out := ChallengeContent{Statement: c.Statement, Kind: c.Kind, State: c.State, Note: c.Note, Quotes: c.Quotes}
	for _, o := range c.Objectives {
		out.Objectives = append(out.Objectives, ObjectiveLink{o.Objective.Number, o.Mapping})
	}
	return out
}

func (c ChallengeContent) challenge(code string) Challenge {
	out := Challenge{Code: code, Statement: c.Statement, Kind: c.Kind, State: c.State, Note: c.Note, Quotes: c.Quotes}
	for _, o := range c.Objectives {
		out.Objectives = append(out.Objectives, ChallengeObjective{Objective: Objective{Number: o.Number}, Mapping: o.Mapping})
	}
	return out
}

// Sourced returns the content in which links that another content has too keep
// who made them and the source's own mark.
func (c ChallengeContent) Sourced(from ChallengeContent) ChallengeContent {
	c.Objectives = Sourced(c.Objectives, from.Objectives)
	return c
}

// ChallengeByCode returns one challenge with its objectives; a fault.NotFound
// when there is none.
func (s *Store) ChallengeByCode(ctx context.Context, code string) (Challenge, error) {
	var c Challenge
	err := wholeChallenge(s.db.WithContext(ctx)).Where("code = ?", code).Take(&c).Error
	return c, db.Fault(err, "challenge "+code)
}

// ChallengeRegister returns the register of challenges.
func (s *Store) ChallengeRegister() register.Register[ChallengeContent] {
	return register.Register[ChallengeContent]{
		DB: s.db, Noun: "challenge", Table: "challenges", Name: "statement", Class: "kind", Released: true, May: auth.Coordinate,
		Title: func(c ChallengeContent) i18n.Text { return c.Statement },
		Read: func(tx *db.DB, code string) (ChallengeContent, error) {
			c, err := NewStore(tx).ChallengeByCode(tx.Statement.Context, code)
			return c.Content(), err
		},
		Check: checkChallenge,
		Write: func(tx *db.DB, code string, c ChallengeContent) error {
			return NewStore(tx).PutChallenges(tx.Statement.Context, []Challenge{c.challenge(code)})
		},
		Join: func(into *ChallengeContent, from ChallengeContent) {
			into.Objectives = JoinObjectives(into.Objectives, from.Objectives)
		},
	}
}

func checkChallenge(tx *db.DB, _ string, c *ChallengeContent, found *register.Checks) error {
	known, err := compactIDs(tx)
	if err != nil {
		return err
	}
	found.Text("statement", &c.Statement)
	if len(c.Statement) == 0 {
		found.Problems.Add("statement", "register.problem.name")
	}
	found.Text("note", &c.Note)
	register.Choice(found, "kind", c.Kind, ChallengeKinds)
	CheckState(found, c.State)
	CheckObjectives(found, c.Objectives, known)
	return nil
}
