package seal

import (
	"bytes"
	"encoding/binary"
	"math"
	"sync"
)

// profile is the colour space sRGB (IEC 61966-2-1) as an ICC profile of version
// 2.1: three primaries adapted to D50 and one curve. It is made of the standard's
// numbers here, so that no other's profile and licence come with the file.
var profile = sync.OnceValue(func() []byte {
	xyz := func(x, y, z float64) []byte {
		b := tagged("XYZ ")
		for _, v := range []float64{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	tags := []iccTag{
		{"desc", description("sRGB")},
		{"cprt", append(tagged("text"), "CC0: in the public domain\x00"...)},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve()}, {"gTRC", nil}, {"bTRC", nil}, // the same curve
	}
	return iccFile(tags)
})

type iccTag struct {
	signature string
	data      []byte // nil: that of the tag before
}

// tagged begins the data of a tag.
func tagged(kind string) []byte { return append([]byte(kind), 0, 0, 0, 0) }

// description is a textDescriptionType in ASCII alone.
func description(s string) []byte {
	b := binary.BigEndian.AppendUint32(tagged("desc"), uint32(len(s)+1))
	b = append(append(b, s...), 0)
	return append(b, make([]byte, 4+4+2+1+67)...) // no Unicode, no ScriptCode
}

// curve is sRGB's transfer function at 1,024 places.
func curve() []byte {
	const points = 1024
	b := binary.BigEndian.AppendUint32(tagged("curv"), points)
	for i := range points {
		v := float64(i) / (points - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*65535)))
	}
	return b
}

// iccFile puts header, table of tags and their data together.
func iccFile(tags []iccTag) []byte {
	be := binary.BigEndian
	table := be.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	start, at, length := 128+4+12*len(tags), 0, 0
	for _, t := range tags {
		if t.data != nil {
			at, length = start+len(data), len(t.data)
			data = append(data, t.data...)
			data = append(data, make([]byte, -len(data)&3)...)
		}
		table = append(table, t.signature...)
		table = be.AppendUint32(be.AppendUint32(table, uint32(at)), uint32(length))
	}
	header := make([]byte, 128)
	be.PutUint32(header, uint32(start+len(data)))
	be.PutUint32(header[8:], 0x02100000) // version
	copy(header[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{2022, 1, 1} {
		be.PutUint16(header[24+2*i:], v)
	}
	copy(header[36:], "acsp")
	for i, v := range []float64{0.9642, 1, 0.8249} { // D50
		be.PutUint32(header[68+4*i:], uint32(math.Round(v*65536)))
	}
	return bytes.Join([][]byte{header, table, data}, nil)
}
