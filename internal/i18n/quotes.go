package i18n

import "strings"

// nested are the marks of a quotation that stands inside another one.
var nested = map[string]*strings.Replacer{
	"«%s»": strings.NewReplacer("«", "„", "»", "“"),
	"“%s”": strings.NewReplacer("“", "‘", "”", "’"),
}

// unquote gives texts that a message puts between quotation marks the inner
// marks for those of their own: «Жоба „E-Visa“», never «Жоба «E-Visa»».
func unquote(form string, args []any) {
	for frame, marks := range nested {
		if !strings.Contains(form, frame) {
			continue
		}
		for i, a := range args {
			if s, ok := a.(string); ok {
				args[i] = marks.Replace(s)
			}
		}
	}
}
