package chart

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestSVGIsWellFormedAndNamed(t *testing.T) {
	eachDrawing(t, func(t *testing.T, _ Chart, d Drawing) {
		for _, svg := range []string{SVG(d, "x", `<b>&"`, "a\x00b\xff"), StandaloneSVG(d, "Босқындар", "")} {
			decoder := xml.NewDecoder(strings.NewReader(svg))
			for {
				if _, err := decoder.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%v in %s", err, svg)
				}
			}
			if !strings.Contains(svg, `role="img" aria-labelledby="`) || !strings.Contains(svg, "<title id=") || strings.Contains(svg, "style=") {
				t.Errorf("the picture has no name, or a style that a page's policy forbids: %.200s", svg)
			}
		}
	})
}

func TestEveryPaintHasAColour(t *testing.T) {
	eachDrawing(t, func(t *testing.T, _ Chart, d Drawing) {
		if svg := StandaloneSVG(d, "t", ""); strings.Contains(svg, `=""`) {
			t.Errorf("an empty colour: %s", svg)
		}
	})
}
