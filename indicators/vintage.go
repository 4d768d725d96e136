package indicators

import "time"

// Origin says how a value came in.
type Origin string

// The origins.
const (
	FromPack    Origin = "pack"
	FromEntry   Origin = "entry"
	FromImport  Origin = "import"
	FromFormula Origin = "formula"
)

// ConfStatus says who may see a value: a code of SDMX CL_CONF_STATUS.
type ConfStatus string

// The statuses of confidentiality. All but Free keep a value from the public.
const (
	Free              ConfStatus = "F"
	NotForPublication ConfStatus = "N"
	Confidential      ConfStatus = "C"
	SecondaryByUs     ConfStatus = "D" // would give another cell away
	SecondaryBySender ConfStatus = "S"
	SmallCount        ConfStatus = "A" // too few persons
)

// Made says when, by whom and why a value came to stand.
type Made struct {
	Since  time.Time
	MadeBy string
	Reason string
}

// Vintage is a value that an observation had, with when, by whom and why it ended.
type Vintage struct {
	Observation `gorm:"embedded"`
	Until       time.Time
	EndedBy     string
	EndedReason string
}

// TableName says where vintages are kept.
func (Vintage) TableName() string { return "vintages" }
