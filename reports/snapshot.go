package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"gcm/internal/i18n"
)

// Snapshot is all that a review says at a moment: its documents in every
// language and profile, and the texts that they were made from. It needs nothing
// else to be drawn, today or in ten years.
type Snapshot struct {
	Cycle     string
	Edition   int       // the number that it will have when it is published
	Erratum   i18n.Text // what it puts right of the edition before
	Documents []Frozen
	Texts     []FrozenText
}

// Frozen is one document of a snapshot.
type Frozen struct {
	Profile  Profile
	Document Document
}

// FrozenText is the text of a section as it was written.
type FrozenText struct{ Section, Language, Body string }

// Freeze composes everything that the review of a cycle says now.
func Freeze(ctx context.Context, stores Stores, cycle string) (Snapshot, error) {
	m, err := gather(ctx, stores, cycle)
	if err != nil {
		return Snapshot{}, err
	}
	out := Snapshot{Cycle: cycle, Erratum: m.review.Erratum}
	for _, lang := range i18n.Spoken(m.country.Languages) {
		profiles := Profiles
		for _, t := range m.tables {
			profiles = append(slices.Clip(profiles), BriefProfile(t.Number))
		}
		for _, profile := range profiles {
			doc, err := m.compose(lang, profile)
			if err != nil {
				return Snapshot{}, err
			}
			out.Documents = append(out.Documents, Frozen{profile, doc})
		}
		for _, section := range m.review.TextSections() {
			if text := m.review.Section(section, lang); text != nil {
				out.Texts = append(out.Texts, FrozenText{section, lang, text.Body})
			}
		}
	}
	return out, nil
}

// Document returns the document in a language and profile.
func (s *Snapshot) Document(lang string, profile Profile) (Document, bool) {
	for _, d := range s.Documents {
		if d.Document.Lang == lang && d.Profile == profile {
			return d.Document, true
		}
	}
	return Document{}, false
}

// Seal returns the snapshot as JSON, the same bytes for the same snapshot, and
// the SHA-256 of them in hexadecimal.
func (s *Snapshot) Seal() (body []byte, hash string, err error) {
	if body, err = json.Marshal(s); err != nil {
		return nil, "", fmt.Errorf("write a snapshot of review %s: %w", s.Cycle, err)
	}
	sum := sha256.Sum256(body)
	return body, hex.EncodeToString(sum[:]), nil
}

// OpenSnapshot reads what Seal wrote.
func OpenSnapshot(body []byte) (Snapshot, error) {
	var s Snapshot
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("read a snapshot of a review: %w", err)
	}
	return s, nil
}

// readers reads a block of each kind that a snapshot names.
var readers = map[string]func([]byte) (Block, error){
	"paragraph": readBlock[Paragraph], "list": readBlock[List], "table": readBlock[Table],
	"figure": readBlock[Figure], "callout": readBlock[Callout], "facts": readBlock[Facts],
}

func readBlock[B Block](body []byte) (Block, error) {
	var block B
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	err := d.Decode(&block)
	return block, err
}

// kindOf names the kind of a block in a snapshot.
func kindOf(b Block) string {
	switch b.(type) {
	case Paragraph:
		return "paragraph"
	case List:
		return "list"
	case Table:
		return "table"
	case Figure:
		return "figure"
	case Callout:
		return "callout"
	case Facts:
		return "facts"
	}
	return ""
}

// tagged is a block with its kind beside it.
type tagged struct {
	Kind  string
	Block json.RawMessage
}

// MarshalJSON writes each block with its kind.
func (b Blocks) MarshalJSON() ([]byte, error) {
	out := make([]tagged, len(b))
	for i, block := range b {
		body, err := json.Marshal(block)
		if err != nil {
			return nil, err
		}
		if out[i] = (tagged{kindOf(block), body}); out[i].Kind == "" {
			return nil, fmt.Errorf("a block of type %T cannot be kept", block)
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (b *Blocks) UnmarshalJSON(body []byte) error {
	var in []tagged
	if err := json.Unmarshal(body, &in); err != nil {
		return err
	}
	*b = nil
	for _, t := range in {
		read, known := readers[t.Kind]
		if !known {
			return fmt.Errorf("there is no kind of block %q", t.Kind)
		}
		block, err := read(t.Block)
		if err != nil {
			return err
		}
		*b = append(*b, block)
	}
	return nil
}
