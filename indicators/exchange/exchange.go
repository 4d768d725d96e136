// Package exchange writes and reads observations in the formats that
// statisticians use. It knows columns, code lists and messages; what a value
// means, who may see it and how it is kept is its neighbours' to say.
package exchange

import "gcm/indicators"

// Row is an observation with the code of what it observes.
type Row = indicators.Frozen
