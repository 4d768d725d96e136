package countries

import (
	"gcm/indicators"
	"gcm/internal/i18n"
)

// Dimension is a way of breaking figures down.
type Dimension struct {
	Code  string          `json:"code" check:"required dimension"`
	Name  i18n.Text       `json:"name" check:"required"`
	Codes []DimensionCode `json:"codes" check:"required"`
}

// DimensionCode is one value of a dimension.
type DimensionCode struct {
	Code string    `json:"code" check:"required word"`
	Name i18n.Text `json:"name" check:"required"`
}

func (d Dimension) model() indicators.Dimension {
	row := indicators.Dimension{Code: d.Code, Name: d.Name}
	for i, c := range d.Codes {
		row.Codes = append(row.Codes, indicators.DimensionCode{Code: c.Code, Name: c.Name, Position: i})
	}
	return row
}

func dimensionOf(row indicators.Dimension) Dimension {
	d := Dimension{Code: row.Code, Name: row.Name}
	for _, c := range row.Codes {
		d.Codes = append(d.Codes, DimensionCode{Code: c.Code, Name: c.Name})
	}
	return d
}
