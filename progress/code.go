package progress

import (
	"fmt"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// latin spells Kazakh and Russian letters in ASCII.
var latin = strings.NewReplacer(
	"а", "a", "ә", "a", "б", "b", "в", "v", "г", "g", "ғ", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "i",
	"к", "k", "қ", "q", "л", "l", "м", "m", "н", "n", "ң", "n", "о", "o", "ө", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u",
	"ұ", "u", "ү", "u", "ф", "f", "х", "kh", "һ", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "і", "i",
	"ь", "", "э", "e", "ю", "yu", "я", "ya",
)

var notInCode = regexp.MustCompile(`[^a-z0-9]+`)

// freeCode makes a code that no measure has from a title: the English one, else
// the Russian or the Kazakh one.
func freeCode(tx *gorm.DB, title i18n.Text) (string, error) {
	base := strings.Trim(notInCode.ReplaceAllString(latin.Replace(strings.ToLower(title.In("en", "ru", "kk"))), "-"), "-")
	base = strings.Trim(base[:min(len(base), 60)], "-")
	if base == "" {
		base = "measure"
	}
	var taken []string
	err := tx.Model(&objectives.Measure{}).Where("code LIKE ?", base+"%").Pluck("code", &taken).Error
	code := base
	for n := 2; objectives.Strings(taken).Has(code); n++ {
		code = fmt.Sprintf("%s-%d", base, n)
	}
	return code, db.Fault(err, "look for a free code")
}
