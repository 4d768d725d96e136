package countries

import (
	"bytes"
	"encoding/json"
	"strings"

	"gcm/reports"
)

// Key names one record of a pack.
type Key struct {
	Kind string // "measure"; one of kinds
	Code string // of an observation: "arrivals@2019{sector=mining}"; of a section: "2022/kk/about"
}

func (k Key) String() string { return k.Kind + " " + k.Code }

// kinds lists the kinds of record in the order in which they are shown.
var kinds = []string{
	"country", "source", "agency", "legal_instrument", "measure", "challenge", "term",
	"dimension", "indicator", "observation", "cycle", "review", "section", "questionnaire", "question",
}

// record is one thing that the ledger keeps, compares and finds again.
type record interface{ key() Key }

func (c Country) key() Key         { return Key{"country", c.Code} }
func (s Source) key() Key          { return Key{"source", s.Code} }
func (a Agency) key() Key          { return Key{"agency", a.Code} }
func (l LegalInstrument) key() Key { return Key{"legal_instrument", l.Code} }
func (m Measure) key() Key         { return Key{"measure", m.Code} }
func (c Challenge) key() Key       { return Key{"challenge", c.Code} }
func (t Term) key() Key            { return Key{"term", t.Code} }
func (d Dimension) key() Key       { return Key{"dimension", d.Code} }
func (i Indicator) key() Key       { return Key{"indicator", i.Code} }
func (c Cycle) key() Key           { return Key{"cycle", c.Code} }
func (r Review) key() Key          { return Key{"review", r.Cycle} }
func (s Section) key() Key         { return Key{"section", s.path()} }
func (q Questionnaire) key() Key   { return Key{"questionnaire", reports.QuestionnaireCode} }
func (q Question) key() Key        { return Key{"question", q.Code} }

// key of an observation is how a footnote refers to it, without the word indicator.
func (o Observation) key(of Indicator) Key {
	ref := reports.Reference{Kind: reports.RefIndicator, Code: of.Code, Period: o.Period, Breakdown: o.Breakdown}
	return Key{"observation", strings.TrimPrefix(ref.String(), reports.RefIndicator+":")}
}

// contents holds records as JSON, in which they are compared.
type contents struct {
	keys    []Key // in the pack's order
	json    map[Key]string
	audited map[Key]any // what the audit log says of them
}

// contents returns every record of the pack. An observation is a record of its
// own, so that a figure that a person enters does not hold up its indicator.
func (p *Pack) contents() (*contents, error) {
	c := &contents{json: map[Key]string{}, audited: map[Key]any{}}
	if p.Country.Code != "" {
		if err := c.add(p.Country.key(), p.Country); err != nil {
			return nil, err
		}
	}
	for _, i := range p.Indicators {
		for _, o := range i.Observations {
			if err := c.add(o.key(i), o); err != nil {
				return nil, err
			}
		}
		i.Observations = nil
		if err := c.add(i.key(), i); err != nil {
			return nil, err
		}
	}
	for _, err := range []error{
		addAll(c, p.Sources), addAll(c, p.Agencies), addAll(c, p.LegalInstruments), addAll(c, p.Measures), addAll(c, p.Challenges),
		addAll(c, p.Terms), addAll(c, p.Dimensions), addAll(c, p.Cycles), addAll(c, p.Reviews), addAll(c, p.Sections),
		addAll(c, p.Questionnaire), addAll(c, p.Questions),
	} {
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

func addAll[R record](c *contents, list []R) error {
	for _, r := range list {
		if err := c.add(r.key(), r); err != nil {
			return err
		}
	}
	return nil
}

// add keeps a record as JSON in which letters such as < stay as they are.
func (c *contents) add(key Key, r any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(r)
	c.keys = append(c.keys, key)
	c.json[key] = strings.TrimSpace(b.String())
	c.audited[key] = audited(r)
	return err
}
