package quality

import (
	"slices"

	"gcm/indicators"
)

// targetSide finds targets that lie where the indicator is not to go.
func targetSide(s *subject) {
	if s.BaselineValue == nil || s.Direction == indicators.Neutral {
		return
	}
	for _, t := range s.Targets {
		if gain := t.Value - *s.BaselineValue; s.Direction == indicators.IncreaseGood && gain < 0 || s.Direction == indicators.DecreaseGood && gain > 0 {
			s.tell("", nil, "target_side", s.targetAmount(t), when(t.Period), s.baseline(), when(s.BaselinePeriod))
		}
	}
}

// targetPassed finds targets that were reached before the time they are set for:
// they ask for nothing any more.
func targetPassed(s *subject) {
	last, ok := s.latest()
	if !ok || s.Direction == indicators.Neutral {
		return
	}
	for _, t := range s.Targets {
		beyond := last.value - t.Value
		if s.Direction == indicators.DecreaseGood {
			beyond = -beyond
		}
		right := s.BaselineValue == nil || (t.Value-*s.BaselineValue)*beyond >= 0 || beyond > 0
		if beyond > 0 && right && last.at.Last().Before(t.Period.First()) && !s.told("", nil, "target-side") {
			s.tell("", nil, "target_passed", s.targetAmount(t), when(t.Period), last.amount(), when(last.at))
		}
	}
}

// baselineAgainstValue finds baselines that are not the value of their period.
func baselineAgainstValue(s *subject) {
	if s.BaselineValue == nil || s.BaselinePeriod == "" {
		return
	}
	for _, one := range s.series {
		n := slices.IndexFunc(one.points, func(p point) bool { return p.at == s.BaselinePeriod && !p.missing && p.unit == s.Unit })
		if !one.total() || n < 0 {
			continue
		}
		base := point{value: *s.BaselineValue, decimals: s.BaselineDecimals, qualifier: indicators.Exact}
		if p := one.points[n]; !base.interval(0).meets(p.interval(0)) {
			s.tell(p.at, nil, "baseline", s.baseline(), when(p.at), p.amount())
		}
	}
}

func (s *subject) baseline() amount {
	return amount{value: *s.BaselineValue, decimals: s.BaselineDecimals, unit: s.Unit}
}

func (s *subject) targetAmount(t indicators.Target) amount {
	return amount{value: t.Value, decimals: t.Decimals, unit: s.Unit}
}

// latest is the newest value of the total.
func (s *subject) latest() (last point, ok bool) {
	for _, one := range s.series {
		for _, p := range one.points {
			if one.total() && p.dated() && !p.missing && p.to >= last.to {
				last, ok = p, true
			}
		}
	}
	return last, ok
}
