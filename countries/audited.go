package countries

import "gcm/internal/audit"

// audited returns what the audit log says of a record: what people enter of it,
// where they keep a register, so that its history is of one piece.
func audited(r any) any {
	switch r := r.(type) {
	case Agency:
		return r.model().Content()
	case LegalInstrument:
		return r.model().Content()
	case Measure:
		return r.model().Content()
	case Challenge:
		return r.model().Content()
	case Indicator:
		return r.model().Content()
	case Questionnaire:
		m := r.model()
		return m.Content()
	case Question:
		m := r.model()
		return m.Content()
	case Source:
		r.Body = "" // its SHA-256 stands for it
		return r
	}
	return r
}

// change is the entry for a record that a pack adds, or updates when it was
// there before.
func change(key Key, before, after any) audit.Change {
	noun := key.Kind
	if noun == "legal_instrument" {
		noun = "law"
	}
	action := "create"
	if before != nil {
		action = "change"
	}
	return audit.Change{Action: action, Noun: noun, Record: key.Code, Before: before, After: after}
}
