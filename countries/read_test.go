package countries

import (
	"testing"
	"time"
)

func TestKazakhstanIsWhole(t *testing.T) {
	files, _ := Embedded("kazakhstan")
	start := time.Now()
	p, err := Read(files)
	t.Log(time.Since(start))
	if err != nil {
		t.Fatal(err)
	}
	_ = p
}
