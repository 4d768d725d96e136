package progress

import (
	"slices"

	"gcm/indicators"
	"gcm/internal/auth"
)

// veiled reports whether an entry's figures are kept from somebody who may not
// see what the public does not: one of them is confidential, or they count so
// that some may be small. Which of them could be shown depends on all that the
// public knows; until they are released, none is.
func (h held) veiled(a auth.Actor, contents ...*Content) bool {
	if h.Kind != KindValues || a.Can(auth.SeeHidden) {
		return false
	}
	counts := indicators.Indicator{Unit: h.Unit, FigureType: h.FigureType, SmallCell: h.SmallCell}.Threshold()
	return slices.ContainsFunc(contents, func(c *Content) bool {
		return c != nil && c.Values != nil && slices.ContainsFunc(c.Values.Rows, func(f Figure) bool {
			return f.ConfStatus != "" || counts > 0 && (f.Breakdown != "" || f.Value != nil && *f.Value > -counts && *f.Value < counts)
		})
	})
}

// veil takes from a content the figures, and what is said of them.
func (c *Content) veil() {
	if c.Values == nil {
		return
	}
	v := Values{Rows: slices.Clone(c.Values.Rows)}
	for n, f := range v.Rows {
		v.Rows[n] = Figure{Period: f.Period, Breakdown: f.Breakdown, Qualifier: indicators.Missing, Hidden: true}
	}
	c.Values = &v
}
