package desk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"gcm/internal/fault"
	"gcm/reports"
)

func TestKeptSnapshotIsHeldAgainstItsHash(t *testing.T) {
	said := reports.Snapshot{Cycle: "2026", Texts: []reports.FrozenText{{Section: "intro", Language: "kk", Body: "Бір мәтін."}}}
	body, hash, err := said.Seal()
	if err != nil {
		t.Fatal(err)
	}
	row := func(body []byte, hash string) Snapshot {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(body)
		_ = z.Close()
		return Snapshot{Hash: hash, Body: packed.Bytes()}
	}
	if open, err := row(body, hash).Open(); err != nil || open.Texts[0].Body != "Бір мәтін." {
		t.Errorf("it opens as %v, %v", open, err)
	}
	other := bytes.Replace(body, []byte("Бір"), []byte("Екі"), 1)
	if _, err := row(other, hash).Open(); fault.KindOf(err) != fault.Internal {
		t.Errorf("one with another word opens: %v", err)
	}
	sum := sha256.Sum256([]byte(`{"Cycle":"2026","Unknown":1}`))
	if _, err := row([]byte(`{"Cycle":"2026","Unknown":1}`), hex.EncodeToString(sum[:])).Open(); err == nil {
		t.Error("one of another program, with what this one does not know, opens")
	}
}
