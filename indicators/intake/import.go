package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"iter"
	"time"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// maxProblems is how many problems a report names; it counts them all.
const maxProblems = 1000

// Report says what an import did, or would do.
type Report struct {
	Format   Format
	SHA256   string
	Header   []string // of a table
	Columns  []Column
	Intake   indicators.Intake
	Empty    int // rows without a value
	Area     string
	Brings   indicators.Extension // what the register lacked
	Stood    string               // tells this state of the indicators concerned from another
	Moved    bool                 // they are not what the person saw in the preview: nothing was taken in
	touched  []string
	Problems []Problem         // the first of them, by place
	Bad      int64             // how many there are
	Findings []quality.Finding // the first of what the rules of quality say of the values, in a preview
	Found    int               // how many there are
	Took     time.Duration
}

// errBack ends a transaction that must not be kept.
var errBack = errors.New("nothing is to be kept")

// Import takes the values of a source into the register, all of them or none. With
// preview it does the same and takes it back. What another person changed since the
// preview that somebody agreed to keeps the import from being made. A report with problems says why
// nothing was taken in. told hears now and then how many rows were read.
func Import(ctx context.Context, g *db.DB, actor auth.Actor, src Source, o Options, preview bool, told func(rows int64)) (*Report, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return nil, err
	}
	began := time.Now()
	sum, err := digest(src)
	if err != nil {
		return nil, err
	}
	report := &Report{SHA256: sum}
	err = db.Hold(ctx, g, func(ctx context.Context, g *db.DB) error {
		return audit.Transact(ctx, g, actor.Who, func(tx *db.DB, log *audit.Log) error {
			if err := report.takeIn(ctx, tx, log, src, o, told); err != nil {
				return err
			}
			if preview && report.Bad == 0 {
				if err := report.judge(ctx, tx); err != nil {
					return err
				}
			}
			if preview || report.Bad > 0 || report.Moved {
				return errBack
			}
			return nil
		})
	})
	report.Took = time.Since(began)
	if err != nil && !errors.Is(err, errBack) {
		return nil, err
	}
	return report, nil
}

func (p *Report) takeIn(ctx context.Context, tx *db.DB, log *audit.Log, src Source, o Options, told func(int64)) error {
	reading, err := Open(ctx, tx, src, o)
	if err != nil {
		return err
	}
	p.Format, p.Header, p.Columns = reading.Format, reading.Header, reading.Columns
	if o.Language == "" {
		o.Language = "en"
	}
	known, err := knownRegister(ctx, tx, o.Create)
	if err != nil {
		return err
	}
	known.undated = undatedAllowed(reading)
	r := newResolver(known, reading, o)
	places := &placeBook{}
	if p.Intake.Rows, err = indicators.Stage(tx, p.resolved(ctx, reading.Rows, r, places, told)); err != nil {
		return err
	}
	p.Empty, p.Area, p.Brings = r.skipped, r.first[OfArea], known.extension()
	if p.Bad == 0 && places.twice {
		err = p.nameDoubles(tx, places)
	}
	if err != nil || p.Bad > 0 {
		return err
	}
	if p.Intake.Rows == 0 {
		return fault.New(fault.Invalid, "import.nothing", "the file has no value")
	}
	if p.Stood, err = indicators.Stood(tx); err != nil {
		return err
	}
	if p.Moved = o.Stood != "" && o.Stood != p.Stood; p.Moved {
		return nil
	}
	if err := indicators.NewStore(tx).Extend(ctx, p.Brings); err != nil {
		return err
	}
	made := indicators.Made{MadeBy: log.By(), Reason: src.Name}
	if p.Intake, err = indicators.TakeIn(tx, made); err != nil {
		return err
	}
	p.touched = known.touched()
	if err := indicators.Recompute(ctx, tx, log, made, p.touched...); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "import", Noun: "import", Record: src.Name, After: p.recorded()})
	return nil
}

// The limits within which a preview looks at the quality of values.
const (
	mostJudged   = 200_000 // values
	mostFindings = 200
)

// judge says what the rules of quality find in the indicators as they would be.
func (p *Report) judge(ctx context.Context, tx *db.DB) error {
	if p.Intake.Rows > mostJudged {
		return nil
	}
	store, rules := indicators.NewStore(tx), quality.NewStore(tx)
	for _, code := range p.touched {
		ind, err := store.IndicatorByCode(ctx, code)
		if err != nil {
			return err
		}
		found, err := rules.Check(ctx, ind, ind.Observations, tx.NowFunc())
		if err != nil {
			return err
		}
		for _, f := range found {
			if !f.Open() {
				continue
			}
			if p.Found++; len(p.Findings) < mostFindings {
				p.Findings = append(p.Findings, f)
			}
		}
	}
	return nil
}

// recorded is what the audit log says of an import.
func (p *Report) recorded() any {
	var made []string
	for _, i := range p.Brings.Indicators {
		made = append(made, i.Code)
	}
	var dimensions []string
	for _, d := range p.Brings.Dimensions {
		dimensions = append(dimensions, d.Code)
	}
	return struct {
		Format     Format   `json:"format"`
		SHA256     string   `json:"sha256"`
		Rows       int64    `json:"rows"`
		New        int64    `json:"new"`
		Changed    int64    `json:"changed"`
		Same       int64    `json:"same"`
		Gone       int64    `json:"gone"`
		Indicators []string `json:"indicators,omitempty"`
		Dimensions []string `json:"dimensions,omitempty"`
	}{p.Format, p.SHA256, p.Intake.Rows, p.Intake.New, p.Intake.Changed, p.Intake.Same, p.Intake.Gone, made, dimensions}
}

// resolved turns rows into values. After the first problem it goes on to find the
// others, and hands over nothing more.
func (p *Report) resolved(ctx context.Context, rows iter.Seq2[*Row, error], r *resolver, places *placeBook, told func(int64)) iter.Seq2[*indicators.Incoming, error] {
	return func(yield func(*indicators.Incoming, error) bool) {
		var n int64
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			if n++; n%8192 == 0 {
				if err := ctx.Err(); err != nil {
					yield(nil, err)
					return
				}
				if told != nil {
					told(n)
				}
			}
			in, problems := (*indicators.Incoming)(nil), []Problem(nil)
			if row.Wrong != nil {
				problems = []Problem{*row.Wrong}
			} else {
				in, problems = r.resolve(row)
			}
			p.add(problems...)
			if in == nil || p.Bad > 0 {
				continue
			}
			in.Place = places.number(row.Place)
			places.note(in)
			if !yield(in, nil) {
				return
			}
		}
	}
}

func (p *Report) add(problems ...Problem) {
	p.Bad += int64(len(problems))
	for _, one := range problems[:min(len(problems), max(0, maxProblems-len(p.Problems)))] {
		one.Value = shortened(one.Value)
		p.Problems = append(p.Problems, one)
	}
}

// shortened is a value as a message shows it.
func shortened(s string) string {
	if letters := []rune(s); len(letters) > 60 {
		return string(letters[:59]) + "…"
	}
	return string([]byte(s)) // the reader reuses its own
}

func (p *Report) nameDoubles(tx *db.DB, places *placeBook) error {
	if _, err := indicators.DropAlike(tx, rowBits); err != nil {
		return err
	}
	twice, all, err := indicators.Doubles(tx, maxProblems)
	for _, d := range twice {
		at := d.Indicator + " " + d.Period
		if d.Breakdown != "" {
			at += " " + d.Breakdown
		}
		p.add(Problem{Place: places.place(d.Last), Value: at, Key: "import.problem.twice", Args: []any{places.place(d.First).String()}})
	}
	p.Bad += all - int64(len(twice))
	return err
}

// undatedAllowed reports whether an empty period means that none is given: only in
// tables of the register's own columns.
func undatedAllowed(reading *Reading) bool {
	for _, c := range reading.Columns {
		if c.Role == OfQualifier || c.Role == OfBreakdown {
			return true
		}
	}
	return false
}

func knownRegister(ctx context.Context, tx *db.DB, create bool) (*register, error) {
	store := indicators.NewStore(tx)
	rows, err := store.Outline(ctx)
	if err != nil {
		return nil, err
	}
	dimensions, err := store.Dimensions(ctx)
	return newRegister(rows, dimensions, create), err
}

// digest returns the SHA-256 of a file, or of the names and contents of a folder.
func digest(src Source) (string, error) {
	h := sha256.New()
	if src.File != nil {
		if _, err := src.File.Seek(0, io.SeekStart); err != nil {
			return "", unreadable(err)
		}
		if _, err := io.Copy(h, src.File); err != nil {
			return "", unreadable(err)
		}
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	err := fs.WalkDir(src.Folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f, err := src.Folder.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, _ = io.WriteString(h, name+"\x00")
		_, err = io.Copy(h, f)
		return err
	})
	if err != nil {
		return "", unreadable(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
