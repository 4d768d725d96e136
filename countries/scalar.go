package countries

import (
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/internal/period"
	"gcm/objectives"
)

// objectives reads numbers of objectives, or the word all.
func (r *reader) objectives(n *yaml.Node, dst *Objectives, at place) {
	if n.Kind == yaml.ScalarNode && n.Value == "all" {
		*dst = make(Objectives, objectives.Total)
		for i := range *dst {
			(*dst)[i] = i + 1
			r.places[&(*dst)[i]] = at
		}
		return
	}
	r.list(n, reflect.ValueOf(dst).Elem(), at, "")
	for i, number := range *dst {
		if number < 1 || number > objectives.Total {
			r.fault(r.places[&(*dst)[i]], "%s is no objective of the Compact: write 1 to %d", clip(n.Content[i].Value), objectives.Total)
		}
	}
}

func (r *reader) number(n *yaml.Node, v reflect.Value, at place) {
	i, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || err != nil {
		r.fault(at, "must be a whole number")
		return
	}
	v.SetInt(int64(i))
}

func (r *reader) period(n *yaml.Node, dst *period.Period, at place, tag reflect.StructTag) {
	s, ok := r.text(n, at, tag)
	if !ok {
		return
	}
	p, err := period.Parse(s)
	if err != nil {
		r.fault(at, "%v", err)
	}
	*dst = p
}

// text reads a scalar that YAML itself takes for a text. Plain digits are taken
// only for decimals, which keep them as they are written.
func (r *reader) text(n *yaml.Node, at place, tag reflect.StructTag) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		r.fault(at, "must be a text, not a list or fields")
		return "", false
	}
	number := n.ShortTag() == "!!int" || n.ShortTag() == "!!float"
	if n.ShortTag() != "!!str" && (!number || !hasWord(tag, "decimal")) {
		r.fault(at, "%s is no text to YAML: write it in quotes", clip(n.Value))
		return "", false
	}
	if strings.TrimSpace(n.Value) == "" {
		r.fault(at, "is empty: leave it out")
		return "", false
	}
	if c, bad := controlCharacter(n.Value); bad {
		r.fault(at, "holds the control character U+%04X: take it out", c)
		return "", false
	}
	if problem := checkSyntax(n.Value, tag); problem != "" {
		r.fault(at, "%s", problem)
		return "", false
	}
	return n.Value, true
}
