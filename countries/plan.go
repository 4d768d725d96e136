package countries

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"gcm/internal/audit"
)

// plan compares what a pack says with what is there and with what the pack last
// wrote, and decides record by record.
type plan struct {
	write  map[Key]bool   // to be added or updated
	ledger map[Key]string // what the ledger is to hold anew
	log    []audit.Change
	report Report
}

// newPlan decides. A record that a person changed since is left as it is: its
// present content is not what the pack last wrote.
func newPlan(pack, present *Pack, ledger map[Key]string) (*plan, error) {
	p := &plan{write: map[Key]bool{}, ledger: map[Key]string{}, report: Report{Country: pack.Country.Code}}
	wanted, err := pack.contents()
	if err != nil {
		return p, err
	}
	here, err := present.contents()
	if err != nil {
		return p, err
	}
	for _, key := range wanted.keys {
		if err := p.decide(key, wanted.json[key], here.json, ledger); err != nil {
			return p, err
		}
		if p.write[key] {
			p.log = append(p.log, change(key, here.audited[key], wanted.audited[key]))
		}
	}
	for key := range ledger {
		_, still := wanted.json[key]
		if _, there := here.json[key]; there && !still {
			p.report.Gone = append(p.report.Gone, key)
		}
	}
	slices.SortFunc(p.report.Gone, compareKeys)
	return p, nil
}

func (p *plan) decide(key Key, wanted string, here, ledger map[Key]string) error {
	now, present := here[key]
	last, loaded := ledger[key]
	switch {
	case present && now == wanted:
		p.report.Unchanged++
	case !present && !loaded:
		p.write[key] = true
		p.report.Added = append(p.report.Added, key)
	case present && loaded && now == last:
		p.write[key] = true
		p.report.Updated = append(p.report.Updated, key)
	default:
		kept, err := differences(key, now, wanted)
		p.report.Kept = append(p.report.Kept, kept...)
		return err
	}
	if last != wanted {
		p.ledger[key] = wanted
	}
	return nil
}

// differences lists the fields in which the present content of a record and the
// pack's differ; none is present when a person took the record out.
func differences(key Key, now, wanted string) ([]Difference, error) {
	if now == "" {
		return []Difference{{Key: key}}, nil
	}
	var here, pack map[string]json.RawMessage
	if err := json.Unmarshal([]byte(now), &here); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(wanted), &pack); err != nil {
		return nil, err
	}
	all := maps.Clone(here)
	maps.Copy(all, pack)
	var list []Difference
	for _, field := range slices.Sorted(maps.Keys(all)) {
		if !bytes.Equal(here[field], pack[field]) {
			list = append(list, Difference{Key: key, Field: field, Here: string(here[field]), Pack: string(pack[field])})
		}
	}
	return list, nil
}
