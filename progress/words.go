package progress

import "gcm/objectives"

// The keys of the catalogue by which pages call what this room knows.

// Key names the kind of entry.
func (k Kind) Key() string { return "entry.kind." + string(k) }

// Key names the step as it stands on its button.
func (s Step) Key() string { return "entry.step." + string(s) }

// Key names the sort of evidence.
func (k EvidenceKind) Key() string { return "evidence.kind." + string(k) }

// Key names the field that differs.
func (d Difference) Key() string { return "entry.field." + d.Field }

// StateKey names how far an entry has come.
func StateKey(s objectives.State) string { return "entry.state." + string(s) }
