package indicators

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
)

// Archive is the file in which everybody gets a release.
type Archive struct {
	ReleaseID int64 `gorm:"primaryKey;autoIncrement:false"`
	Size      int64
	SHA256    string `gorm:"column:sha256"`
}

// TableName says where archives are kept.
func (Archive) TableName() string { return "release_archives" }

// ArchivePart is a piece of an archive; all but the last are of one size.
type ArchivePart struct {
	ReleaseID int64 `gorm:"primaryKey;autoIncrement:false"`
	Number    int   `gorm:"primaryKey;autoIncrement:false"`
	Body      []byte
}

// TableName says where they are kept.
func (ArchivePart) TableName() string { return "release_parts" }

// partSize is the size of a piece in bytes.
const partSize = 1 << 20

// KeepArchive keeps the archive of a release, which has none yet, for good.
func (s *Store) KeepArchive(ctx context.Context, actor auth.Actor, r Release, body io.ReadSeeker) (Archive, error) {
	a := Archive{ReleaseID: r.ID}
	if err := actor.Need(auth.Coordinate); err != nil {
		return a, err
	}
	sum := sha256.New()
	var err error
	if a.Size, err = io.Copy(sum, body); err == nil {
		_, err = body.Seek(0, io.SeekStart)
	}
	if err != nil {
		return a, fmt.Errorf("read the archive of %s: %w", r.Code, err)
	}
	a.SHA256 = digest(sum)
	err = audit.Transact(ctx, s.db, actor.Who, func(tx *gorm.DB, log *audit.Log) error {
		if err := tx.Create(&a).Error; err != nil {
			return db.Fault(err, "archive of "+r.Code)
		}
		log.Add(audit.Change{Action: "save", Noun: "release", Record: r.Code, After: archived{a.Size, a.SHA256}})
		return keepParts(tx, a, body)
	})
	return a, err
}

// archived is what the audit log says of an archive.
type archived struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func keepParts(tx *gorm.DB, a Archive, body io.Reader) error {
	for number := 0; ; number++ {
		piece := make([]byte, partSize)
		n, err := io.ReadFull(body, piece)
		if n > 0 {
			if err := tx.Create(&ArchivePart{a.ReleaseID, number, piece[:n]}).Error; err != nil {
				return db.Fault(err, "keep the archive")
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the archive: %w", err)
		}
	}
}

// Archives returns the archives by their releases.
func (s *Store) Archives(ctx context.Context) (map[int64]Archive, error) {
	var rows []Archive
	if err := s.db.WithContext(ctx).Order("release_id").Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "list the archives")
	}
	byRelease := map[int64]Archive{}
	for _, a := range rows {
		byRelease[a.ReleaseID] = a
	}
	return byRelease, nil
}

// Archive returns the archive of a release and what reads it; a fault.NotFound
// when there is none.
func (s *Store) Archive(ctx context.Context, r Release) (Archive, *io.SectionReader, error) {
	var a Archive
	if err := s.db.WithContext(ctx).Where("release_id = ?", r.ID).Take(&a).Error; err != nil {
		return a, nil, db.Fault(err, "archive of "+r.Code)
	}
	return a, io.NewSectionReader(&archiveReader{db: s.db.WithContext(ctx), of: a, number: -1}, 0, a.Size), nil
}

// archiveReader reads an archive piece by piece. It holds the piece that it read
// last, and is for one reader alone.
type archiveReader struct {
	db     *gorm.DB
	of     Archive
	number int
	body   []byte
}

// ReadAt reads from any place of the archive.
func (r *archiveReader) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) {
		if at+int64(n) >= r.of.Size {
			return n, io.EOF
		}
		part, offset := int((at+int64(n))/partSize), (at+int64(n))%partSize
		if err := r.fetch(part); err != nil {
			return n, err
		}
		if offset >= int64(len(r.body)) {
			return n, fmt.Errorf("part %d of the archive of release %d is cut: %w", part, r.of.ReleaseID, io.ErrUnexpectedEOF)
		}
		n += copy(p[n:], r.body[offset:])
	}
	return n, nil
}

func (r *archiveReader) fetch(part int) error {
	if part == r.number {
		return nil
	}
	var row ArchivePart
	if err := r.db.Where("release_id = ? AND number = ?", r.of.ReleaseID, part).Take(&row).Error; err != nil {
		return db.Fault(err, fmt.Sprintf("part %d of the archive of release %d", part, r.of.ReleaseID))
	}
	r.number, r.body = part, row.Body
	return nil
}
