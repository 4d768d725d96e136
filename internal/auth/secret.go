package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// newSecret returns a random text of so many bits, a multiple of 40, in letters
// and digits that nobody confuses.
func newSecret(bits int) string {
	b := make([]byte, bits/8)
	_, _ = rand.Read(b) // never fails, by its documentation
	return base32.StdEncoding.EncodeToString(b)
}

// HashOf returns what is kept of a secret. The secrets are random and long, so
// that no salt and no slow hash is needed.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// grouped sets a secret in groups of four, for reading aloud and typing.
func grouped(secret string) string {
	var parts []string
	for ; len(secret) > 4; secret = secret[4:] {
		parts = append(parts, secret[:4])
	}
	return strings.Join(append(parts, secret), "-")
}

// typed is a secret as it was made, from however it was typed.
func typed(secret string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u00a0' || r == '\t' {
			return -1
		}
		return r
	}, strings.ToUpper(secret))
}
