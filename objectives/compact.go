package objectives

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

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

// SyncCompact writes the Compact's reference data into the database, where it
// replaces what an older version of the program wrote. Running it again changes
// nothing.
func (s *Store) SyncCompact(ctx context.Context) error {
	var objectives []compactObjective
	var principles struct {
		Principles []compactPrinciple `json:"principles"`
	}
	if err := readCompact("compact/objectives.json", &objectives); err != nil {
		return err
	}
	if err := readCompact("compact/principles.json", &principles); err != nil {
		return err
	}
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		framework := compactFramework
		if err := upsert(tx, &framework, "code"); err != nil {
			return err
		}
		tables := map[int]*RoundTable{}
		for _, o := range objectives {
			saved, err := syncObjective(tx, framework.ID, o)
			if err != nil {
				return err
			}
			if tables[o.RoundTable] == nil {
				tables[o.RoundTable] = &RoundTable{FrameworkID: framework.ID, Number: o.RoundTable}
			}
			tables[o.RoundTable].Objectives = append(tables[o.RoundTable].Objectives, saved)
		}
		for _, p := range principles.Principles {
			row := Principle{FrameworkID: framework.ID, Letter: p.Letter, Code: p.Code, Ref: p.Ref, Name: p.Name, Gist: p.Gist, OfficialLanguages: yes(p.Official)}
			if err := upsert(tx, &row, "code"); err != nil {
				return err
			}
		}
		return syncRoundTables(tx, tables)
	})
	return db.Fault(err, "write the Compact's reference data")
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

func syncObjective(tx *gorm.DB, framework int64, o compactObjective) (Objective, error) {
	row := Objective{
		FrameworkID: framework, Number: o.Number, Code: o.Code, Paragraph: o.Paragraph,
		Title: o.Title, ShortTitle: o.ShortTitle, OfficialLanguages: yes(o.Official),
		SDGTargetsDirect: o.SDGTargets.Direct, SDGTargetsRelated: o.SDGTargets.Related, Note: o.Note,
	}
	if err := upsert(tx, &row, "code"); err != nil {
		return row, err
	}
	for _, a := range o.Actions {
		action := Action{ObjectiveID: row.ID, Letter: a.Letter, Ref: a.Ref, Summary: a.Summary}
		if err := upsert(tx, &action, "ref"); err != nil {
			return row, err
		}
	}
	return row, nil
}

func syncRoundTables(tx *gorm.DB, tables map[int]*RoundTable) error {
	for number := 1; tables[number] != nil; number++ {
		members := tables[number].Objectives
		if err := upsert(tx, tables[number], "framework_id", "forum", "number"); err != nil {
			return err
		}
		if err := tx.Model(tables[number]).Association("Objectives").Replace(members); err != nil {
			return err
		}
	}
	return nil
}

// upsert writes the row alone (no associations) and reads its id back.
func upsert[T any](tx *gorm.DB, row *T, key ...string) error {
	var columns []clause.Column
	for _, k := range key {
		columns = append(columns, clause.Column{Name: k})
	}
	return tx.Omit(clause.Associations).
		Clauses(clause.OnConflict{Columns: columns, UpdateAll: true}, clause.Returning{Columns: []clause.Column{{Name: "id"}}}).
		Create(row).Error
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
