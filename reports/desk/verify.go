package desk

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
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
	IsChanged   Standing = "changed"   // it says that it is a published file, or begins as one, and is not
	IsUnknown   Standing = "unknown"   // the register knows nothing of it
)

// Verdict says what a file is. Of an unknown one there is the hash alone.
type Verdict struct {
	Standing Standing
	SHA256   string // of the file that was looked at, in hexadecimal
	Found           // the published file that it is, or that it was made of
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
	for _, of := range []func(context.Context, io.Reader) (Found, error){s.claimed, s.begun} {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return v, fmt.Errorf("read the file: %w", err)
		}
		found, err := of(ctx, file)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err == nil {
			v.Standing, v.Found = IsChanged, found
		}
		return v, err
	}
	return v, nil
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

// claimed looks for the published file that the marks in a file name.
func (s *Store) claimed(ctx context.Context, file io.Reader) (Found, error) {
	m, err := seal.ReadMarks(file)
	if errors.Is(err, seal.ErrNoMarks) {
		return Found{}, fault.New(fault.NotFound, "error.not_found", "the file names no edition")
	}
	if err != nil {
		return Found{}, fmt.Errorf("read the file: %w", err)
	}
	var f EditionFile
	err = s.db.WithContext(ctx).Omit("Body").
		Joins("JOIN editions e ON e.id = edition_files.edition_id AND e.number = ?", m.Edition).
		Where("edition_files.name = ?", m.Document+".pdf").Order("edition_files.edition_id").Take(&f).Error
	if err != nil {
		return Found{}, db.Fault(err, "file "+m.Document)
	}
	return s.FindFile(ctx, f.SHA256)
}

// headSize is how many bytes tell of which published file another one is the
// beginning. The cover comes first in a PDF of ours and takes about as many; it
// says edition and date. The register has an index of as many.
const headSize = 1 << 10

// begun looks for the published file with the beginning of a file, so that one
// that was cut off before its marks is told from a stranger's. Of several it is
// the one that goes on the same for longest.
func (s *Store) begun(ctx context.Context, file io.Reader) (Found, error) {
	in := bufio.NewReader(file)
	head := make([]byte, headSize)
	if _, err := io.ReadFull(in, head); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Found{}, fault.New(fault.NotFound, "error.not_found", "the file is too short to tell whose beginning it is")
	} else if err != nil {
		return Found{}, fmt.Errorf("read the file: %w", err)
	}
	var like []EditionFile
	err := s.db.WithContext(ctx).Where(fmt.Sprintf("substr(body, 1, %d) = ?", headSize), head).Order("edition_id, name").Find(&like).Error
	if err != nil || len(like) == 0 {
		return Found{}, cmp.Or(db.Fault(err, "files that begin the same"), fault.New(fault.NotFound, "error.not_found", "no published file begins like this one"))
	}
	for at := headSize; len(like) > 1; at++ {
		b, err := in.ReadByte()
		if err != nil {
			break // it ends here: each of them may be it
		}
		if rest := slices.DeleteFunc(slices.Clone(like), func(f EditionFile) bool { return at >= len(f.Body) || f.Body[at] != b }); len(rest) > 0 {
			like = rest
		} else {
			break
		}
	}
	return s.FindFile(ctx, like[0].SHA256)
}
