package register

import (
	"fmt"
	"regexp"
	"strings"

	"gcm/internal/db"
	"gcm/internal/i18n"
)

// slug is the form of a code.
var slug = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// longest is how many characters a code may have; one that is made leaves room
// for a number.
const longest = 80

// freeCode returns the code of a new record: the one that was asked for when it
// is a free one, else one made from the name.
func (r Register[C]) freeCode(tx *db.DB, asked string, name i18n.Text, found *Checks) (string, error) {
	if asked = strings.TrimSpace(asked); asked == "" {
		return FreeCode(tx, r.Table, name)
	}
	switch {
	case isPage(asked):
		found.Problems.Add("code", "register.problem.code_page", asked)
		return asked, nil
	case !slug.MatchString(asked) || len(asked) > longest:
		found.Problems.Add("code", "register.problem.code", asked)
		return asked, nil
	}
	taken, err := taken(tx, r.Table, asked)
	if taken {
		found.Problems.Add("code", "register.problem.code_taken", asked)
	}
	return asked, err
}

// FreeCode makes a code that no record of a table has from a name: from the
// English one, else from the Russian or Kazakh one in Latin letters.
func FreeCode(tx *db.DB, table string, name i18n.Text) (string, error) {
	base := Slug(name.In("en", "ru", "kk"))
	for n := 1; ; n++ {
		code := base
		if n > 1 {
			code = fmt.Sprintf("%s-%d", base, n)
		}
		if taken, err := taken(tx, table, code); err != nil || !taken && !isPage(code) {
			return code, err
		}
	}
}

func taken(tx *db.DB, table, code string) (bool, error) {
	var n int64
	err := tx.Table(table).Where("code = ?", code).Count(&n).Error
	return n > 0, db.Fault(err, "look for a free code")
}

// isPage reports whether a page stands where the record of a code would.
func isPage(code string) bool { return code == "new" || code == "compare" }

// latin spells Cyrillic letters in Latin ones.
var latin = strings.NewReplacer(
	"а", "a", "ә", "a", "б", "b", "в", "v", "г", "g", "ғ", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "i",
	"к", "k", "қ", "q", "л", "l", "м", "m", "н", "n", "ң", "ng", "о", "o", "ө", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u",
	"ұ", "u", "ү", "u", "ф", "f", "х", "kh", "һ", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "і", "i",
	"ь", "", "э", "e", "ю", "yu", "я", "ya", "'", "", "’", "",
)

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// Slug writes a name as a code: "Электронная виза" is "elektronnaya-viza".
func Slug(name string) string {
	s := notSlug.ReplaceAllString(latin.Replace(strings.ToLower(name)), "-")
	s = strings.Trim(s, "-")
	if len(s) > longest-20 { // cut between words
		s = s[:longest-20]
		if i := strings.LastIndex(s, "-"); i > 0 {
			s = s[:i]
		}
	}
	if s == "" {
		return "record"
	}
	return s
}
