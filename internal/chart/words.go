package chart

import (
	"slices"
	"strings"
	"unicode"
)

// wrap breaks text into lines of at most width points. A word that is too long
// is broken, a no-break space is kept; what does not fit into the last line ends in
// an ellipsis. A preposition stands with its noun where that leaves no word out.
func (cv *canvas) wrap(text string, size, width float64, bold bool, lines int) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' })
	out, rest := cv.broken(words, size, width, bold, lines, true)
	if rest != "" {
		out, rest = cv.broken(words, size, width, bold, lines, false)
	}
	if rest != "" {
		out[lines-1] = cv.clip(out[lines-1]+" "+rest, size, width, bold)
	}
	return out
}

// broken sets words into so many lines and returns the words that are left over.
// When bound, no line ends in a short word that fits before the next one.
func (cv *canvas) broken(words []string, size, width float64, bold bool, lines int, bound bool) (out []string, rest string) {
	words = slices.Clone(words)
	line := ""
	for len(words) > 0 && len(out) < lines {
		joined := strings.TrimSpace(line + " " + words[0])
		switch {
		case cv.measure(joined, size, bold) <= width:
			line, words = joined, words[1:]
		case line == "":
			head, rest := cv.split(words[0], size, width, bold)
			line, words[0] = head, rest
			if rest == "" {
				words = words[1:]
			}
		default:
			kept, short := line, ""
			if bound {
				kept, short = shortEnd(line)
			}
			if short != "" && cv.measure(short+" "+words[0], size, bold) > width {
				kept, short = line, ""
			}
			out, line = append(out, kept), short
		}
	}
	if len(words) == 0 && line != "" {
		return append(out, line), ""
	}
	return out, strings.TrimSpace(line + " " + strings.Join(words, " "))
}

// shortEnd parts a line before the prepositions and the like at its end. All of it
// is kept when it has no other words.
func shortEnd(line string) (kept, short string) {
	kept = line
	for {
		at := strings.LastIndexByte(kept, ' ')
		if !binds(kept[at+1:]) {
			return kept, strings.TrimSpace(line[len(kept):])
		}
		if at < 0 {
			return line, ""
		}
		kept = kept[:at]
	}
}

// binds reports whether a word stands with the next: it has one or two letters, as
// о, по, of, or is one of the longer Russian prepositions.
func binds(word string) bool {
	letters := []rune(word)
	if slices.ContainsFunc(letters, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return false
	}
	return len(letters) == 1 || len(letters) == 2 || slices.Contains([]string{"без", "для", "над", "под", "при"}, word)
}

// split returns as much of a word as fits, at least one rune, and the rest.
func (cv *canvas) split(word string, size, width float64, bold bool) (head, rest string) {
	runes := []rune(word)
	n := 1
	for n < len(runes) && cv.measure(string(runes[:n+1]), size, bold) <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}

// clip shortens text to width points, ending in an ellipsis when it was longer.
func (cv *canvas) clip(text string, size, width float64, bold bool) string {
	text = strings.TrimSpace(text)
	if cv.measure(text, size, bold) <= width {
		return text
	}
	kept := ""
	for i := range text {
		if cv.measure(text[:i]+"…", size, bold) > width {
			break
		}
		kept = text[:i]
	}
	return strings.TrimSpace(kept) + "…"
}

// widest returns the width of the widest of the texts.
func (cv *canvas) widest(texts []string, size float64, bold bool) float64 {
	w := 0.0
	for _, t := range texts {
		w = max(w, cv.measure(t, size, bold))
	}
	return w
}

// fold breaks a label at the space nearest to its middle; nil when it has none
// or would still be wide.
func (cv *canvas) fold(text string) []string {
	best := -1
	for i, r := range text {
		if r == ' ' && (best < 0 || abs(2*i-len(text)) < abs(2*best-len(text))) {
			best = i
		}
	}
	if best <= 0 || best == len(text)-1 || cv.measure(text, textSize, true) > 0.6*cv.width {
		return nil
	}
	return []string{text[:best], text[best+1:]}
}

func abs(n int) int { return max(n, -n) }
