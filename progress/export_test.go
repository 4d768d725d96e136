package progress

import "gcm/internal/fault"

// Sniff is what becomes of a file's name, and its type, for the fuzz test.
func Sniff(name string, body []byte) (kept, mediaType, problem string) {
	kept = safeName(name)
	mediaType, problem = sniff(kept, body)
	return kept, mediaType, problem
}

// Normal is the form in which a content is kept, for the fuzz test.
func (c Content) Normal(kind Kind) (Content, fault.Problems) { return c.normal(kind) }
