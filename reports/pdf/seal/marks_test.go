package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

var published = Marks{Document: "review-2022-kk", Edition: 2, Snapshot: strings.Repeat("0f", 32), URL: "https://example.org/reviews/2022/2?a=1&b=<2>"}

// packet is the metadata of a file with marks.
func packet(m Marks) []byte {
	s := &sealer{File: &File{Title: "Шолу", Lang: "kk", Date: time.Unix(0, 0), Marks: m}}
	return s.xmp()
}

func TestMarksAreReadBackFromAnywhereInAFile(t *testing.T) {
	for _, before := range []int{0, 9, mostPacket - 5, mostPacket, 2*mostPacket - 3, 2 * mostPacket, 5*mostPacket + 17} {
		file := append(bytes.Repeat([]byte("x"), before), packet(published)...)
		file = append(file, "and so on"...)
		for name, r := range map[string]io.Reader{"at once": bytes.NewReader(file), "in halves": iotest.HalfReader(bytes.NewReader(file))} {
			if got, err := ReadMarks(r); err != nil || got != published {
				t.Errorf("after %d bytes, %s: %+v, %v", before, name, got, err)
			}
		}
	}
}

func TestAFileWithoutMarksSaysSo(t *testing.T) {
	for _, file := range []string{
		"", "%PDF-1.7", string(packet(Marks{})), "<?xpacket begin", "<?xpacket begin<?xpacket end",
		strings.Repeat("<?xpacket begin", 100000), "<?xpacket begin" + strings.Repeat("<a>", mostPacket) + "<?xpacket end",
		strings.Replace(string(packet(published)), "<gcm:edition>2", "<gcm:edition>-2", 1),
		strings.Replace(string(packet(published)), namespace, "urn:other", -1),
	} {
		if m, err := ReadMarks(strings.NewReader(file)); !errors.Is(err, ErrNoMarks) {
			t.Errorf("%.40q: %+v, %v", file, m, err)
		}
	}
}

func TestAnotherPacketBeforeTheMarksIsPassedOver(t *testing.T) {
	file := append(packet(Marks{}), packet(published)...)
	if got, err := ReadMarks(bytes.NewReader(file)); err != nil || got != published {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAFailedReadIsReported(t *testing.T) {
	broken := errors.New("the disk is broken")
	if _, err := ReadMarks(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// FuzzReadMarks reads marks from anything: nothing may panic, and nothing long
// may come back.
func FuzzReadMarks(f *testing.F) {
	f.Add(packet(published))
	f.Add(packet(Marks{}))
	f.Add([]byte("<?xpacket begin <a xmlns=\"urn:gcm:edition:1\"><edition>1</edition><snapshot>x</snapshot></a><?xpacket end"))
	f.Fuzz(func(t *testing.T, file []byte) {
		m, err := ReadMarks(bytes.NewReader(file))
		if err == nil && (m.Edition < 1 || m.Snapshot == "" || len(fmt.Sprint(m)) > 4*mostMark) {
			t.Errorf("%+v", m)
		}
	})
}
