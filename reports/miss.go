package reports

import (
	"errors"

	"gcm/internal/i18n"
)

// miss is why a reference or a directive prints nothing, to be told to people in
// their language.
type miss struct {
	key  string // of its words, below "reference."
	args []any
}

// missing returns a miss with what its words are about.
func missing(key string, args ...any) error { return &miss{key, args} }

// Error says it in English, for commands and logs.
func (m *miss) Error() string {
	p, err := i18n.New("en")
	if err != nil {
		return m.key
	}
	return m.says(p)
}

func (m *miss) says(p *i18n.Printer) string { return p.T("reference."+m.key, m.args...) }

// Why says in the reader's language why a text cannot be printed as it stands;
// what has no words of its own is said in English.
func Why(p *i18n.Printer, err error) string {
	var m *miss
	if errors.As(err, &m) {
		return m.says(p)
	}
	return err.Error()
}
