package progress

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/period"
)

// AddEvidence adds a file (body, with e.FileName) or a link (e.URL) to a draft.
// It returns fault.Problems that name the fields: kind, title, language, dated,
// source, url, file.
func (s *Store) AddEvidence(ctx context.Context, actor auth.Actor, entry string, e Evidence, body []byte) (Evidence, error) {
	_, err := s.change(ctx, actor, entry, func(tx *db.DB, log *audit.Log, h *held) error {
		if _, err := h.may(actor, StepSave, h.open()); err != nil {
			return err
		}
		problems := e.normal(body)
		e.ID, e.Code, e.EntryID, e.AddedBy, e.AddedAt, e.ReleasedAt, e.RemovedAt = 0, newCode(), h.ID, actor.UserID, tx.NowFunc(), nil, nil
		if problems == nil {
			if err := e.compare(tx, &problems); err != nil {
				return err
			}
		}
		if problems != nil {
			return problems
		}
		if err := tx.Create(&e).Error; err != nil {
			return db.Fault(err, "add evidence")
		}
		if body != nil {
			if err := tx.Create(&EvidenceFile{e.ID, body}).Error; err != nil {
				return db.Fault(err, "keep the file of evidence")
			}
		}
		h.editedBy(actor)
		log.Add(audit.Change{Action: "evidence.add", Noun: "evidence", Record: e.Code, After: e.record(h.Code)})
		return h.write(tx)
	})
	if err != nil {
		return Evidence{}, err
	}
	return e, nil
}

// RemoveEvidence takes a piece of evidence out of a draft. A file that was never
// released is deleted; one that was stays public until the entry is released
// again.
func (s *Store) RemoveEvidence(ctx context.Context, actor auth.Actor, code string) error {
	entry, err := s.owner(ctx, code)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, actor, entry, func(tx *db.DB, log *audit.Log, h *held) error {
		if _, err := h.may(actor, StepSave, h.open()); err != nil {
			return err
		}
		var e Evidence
		if err := tx.Where("code = ? AND removed_at IS NULL", code).Take(&e).Error; err != nil {
			return db.Fault(err, "evidence "+code)
		}
		if err := tx.Model(&e).Update("removed_at", tx.NowFunc()).Error; err != nil {
			return db.Fault(err, "take out evidence "+code)
		}
		if err := dropFiles(tx, h.ID); err != nil {
			return err
		}
		h.editedBy(actor)
		log.Add(audit.Change{Action: "evidence.remove", Noun: "evidence", Record: code, Before: e.record(h.Code)})
		return h.write(tx)
	})
	return err
}

// dropFiles deletes the files of an entry that were taken out and are not public.
func dropFiles(tx *gorm.DB, entry int64) error {
	gone := tx.Model(&Evidence{}).Select("id").Where("entry_id = ? AND removed_at IS NOT NULL AND released_at IS NULL", entry)
	return db.Fault(tx.Where("evidence_id IN (?)", gone).Delete(&EvidenceFile{}).Error, "delete files of evidence")
}

// releaseEvidence makes public what the entry shows now, and nothing else of it.
func (h *held) releaseEvidence(tx *gorm.DB) error {
	of := func() *gorm.DB { return tx.Model(&Evidence{}).Where("entry_id = ?", h.ID) }
	if err := of().Where("removed_at IS NULL AND released_at IS NULL").Update("released_at", tx.NowFunc()).Error; err != nil {
		return db.Fault(err, "release evidence of "+h.Code)
	}
	if err := of().Where("removed_at IS NOT NULL").Update("released_at", nil).Error; err != nil {
		return db.Fault(err, "take back evidence of "+h.Code)
	}
	return dropFiles(tx, h.ID)
}

// Evidence returns the evidence of an entry as far as the actor sees it.
func (s *Store) Evidence(ctx context.Context, actor auth.Actor, entry string) ([]Evidence, error) {
	var h held
	tx := s.db.WithContext(ctx)
	if err := find(tx, actor, "e.code = ?", entry).Take(&h).Error; err != nil {
		return nil, db.Fault(err, "entry "+entry)
	}
	var rows []Evidence
	err := h.shown(tx).Order("id").Find(&rows).Error
	if !inside(actor, h.Entry) {
		for i := range rows {
			rows[i].AddedBy = 0
		}
	}
	return rows, db.Fault(err, "list evidence of "+entry)
}

// shown selects the evidence of the entry in the form in which it was found:
// with the draft what is in it, with what was released what was released.
func (h held) shown(tx *gorm.DB) *gorm.DB {
	q := tx.Model(&Evidence{}).Where("entry_id = ?", h.ID)
	if h.Whole {
		return q.Where("removed_at IS NULL")
	}
	return q.Where("released_at IS NOT NULL")
}

// EvidenceFile returns a piece of evidence with its bytes, which are nil for a
// link. The zero actor gets what was released.
func (s *Store) EvidenceFile(ctx context.Context, actor auth.Actor, code string) (Evidence, []byte, error) {
	entry, err := s.owner(ctx, code)
	if err != nil {
		return Evidence{}, nil, err
	}
	list, err := s.Evidence(ctx, actor, entry)
	if err != nil {
		return Evidence{}, nil, err
	}
	at := slices.IndexFunc(list, func(e Evidence) bool { return e.Code == code })
	if at < 0 {
		return Evidence{}, nil, fault.New(fault.NotFound, "error.not_found", "evidence %s is out of reach", code)
	}
	if list[at].FileName == "" {
		return list[at], nil, nil
	}
	var file EvidenceFile
	err = s.db.WithContext(ctx).Take(&file, list[at].ID).Error
	return list[at], file.Body, db.Fault(err, "file of evidence "+code)
}

// owner returns the code of the entry that a piece of evidence belongs to.
func (s *Store) owner(ctx context.Context, evidence string) (string, error) {
	var e Entry
	err := s.db.WithContext(ctx).Select("code").Where("id = (SELECT entry_id FROM evidence WHERE code = ?)", evidence).Take(&e).Error
	return e.Code, db.Fault(err, "evidence "+evidence)
}

// normal brings the piece into the form in which it is kept.
func (e *Evidence) normal(body []byte) fault.Problems {
	var problems fault.Problems
	if !slices.Contains(EvidenceKinds, e.Kind) {
		problems.Add("kind", "entry.error.unknown")
	}
	e.Title = normalLine("title", e.Title, &problems)
	e.Source = normalLine("source", e.Source, &problems)
	if e.Title == "" {
		problems.Add("title", "evidence.error.title")
	}
	if !language.MatchString(e.Language) {
		problems.Add("language", "entry.error.language")
	}
	var err error
	if e.Dated, err = period.Parse(strings.TrimSpace(string(e.Dated))); err != nil {
		problems.Add("dated", "entry.error.period")
	}
	if e.URL = strings.TrimSpace(e.URL); e.URL != "" && body == nil {
		e.FileName, e.MediaType, e.Size, e.SHA256 = "", "", 0, ""
		if !webAddress(e.URL) {
			problems.Add("url", "evidence.error.url")
		}
		return problems
	}
	e.URL, e.FileName = "", safeName(e.FileName)
	var problem string
	if e.MediaType, problem = sniff(e.FileName, body); problem != "" {
		problems.Add("file", problem, LargestFile>>20)
	}
	e.Size, e.SHA256 = int64(len(body)), fmt.Sprintf("%x", sha256.Sum256(body))
	return problems
}

// longestLine is how many characters a text of one line has at most.
const longestLine = 300

// normalLine is normalString for a text of one line.
func normalLine(field, s string, problems *fault.Problems) string {
	s, problem := NormalString(strings.Join(strings.Fields(s), " "), longestLine)
	if problem != "" {
		problems.Add(field, problem, longestLine)
	}
	return s
}

// webAddress reports whether s leads to a page of the web and nowhere else.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil && len(s) <= 2000
}

// compare refuses what the entry shows already.
func (e *Evidence) compare(tx *gorm.DB, problems *fault.Problems) error {
	q := tx.Model(&Evidence{}).Where("entry_id = ? AND removed_at IS NULL", e.EntryID)
	field := "file"
	if e.URL != "" {
		q, field = q.Where("url = ?", e.URL), "url"
	} else {
		q = q.Where("sha256 = ? AND url = ''", e.SHA256)
	}
	var n int64
	err := q.Count(&n).Error
	if n > 0 {
		problems.Add(field, "evidence.error.twice")
	}
	return db.Fault(err, "look for the same evidence")
}

// evidenceRecord is what the audit log keeps of a piece of evidence.
type evidenceRecord struct {
	Entry     string        `json:"entry"`
	Kind      EvidenceKind  `json:"kind"`
	Title     string        `json:"title"`
	Language  string        `json:"language"`
	Dated     period.Period `json:"dated,omitempty"`
	Source    string        `json:"source,omitempty"`
	URL       string        `json:"url,omitempty"`
	FileName  string        `json:"file_name,omitempty"`
	MediaType string        `json:"media_type,omitempty"`
	Size      int64         `json:"size,omitempty"`
	SHA256    string        `json:"sha256,omitempty"`
}

func (e Evidence) record(entry string) evidenceRecord {
	return evidenceRecord{entry, e.Kind, e.Title, e.Language, e.Dated, e.Source, e.URL, e.FileName, e.MediaType, e.Size, e.SHA256}
}
