package objectives

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

// The Compact's reference data; each file says in it what is official wording.
//
//go:embed compact/*.json
var compactFiles embed.FS

// compactFramework is A/RES/73/195 itself.
var compactFramework = Framework{
	Code:   "gcm",
	Symbol: "A/RES/73/195",
	Name: i18n.Text{
		"en": "Global Compact for Safe, Orderly and Regular Migration",
		"ru": "Глобальный договор о безопасной, упорядоченной и легальной миграции",
		"kk": "Қауіпсіз, ретке келтірілген және заңды көші-қон туралы жаһандық шарт",
	},
}

type compactObjective struct {
	Number     int             `json:"number"`
	Code       string          `json:"code"`
	Paragraph  int             `json:"paragraph"`
	Title      i18n.Text       `json:"title"`
	Official   map[string]bool `json:"official"`
	ShortTitle i18n.Text       `json:"short_title"`
	RoundTable int             `json:"round_table"`
	Actions    []struct {
		Letter  string    `json:"letter"`
		Ref     string    `json:"ref"`
		Summary i18n.Text `json:"summary"`
	} `json:"actions"`
	SDGTargets struct {
		Direct  Strings `json:"direct"`
		Related Strings `json:"related"`
	} `json:"sdg_targets"`
	Note string `json:"note"`
}

type compactPrinciple struct {
	Letter   string          `json:"letter"`
	Code     string          `json:"code"`
	Ref      string          `json:"ref"`
	Name     i18n.Text       `json:"name"`
	Gist     i18n.Text       `json:"gist"`
	Official map[string]bool `json:"official"`
}

// SyncCompact writes the Compact's reference data into the database when the
// program carries another edition of it than the database holds. A wording that
// a person mended stays until then; running it again writes nothing. What replaces
// an edition is on record, since it may undo what somebody wrote.
func (s *Store) SyncCompact(ctx context.Context) error {
	wanted, err := embeddedCompact()
	if err != nil {
		return err
	}
	var present Framework
	if err := s.db.WithContext(ctx).Where("code = ?", wanted.framework.Code).Find(&present).Error; err != nil {
		return db.Fault(err, "read the Compact")
	}
	if present.Edition == wanted.framework.Edition {
		return nil
	}
	if present.ID == 0 {
		return db.Fault(s.db.WithContext(ctx).Transaction(wanted.write), "write the Compact's reference data")
	}
	err = audit.Transact(ctx, s.db, auth.System("program").Who, func(tx *db.DB, log *audit.Log) error {
		log.Add(audit.Change{Action: "change", Noun: "framework", Record: present.Code, Before: compactEdition{present.Edition}, After: compactEdition{wanted.framework.Edition}})
		return wanted.write(tx)
	})
	return db.Fault(err, "write the Compact's reference data")
}

// compactEdition is what is recorded of the reference data: the hash of them all.
type compactEdition struct {
	Edition string `json:"edition"`
}

// compact is the Compact's reference data without the ids of a database.
type compact struct {
	framework  Framework
	objectives []Objective
	principles []Principle
	tables     [][]int // the objectives of each round table, from number 1 on
}

// embeddedCompact returns the reference data that the program carries.
func embeddedCompact() (compact, error) {
	c := compact{framework: compactFramework}
	var objectives []compactObjective
	var principles struct {
		Principles []compactPrinciple `json:"principles"`
	}
	if err := readCompact("compact/objectives.json", &objectives); err != nil {
		return c, err
	}
	if err := readCompact("compact/principles.json", &principles); err != nil {
		return c, err
	}
	for _, o := range objectives {
		c.objectives = append(c.objectives, o.row())
		for len(c.tables) < o.RoundTable {
			c.tables = append(c.tables, nil)
		}
		c.tables[o.RoundTable-1] = append(c.tables[o.RoundTable-1], o.Number)
	}
	for _, p := range principles.Principles {
		c.principles = append(c.principles, Principle{Letter: p.Letter, Code: p.Code, Ref: p.Ref, Name: p.Name, Gist: p.Gist, OfficialLanguages: yes(p.Official)})
	}
	content, err := json.Marshal([]any{compactFramework, objectives, principles})
	c.framework.Edition = fmt.Sprintf("%x", sha256.Sum256(content))
	return c, err
}

func readCompact(file string, into any) error {
	b, err := compactFiles.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func (o compactObjective) row() Objective {
	row := Objective{
		Number: o.Number, Code: o.Code, Paragraph: o.Paragraph,
		Title: o.Title, ShortTitle: o.ShortTitle, OfficialLanguages: yes(o.Official),
		SDGTargetsDirect: o.SDGTargets.Direct, SDGTargetsRelated: o.SDGTargets.Related, Note: o.Note,
	}
	for _, a := range o.Actions {
		row.Actions = append(row.Actions, Action{Letter: a.Letter, Ref: a.Ref, Summary: a.Summary})
	}
	return row
}

// yes lists the languages marked true.
func yes(marks map[string]bool) Strings {
	var list Strings
	for lang, official := range marks {
		if official {
			list = append(list, lang)
		}
	}
	slices.Sort(list)
	return list
}

// PrincipleCodes returns the codes of the guiding principles ("GP-a") in the
// Compact's order. They need no database.
func PrincipleCodes() (Strings, error) {
	var file struct {
		Principles []compactPrinciple `json:"principles"`
	}
	err := readCompact("compact/principles.json", &file)
	var codes Strings
	for _, p := range file.Principles {
		codes = append(codes, p.Code)
	}
	return codes, err
}

// ActionRefs returns the references of all lettered actions ("31(b)") in the
// Compact's order. They need no database.
func ActionRefs() (Strings, error) {
	var objectives []compactObjective
	if err := readCompact("compact/objectives.json", &objectives); err != nil {
		return nil, err
	}
	var refs Strings
	for _, o := range objectives {
		for _, a := range o.Actions {
			refs = append(refs, a.Ref)
		}
	}
	return refs, nil
}
