package seal

import (
	"cmp"
	"fmt"
	"slices"
)

// attach writes the attached files, which a reader finds by name and an archive
// by the relation that they have to the document. It returns the entries of the
// catalog.
func (s *sealer) attach() []byte {
	if len(s.Attachments) == 0 {
		return nil
	}
	sorted := slices.Clone(s.Attachments)
	slices.SortStableFunc(sorted, func(a, b Attachment) int { return cmp.Compare(string(words(a.Name)), string(words(b.Name))) })
	var all, names []byte
	for _, a := range sorted {
		file := s.objects.addStream(a.Data, "/Type/EmbeddedFile/Subtype%s/Params<</Size %d/ModDate(D:%s+00'00')>>",
			name(a.MIME), len(a.Data), s.Date.UTC().Format("20060102150405"))
		spec := s.objects.add("<</Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/Data/EF<</F %d 0 R/UF %d 0 R>>>>",
			words(a.Name), words(a.Name), words(a.Description), file, file)
		all = fmt.Appendf(all, "%d 0 R ", spec)
		names = fmt.Appendf(names, "%s %d 0 R ", words(a.Name), spec)
	}
	return fmt.Appendf(nil, "/AF[%s]/Names<</EmbeddedFiles<</Names[%s]>>>>", all, names)
}
