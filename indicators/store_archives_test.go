package indicators_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

func TestArchiveOfAReleaseIsKeptAsItIs(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		r := release(t, store, "2027-1")
		body := make([]byte, 2<<20+12345)
		random := rand.New(rand.NewPCG(1, 2))
		for i := range body {
			body[i] = byte(random.IntN(256))
		}
		if _, err := store.KeepArchive(t.Context(), auth.Actor{Roles: []auth.Role{auth.Approver}}, r, bytes.NewReader(body)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an approver keeps an archive: %v", err)
		}
		if _, _, err := store.Archive(t.Context(), r); fault.KindOf(err) != fault.NotFound {
			t.Errorf("there is an archive before it is made: %v", err)
		}
		kept, err := store.KeepArchive(t.Context(), coordinator, r, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.KeepArchive(t.Context(), coordinator, r, bytes.NewReader(body[1:])); fault.KindOf(err) != fault.Conflict {
			t.Errorf("another archive takes its place: %v", err)
		}
		got, reader, err := store.Archive(t.Context(), r)
		if err != nil || got != kept || got.Size != int64(len(body)) {
			t.Fatalf("%+v, %v", got, err)
		}
		if err := iotest.TestReader(io.NewSectionReader(reader, 0, got.Size), body); err != nil {
			t.Error(err)
		}
		if all, err := store.Archives(t.Context()); err != nil || all[r.ID] != kept {
			t.Errorf("%+v, %v", all, err)
		}
		for _, statement := range []string{"UPDATE release_parts SET body = ''", "DELETE FROM release_parts", "UPDATE release_archives SET size = 1", "DELETE FROM release_archives"} {
			if db.Exec(statement).Error == nil {
				t.Errorf("%s is done", statement)
			}
		}
	})
}
