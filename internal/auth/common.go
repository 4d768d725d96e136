package auth

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"gcm/internal/fault"
)

// The length of a password in characters, of any kind.
const (
	shortest = 8
	longest  = 128
)

// commonText are words that the commonest passwords are made of, one on a line.
//
//go:embed common.txt
var commonText string

var common = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(commonText) {
		words[word] = true
	}
	return words
}()

// checkNew returns what is wrong with a password that a person wants to have.
func checkNew(password string, user User) fault.Problems {
	var wrong fault.Problems
	folded := strings.ToLower(password)
	mailbox, _, _ := strings.Cut(user.Email, "@")
	switch n := utf8.RuneCountInString(password); {
	case n < shortest, n > longest, !utf8.ValidString(password):
		wrong.Add("password", "error.password.length", shortest, longest)
	case folded == user.Email, folded == mailbox, folded == strings.ToLower(user.Name):
		wrong.Add("password", "error.password.name")
	case isCommon(folded):
		wrong.Add("password", "error.password.common")
	}
	return wrong
}

// isCommon reports whether a folded password is a common word with the usual
// ornaments, a common word twice, or a run of neighbouring characters. One rule
// for a word catches what a list holds as hundreds of lines.
func isCommon(password string) bool {
	core := strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, form := range []string{password, core} {
		if form != "" && (isWord(form) || isWord(strings.Map(unleet, form))) {
			return true
		}
	}
	return false
}

// isWord reports whether it is a common word, once or repeated.
func isWord(word string) bool {
	if common[word] || isRun(word) {
		return true
	}
	half := len(word) / 2
	return len(word)%2 == 0 && word[:half] == word[half:] && common[word[:half]]
}

// isRun reports whether few different steps lead from each character to the
// next: 12345678, aaaaaaaa, 20202020.
func isRun(text string) bool {
	if utf8.RuneCountInString(text) < 5 {
		return false
	}
	steps, distinct := map[rune]bool{}, map[rune]bool{}
	var last rune
	for i, r := range text {
		if i > 0 {
			steps[r-last] = true
		}
		distinct[r] = true
		last = r
	}
	return len(steps) <= 2 || len(distinct) <= 2
}

// unleet turns the usual stand-ins for letters back.
func unleet(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!':
		return 'i'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7':
		return 't'
	}
	return r
}
