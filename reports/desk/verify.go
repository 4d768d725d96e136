package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/reports/pdf/seal"
)

// Standing is what the register of editions says of a file.
type Standing string

// The standings.
const (
	IsPublished Standing = "published" // it is a published file, byte for byte
	IsChanged   Standing = "changed"   // it says that it is a published file, and is not
	IsUnknown   Standing = "unknown"   // the register knows nothing of it
)

// Verdict says what a file is. Of an unknown one there is the hash alone.
type Verdict struct {
	Standing Standing
	SHA256   string // of the file that was looked at, in hexadecimal
	Found           // the published file that it is, or that it says it is
}

// Verify compares a file with the register of editions. It keeps nothing of it.
func (s *Store) Verify(ctx context.Context, file io.ReadSeeker) (Verdict, error) {
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return Verdict{}, fmt.Errorf("read the file: %w", err)
	}
	v, err := s.VerifyHash(ctx, hex.EncodeToString(h.Sum(nil)))
	if err != nil || v.Standing == IsPublished {
		return v, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return v, fmt.Errorf("read the file: %w", err)
	}
	marks, err := seal.ReadMarks(file)
	if errors.Is(err, seal.ErrNoMarks) {
		return v, nil
	}
	if err != nil {
		return v, fmt.Errorf("read the file: %w", err)
	}
	found, err := s.claimed(ctx, marks)
	if fault.KindOf(err) == fault.NotFound {
		return v, nil
	}
	if err == nil {
		v.Standing, v.Found = IsChanged, found
	}
	return v, err
}

// VerifyHash is Verify for who knows the SHA-256 of the file alone. A changed
// file is unknown by it.
func (s *Store) VerifyHash(ctx context.Context, sum string) (Verdict, error) {
	v := Verdict{Standing: IsUnknown, SHA256: strings.ToLower(sum)}
	found, err := s.FindFile(ctx, v.SHA256)
	if fault.KindOf(err) == fault.NotFound {
		return v, nil
	}
	if err == nil {
		v.Standing, v.Found = IsPublished, found
	}
	return v, err
}

// claimed looks for the published file that marks name.
func (s *Store) claimed(ctx context.Context, m seal.Marks) (Found, error) {
	var f EditionFile
	err := s.db.WithContext(ctx).Omit("Body").
		Joins("JOIN editions e ON e.id = edition_files.edition_id AND e.number = ?", m.Edition).
		Where("edition_files.name = ?", m.Document+".pdf").Order("edition_files.edition_id").Take(&f).Error
	if err != nil {
		return Found{}, db.Fault(err, "file "+m.Document)
	}
	return s.FindFile(ctx, f.SHA256)
}
