package indicators

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/objectives"
)

// Standing is a released indicator as lists show it to the public. Of its
// observations it holds those that speak for the whole: the total, and what its
// chart draws. They are without notes and quotes.
type Standing struct {
	Indicator
	Extent
	assessment Assessment
	made       *sync.Map // by key, what Once made
}

// Once returns what make makes of the standing under a key: as long as the standing
// is kept it is made once, or a few times by those who come at the same time.
func (s Standing) Once(key any, make func() any) any {
	if known, ok := s.made.Load(key); ok {
		return known
	}
	known, _ := s.made.LoadOrStore(key, make())
	return known
}

// Assess returns the trend, which was judged when the list was made.
func (s Standing) Assess() Assessment { return s.assessment }

// Freshness says how old the latest value is.
type Freshness string

// The degrees of freshness.
const (
	Fresh  Freshness = "fresh"
	Old    Freshness = "old"
	NoFact Freshness = "none" // without any value
)

// Freshnesses lists them in the order in which they are shown.
var Freshnesses = []Freshness{Fresh, Old, NoFact}

// FreshOn judges the freshness on a day, as the register of data gaps does: what is
// no statistic does not grow old.
func (s Standing) FreshOn(day time.Time) Freshness {
	switch {
	case !s.valued:
		return NoFact
	case s.FigureType == Statistic && s.Latest != "" && s.oldFrom(s.Latest).Before(day):
		return Old
	}
	return Fresh
}

// standings remembers of each indicator what Standing keeps of its observations,
// which takes all of them to work out. Each is kept for as long as nothing changes
// that it was made of.
type standings struct {
	mutex sync.Mutex
	kept  map[int64]worked
}

// worked is what was worked out of the observations of one indicator.
type worked struct {
	key    string // stands for all that it depends on
	rows   []Observation
	extent Extent
	secret bool // the baseline is not public
}

// FigureChange marks that a transaction changed observations of an indicator.
type FigureChange struct {
	ID          int64
	IndicatorID int64
}

// changed marks indicators whose observations a transaction changes.
func changed(tx *gorm.DB, ids ...int64) error {
	var rows []FigureChange
	for _, id := range ids {
		rows = append(rows, FigureChange{IndicatorID: id})
	}
	if len(rows) == 0 {
		return nil
	}
	return db.Fault(tx.CreateInBatches(rows, 500).Error, "mark what changed")
}

// Standings returns the released indicators in use, in the order of entry.
func (s *Store) Standings(ctx context.Context) ([]Standing, error) {
	only := func(columns string) func(*gorm.DB) *gorm.DB {
		return func(q *gorm.DB) *gorm.DB { return q.Select(columns) }
	}
	var list []Indicator
	q := s.db.WithContext(ctx).Omit("definition", "data_source", "note", "computation", "limits").
		Where("archived_at IS NULL AND state = ?", objectives.Released).Order("id").
		Preload("Agency", only("id, code, name")).Preload("Override").Preload("Targets", by("period")).Preload("Breaks", by("period")).
		Preload("Dimensions", by("position")).
		Preload("Objectives", func(q *gorm.DB) *gorm.DB {
			return q.Select("indicator_id, objective_id, basis, rank").Order("objective_id")
		}).
		Preload("Objectives.Objective", only("id, number")).
		Preload("Measures", func(q *gorm.DB) *gorm.DB {
			return q.Select("indicator_id, measure_id, basis, rank, reason").Order("measure_id")
		})
	if err := q.Find(&list).Error; err != nil {
		return nil, db.Fault(err, "list where indicators stand")
	}
	if err := s.nameDimensions(ctx, list); err != nil {
		return nil, err
	}
	keys, err := s.figureKeys(ctx, list)
	if err != nil {
		return nil, err
	}
	if err := s.workOut(ctx, list, keys); err != nil {
		return nil, err
	}
	all := make([]Standing, len(list))
	s.stood.mutex.Lock()
	defer s.stood.mutex.Unlock()
	for n, i := range list {
		known := s.stood.kept[i.ID]
		i.Observations = known.rows
		all[n] = Standing{Indicator: i, Extent: known.extent, made: new(sync.Map)}
		if known.secret {
			all[n].BaselinePeriod, all[n].BaselineValue, all[n].BaselineDecimals = "", nil, 0
		}
		all[n].assessment = all[n].Indicator.Assess()
	}
	return all, nil
}

// nameDimensions gives indicators their dimensions with codes, each read once.
func (s *Store) nameDimensions(ctx context.Context, list []Indicator) error {
	all, err := s.Dimensions(ctx)
	if err != nil {
		return err
	}
	byID := map[int64]Dimension{}
	for _, d := range all {
		byID[d.ID] = d
	}
	for n := range list {
		for m := range list[n].Dimensions {
			list[n].Dimensions[m].Dimension = byID[list[n].Dimensions[m].DimensionID]
		}
	}
	return nil
}

// figureKeys stands for all that the public's view of each indicator's observations
// depends on: its own changes and threshold, the releases, and what it is
// calculated from.
func (s *Store) figureKeys(ctx context.Context, list []Indicator) (map[int64]string, error) {
	tx := s.db.WithContext(ctx)
	var counts []struct {
		IndicatorID int64
		N           int64
	}
	if err := tx.Model(&FigureChange{}).Select("indicator_id, COUNT(*) AS n").Group("indicator_id").Find(&counts).Error; err != nil {
		return nil, db.Fault(err, "count what changed")
	}
	var releases int64
	if err := tx.Model(&Release{}).Select("COALESCE(MAX(id), 0)").Row().Scan(&releases); err != nil {
		return nil, db.Fault(err, "read the latest release")
	}
	changes := map[int64]int64{}
	var sum int64
	for _, c := range counts {
		changes[c.IndicatorID] = c.N
		sum += c.N
	}
	keys := map[int64]string{}
	for _, i := range list {
		n := changes[i.ID]
		if i.Formula.Kind != "" { // it may be made of any
			n = sum
		}
		keys[i.ID] = fmt.Sprint(n, releases, i.Threshold(), i.FigureType, i.Formula, i.BaselinePeriod)
		if i.BaselineValue != nil {
			keys[i.ID] += fmt.Sprint(" ", *i.BaselineValue)
		}
	}
	return keys, nil
}

// atOnce is how many indicators are worked out at a time, so that no more of their
// observations are in memory.
const atOnce = 20

// workOut works out of the observations of the indicators what is not known, or
// not any longer.
func (s *Store) workOut(ctx context.Context, list []Indicator, keys map[int64]string) error {
	var open []Indicator
	s.stood.mutex.Lock()
	for _, i := range list {
		if known, there := s.stood.kept[i.ID]; !there || known.key != keys[i.ID] {
			open = append(open, i)
		}
	}
	s.stood.mutex.Unlock()
	public := NewStore(s.db)
	public.decided = s.decided
	var working sync.WaitGroup // on what was read, while the next is
	defer working.Wait()
	busy := make(chan struct{}, runtime.GOMAXPROCS(0))
	for part := range slices.Chunk(open, atOnce) {
		if err := readObservations(s.db.WithContext(ctx).Where("state = ?", objectives.Released), part, shownColumns); err != nil {
			return err
		}
		given := make([]bool, len(part)) // whether there is a baseline to conceal
		for n, i := range part {
			given[n] = i.BaselineValue != nil
		}
		if err := public.conceal(ctx, part); err != nil {
			return err
		}
		busy <- struct{}{}
		working.Go(func() {
			defer func() { <-busy }()
			for n, i := range part {
				known := i.standing()
				known.key, known.secret = keys[i.ID], given[n] && i.BaselineValue == nil
				s.stood.keep(i.ID, known)
				part[n].Observations = nil
			}
		})
	}
	return nil
}

func (s *standings) keep(id int64, one worked) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.kept == nil {
		s.kept = map[int64]worked{}
	}
	s.kept[id] = one
}

// standing reduces an indicator's observations to those that speak for it.
func (i Indicator) standing() worked {
	drawn := i.drawn()
	s := worked{extent: i.extent(drawn)}
	keep := map[int64]bool{}
	for _, o := range i.Observations {
		if len(o.Breakdown) == 0 || len(i.Observations) == 1 {
			keep[o.ID] = true
		}
	}
	for _, o := range drawn {
		keep[o.ID] = true
	}
	for _, o := range i.Observations {
		if keep[o.ID] {
			s.rows = append(s.rows, o)
		}
	}
	return s
}

// drawn are the observations that the indicator's chart draws.
func (i Indicator) drawn() []Observation {
	if !i.Charted() {
		return nil
	}
	if series := overTime(i.Observations); len(series) > 0 {
		return slices.Concat(series...)
	}
	return categories(i.Observations)
}
