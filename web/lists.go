package web

import (
	"context"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/objectives"
)

// measureList is all measures that everybody may see, with what lists show and are
// narrowed by.
type measureList struct {
	all []listedMeasure // in the order of entry
	ids map[int64]bool
}

// measureList returns the measures as they are now.
func (s *site) measureList(ctx context.Context) (*measureList, error) {
	return current(ctx, s, &s.measures, s.readMeasureList)
}

// standings returns where the released indicators in use stand now, in the order
// of entry.
func (s *site) standings(ctx context.Context) ([]indicators.Standing, error) {
	all, err := current(ctx, s, &s.stood, func(ctx context.Context) (*[]indicators.Standing, error) {
		list, err := s.indicators.Standings(ctx)
		return &list, err
	})
	if err != nil {
		return nil, err
	}
	return *all, nil
}

func (s *site) readMeasureList(ctx context.Context) (*measureList, error) {
	all, err := s.objectives.MeasuresInShort(ctx)
	if err != nil {
		return nil, err
	}
	links, err := s.objectives.CompactLinks(ctx)
	if err != nil {
		return nil, err
	}
	measured, err := s.indicators.Measured(ctx)
	if err != nil {
		return nil, err
	}
	list := &measureList{ids: map[int64]bool{}}
	for _, m := range all {
		if m.State == objectives.Released {
			list.all = append(list.all, listedMeasure{m, links.Actions[m.ID], links.Principles[m.ID], measured[m.ID]})
			list.ids[m.ID] = true
		}
	}
	return list, nil
}

// listedMeasure is a measure that everybody may see, with what lists show and are
// narrowed by.
type listedMeasure struct {
	objectives.Measure           // in short
	actions, principles []string // by reference and letter
	measured            bool     // an indicator measures or describes it
}

func (m listedMeasure) numbers() (list []int) {
	for _, o := range m.Objectives {
		list = append(list, o.Objective.Number)
	}
	return list
}

// objectives are those that the measure serves by itself; one that serves all
// stands under none of them.
func (m listedMeasure) objectives() (list []string) {
	if m.CrossCutting() {
		return []string{everyObjective}
	}
	for _, n := range m.numbers() {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// agencies are those that lead the measure or take part in it.
func (m listedMeasure) agencies() (list []string) {
	if m.LeadAgency != nil {
		list = append(list, m.LeadAgency.Code)
	}
	for _, p := range m.Partners {
		if !slices.Contains(list, p.Agency.Code) {
			list = append(list, p.Agency.Code)
		}
	}
	return list
}

func (m listedMeasure) without() (list []string) {
	if m.LeadAgency == nil {
		list = append(list, withoutLead)
	}
	if !m.measured {
		list = append(list, withoutIndicator)
	}
	if len(m.actions) == 0 {
		list = append(list, withoutAction)
	}
	if m.Starts == "" && m.Ends == "" {
		list = append(list, withoutDates)
	}
	return list
}
