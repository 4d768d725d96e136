package countries

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"gcm/objectives"
)

// sources reads the texts that records quote.
func (r *reader) sources() {
	r.texts = map[string][]rune{}
	for i := range r.pack.Sources {
		s := &r.pack.Sources[i]
		if s.File == "" {
			continue
		}
		if !slices.Contains(r.files, s.File) {
			r.faultAt(&s.File, "there is no file %s", clip(s.File))
			continue
		}
		b, ok := r.bytes(s.File)
		if !ok {
			continue
		}
		if sum := sha256.Sum256(b); s.SHA256 != "" && hex.EncodeToString(sum[:]) != s.SHA256 {
			r.faultAt(&s.SHA256, "%s is another text: its sha256 is %x", s.File, sum)
		}
		s.Body = string(b)
		r.texts[s.Code] = []rune(s.Body)
	}
}

// quotes checks that each quote stands in its source, word for word, where it
// says. A pack with one source need not name it.
func (r *reader) quotes(quotes objectives.Quotes) {
	for i := range quotes {
		q := &quotes[i]
		if q.Source == "" && len(r.pack.Sources) == 1 {
			q.Source = r.pack.Sources[0].Code
		}
		text, there := r.texts[q.Source]
		from, length := q.Offset, len([]rune(q.Text))
		switch {
		case q.Source == "" && !r.broken[packFile]:
			r.faultAt(q, "must name its source, since the pack has %d", len(r.pack.Sources))
		case !there && !slices.ContainsFunc(r.pack.Sources, func(s Source) bool { return s.Code == q.Source }) && !r.broken[packFile]:
			r.faultAt(&q.Source, "there is no source %s in %s", clip(q.Source), packFile)
		case there && (from < 0 || from > len(text)-length || string(text[from:from+length]) != q.Text):
			r.faultAt(q, "%s does not stand in %s at character %d", clip(q.Text), q.Source, from)
		}
	}
}
