package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// The frame of body text that all engines are given, in points, and the word
// space of its face.
const (
	leftEdge  = 82.0
	rightEdge = 513.28
	bodySize  = 10.5
	wordSpace = 0.26 * bodySize
)

// look finds size, pages and gappy lines in a finished file, the same way for
// every engine.
func (r *result) look(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	r.size = info.Size()
	out, err := exec.Command("pdftotext", "-bbox-layout", path, "-").Output()
	if err != nil {
		return fmt.Errorf("pdftotext (of poppler-utils): %w", err)
	}
	r.pages = strings.Count(string(out), "<page ")
	r.gappy = gappyShare(string(out))
	return nil
}

var (
	lineTag = regexp.MustCompile(`(?s)<line [^>]*>(.*?)</line>`)
	wordTag = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"`)
)

// gappyShare is the share of justified body lines whose word spaces are on
// average more than doubled: lines that reach from edge to edge.
func gappyShare(layout string) float64 {
	lines, wide := 0, 0
	for _, line := range lineTag.FindAllStringSubmatch(layout, -1) {
		words := wordTag.FindAllStringSubmatch(line[1], -1)
		if len(words) < 2 {
			continue
		}
		first, last := number(words[0][1]), number(words[len(words)-1][3])
		if first > leftEdge+1.5 || last < rightEdge-1.5 {
			continue
		}
		gaps := 0.0
		for i := 1; i < len(words); i++ {
			gaps += number(words[i][1]) - number(words[i-1][3])
		}
		lines++
		if gaps/float64(len(words)-1) > 2*wordSpace {
			wide++
		}
	}
	if lines == 0 {
		return 0
	}
	return float64(wide) / float64(lines)
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // the pattern has let only digits through
	return v
}
