package indicators

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"gcm/internal/i18n"
)

// Code is a code of an SDMX code list. An unverified one was not found in the
// list as its owner publishes it; no wording but the English is official.
type Code struct {
	Code     string    `json:"code"`
	Verified bool      `json:"verified"`
	Name     i18n.Text `json:"name"`
}

// CodeList is a code list of SDMX.
type CodeList struct {
	ID    string `json:"id"`
	Codes []Code `json:"codes"`
}

// Named returns the code with its names, and whether the list has it.
func (l CodeList) Named(code string) (Code, bool) {
	n := slices.IndexFunc(l.Codes, func(c Code) bool { return c.Code == code })
	if n < 0 {
		return Code{Code: code}, false
	}
	return l.Codes[n], true
}

//go:embed codes.json
var codes []byte

// Statuses are the lists of what can be said of a value.
type Statuses struct {
	Obs  CodeList `json:"obs_status"`
	Conf CodeList `json:"conf_status"`
}

// CodeLists returns the lists of statuses.
var CodeLists = sync.OnceValue(func() Statuses {
	var lists Statuses
	if err := json.Unmarshal(codes, &lists); err != nil {
		panic(err) // it is part of the program
	}
	return lists
})

// ForValue reports whether a status of observation goes with a value; the others
// say why there is none.
func ForValue(status string) bool { return !slices.Contains(missingStatuses, status) }

// missingStatuses say that there is no value, and why.
var missingStatuses = []string{"H", "L", "M", "O", "Q"}
