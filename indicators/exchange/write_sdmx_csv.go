package exchange

import (
	"fmt"
	"io"

	"gcm/internal/cell"
)

// writeSDMXCSV1 writes SDMX-CSV 1.0: one dataflow, its components by their ids.
// A missing value is an empty cell.
func writeSDMXCSV1(w io.Writer, s Set) error {
	return s.sdmxCSV(w, []string{"DATAFLOW"}, []string{s.reference(DataflowID)}, "")
}

// writeSDMXCSV2 writes SDMX-CSV 2.0. A missing value is NaN, as the format
// prescribes for one that is left out on purpose; each row replaces what the
// receiver has of it.
func writeSDMXCSV2(w io.Writer, s Set) error {
	return s.sdmxCSV(w, []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}, []string{"dataflow", s.reference(DataflowID), "R"}, "NaN")
}

// reference names an artefact of the structure: "KAZ_GCM:DF_GCM(1.14.0)".
func (s Structure) reference(id string) string {
	return fmt.Sprintf("%s:%s(%s)", s.Agency, id, s.Version)
}

// attributes are those that SDMX messages hold.
func (s Set) attributes() []Component {
	if s.DataOnly {
		return nil
	}
	return s.Attributes
}

func (s Set) sdmxCSV(w io.Writer, head, lead []string, missing string) error {
	dimensions := s.Dimensions
	if s.KeysOnly {
		dimensions = s.keyed()
	}
	return table(w, func(write func([]string) error) error {
		line := append([]string(nil), head...)
		for _, d := range dimensions {
			line = append(line, d.ID)
		}
		if !s.KeysOnly {
			line = append(line, Measure.ID)
		}
		for _, a := range s.attributes() {
			line = append(line, a.ID)
		}
		if err := write(line); err != nil {
			return err
		}
		series := ""
		return s.dated(func(r Row) error {
			line = append(line[:0], lead...)
			for _, d := range dimensions {
				line = append(line, d.of(r))
			}
			if s.KeysOnly {
				key := s.series(r)
				if key == series {
					return nil
				}
				series = key
				return write(line)
			}
			value := Digits(r.Observation)
			if r.Value == nil {
				value = missing
			}
			line = append(line, value)
			for _, a := range s.attributes() {
				line = append(line, cell.Harmless(a.of(r)))
			}
			return write(line)
		})
	})
}
