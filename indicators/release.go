package indicators

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// Release is a moment at which the values that stood were frozen under a name.
type Release struct {
	ID           int64
	Code         string // "2026-1"
	Title        i18n.Text
	Note         i18n.Text
	At           time.Time
	MadeBy       string
	Observations int
	SHA256       string `gorm:"column:sha256"` // of the canonical file of what it froze
}

// TableName says where releases are kept.
func (Release) TableName() string { return "data_releases" }

// Withheld is a value that stood when a release was made and that it does not
// show: hidden when it has a mark, not in it at all when it has none.
type Withheld struct {
	ReleaseID   int64  `gorm:"primaryKey"`
	IndicatorID int64  `gorm:"primaryKey"`
	Period      string `gorm:"primaryKey"`
	Breakdown   string `gorm:"primaryKey"`
	Mark        ConfStatus
}

// TableName says where it is kept.
func (Withheld) TableName() string { return "withheld" }

// Frozen is a value as it stood at some moment, with its indicator's code.
type Frozen struct {
	Indicator string
	Observation
}

// frozenLine is a line of the canonical file. The file holds nothing but what the
// public may see: its hash is public, and from the hash of a file in which all but
// one value is known the last one could be found by trying.
type frozenLine struct {
	Indicator  string            `json:"indicator"`
	Period     string            `json:"period"`
	Breakdown  string            `json:"breakdown"`
	Value      *float64          `json:"value"`
	Decimals   int               `json:"decimals"`
	ValueText  string            `json:"value_text"`
	Unit       Unit              `json:"unit"`
	Qualifier  Qualifier         `json:"qualifier"`
	ObsStatus  string            `json:"obs_status"`
	ConfStatus ConfStatus        `json:"conf_status"`
	Note       i18n.Text         `json:"note"`
	Source     i18n.Text         `json:"source"`
	Quotes     objectives.Quotes `json:"quotes"`
}

// WriteTo writes the value as its line of the canonical file: JSON with the keys
// in this order, languages by their codes, no empty objects.
func (f Frozen) WriteTo(w io.Writer) (int64, error) {
	line, err := json.Marshal(frozenLine{
		f.Indicator, string(f.Period), f.Breakdown.String(), f.Value, f.Decimals, f.ValueText, f.Unit, f.Qualifier, f.ObsStatus, f.ConfStatus,
		orNil(f.Note), orNil(f.Source), f.Quotes,
	})
	if err != nil {
		return 0, fmt.Errorf("write a value of %s: %w", f.Indicator, err)
	}
	n, err := w.Write(append(line, '\n'))
	return int64(n), err
}

// orNil makes texts without a wording alike, in whichever way they came to it.
func orNil(t i18n.Text) i18n.Text {
	if len(t) == 0 {
		return nil
	}
	return t
}
