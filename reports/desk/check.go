package desk

import (
	"context"
	"slices"

	"gcm/indicators/quality"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/reports"
)

// Severity says whether a finding keeps a review from its bodies.
type Severity string

// The severities.
const (
	Blocking Severity = "blocking"
	Advisory Severity = "advisory"
)

// Severities lists them, the graver one first.
var Severities = []Severity{Blocking, Advisory}

// Rule is one thing that is looked at before a review is handed in. Its name is
// kept: people link to it. Its words are checking.rule.NAME.name and .explains.
type Rule struct {
	Name     string
	Severity Severity
	look     func(*inspection) error
}

// Rules lists the rules in the order in which they are shown.
var Rules = []Rule{
	{"unresolved", Blocking, unresolved},
	{"missing-translation", Blocking, missingTranslation},
	{"outdated-translation", Blocking, outdatedTranslation},
	{"contradiction", Blocking, contradiction},
	{"changed-figure", Blocking, changedFigure},
	{"promise-unaccounted", Blocking, promiseUnaccounted},
	{"no-chain", Blocking, noChain},
	{"not-signed", Advisory, notSigned},
	{"open-comment", Advisory, openComment},
	{"objective-silent", Advisory, objectiveSilent},
	{"not-written", Advisory, notWritten},
	{"not-cleared", Advisory, notCleared},
	{"not-assessed", Advisory, notAssessed},
	{"unsourced-number", Advisory, unsourcedNumber},
	{"expired-data", Advisory, expiredData},
	{"quality-error", Advisory, qualityError},
	{"quality-warning", Advisory, qualityWarning},
	{"duplicate-chart", Advisory, duplicateChart},
	{"beside-changed", Advisory, changedFigure},
	{"brief-unresolved", Advisory, briefUnresolved},
	{"brief-untranslated", Advisory, briefUntranslated},
	{"question-unanswered", Advisory, questionUnanswered},
	{"answer-untranslated", Advisory, answerUntranslated},
	{"answer-unresolved", Advisory, answerUnresolved},
}

// Title names the rule.
func (r Rule) Title(p *i18n.Printer) string { return p.T("checking.rule." + r.Name + ".name") }

// Explains says what the rule looks for, in a sentence or two.
func (r Rule) Explains(p *i18n.Printer) string { return p.T("checking.rule." + r.Name + ".explains") }

// Finding is one thing that a rule found, and where.
type Finding struct {
	Rule     string
	Severity Severity
	Section  string // empty for the review as a whole
	Language string // empty for all
	Passage  int    // as reports.Passages counts them, from 1; 0 for none
	Detail   string // what it is about in the text: a reference, a number; may be empty
	path     string // of the page where it is put right, below that of the review; or from the root
	args     []any
}

// Message says what is wrong in the reader's language.
func (f Finding) Message(p *i18n.Printer) string {
	said := make([]any, len(f.args))
	for i, a := range f.args {
		switch a := a.(type) {
		case i18n.Text:
			said[i] = p.In(a)
		case period.Period:
			said[i] = p.Period(a)
		case spoken:
			said[i] = p.T("checking.in." + string(a))
		case error:
			said[i] = reports.Why(p, a)
		case passageNumber:
			if said[i] = p.T("writing.tab.assessments"); a > 0 {
				said[i] = p.T("checking.passage", int(a))
			}
		case objectiveName:
			said[i] = p.T("objective.title", a.Number, p.In(a.ShortTitle))
		default:
			said[i] = a
		}
	}
	return p.T("checking.found."+f.Rule, said...)
}

// spoken is a language that a message names: "in Kazakh".
type spoken string

// passageNumber is a passage that a message names; 0 for the assessments.
type passageNumber int

// objectiveName is an objective that a message names.
type objectiveName objectives.Objective

// Path is the address of the page on which the finding is put right.
func (f Finding) Path(cycle string) string {
	base := "/work/reviews/" + cycle
	switch {
	case f.path != "" && f.path[0] == '/':
		return f.path
	case f.path != "":
		return base + "/" + f.path
	case f.Section == "":
		return base
	case f.Language == "":
		return base + "/sections/" + f.Section
	}
	return base + "/sections/" + f.Section + "#text-" + f.Language
}

// Block returns the findings that keep a review from its bodies.
func Block(all []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Severity != Blocking })
}

// inspection is a review as the rules look at it.
type inspection struct {
	*reports.Review
	ctx      context.Context
	store    *Store
	living   *reports.Living
	texts    []reports.ReviewSection
	examined map[Place]reports.Examined
	answers  map[string][]reports.Answered // by language
	rule     Rule
	found    []Finding
}

// tell adds a finding of the rule that looks.
func (in *inspection) tell(f Finding, args ...any) {
	f.Rule, f.Severity, f.args = in.rule.Name, in.rule.Severity, args
	in.found = append(in.found, f)
}

func at(text reports.ReviewSection) Finding {
	return Finding{Section: text.Section, Language: text.Language}
}

// Check looks at the review of a cycle by all rules.
func (s *Store) Check(ctx context.Context, cycle string) ([]Finding, error) {
	return s.check(ctx, cycle, func(Rule) bool { return true })
}

// CheckAs is Check for a person.
func (s *Store) CheckAs(ctx context.Context, actor auth.Actor, cycle string) ([]Finding, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return nil, err
	}
	return s.Check(ctx, cycle)
}

func (s *Store) check(ctx context.Context, cycle string, by func(Rule) bool) ([]Finding, error) {
	living, err := reports.ReadLiving(ctx, s.stores, cycle)
	if err != nil {
		return nil, err
	}
	in := inspection{Review: living.Review(), ctx: ctx, store: s, living: living, texts: inOrder(living), examined: map[Place]reports.Examined{}, answers: map[string][]reports.Answered{}}
	for _, text := range in.texts {
		if in.examined[Place{text.Section, text.Language}], err = living.Examine(text.Language, text.Body); err != nil {
			return nil, err
		}
	}
	for _, in.rule = range Rules {
		if !by(in.rule) {
			continue
		}
		if err := in.rule.look(&in); err != nil {
			return nil, err
		}
	}
	return in.found, nil
}

// unresolved finds footnotes and directives that name nothing.
func unresolved(in *inspection) error {
	for _, text := range in.texts {
		for _, fault := range in.examined[Place{text.Section, text.Language}].Unresolved {
			f := at(text)
			f.Passage, f.Detail = fault.Passage, fault.Err.Error()
			in.tell(f, passageNumber(f.Passage), fault.Err)
		}
	}
	var told []string
	for _, lang := range in.living.Languages() {
		for _, err := range in.living.ComposeFaults(lang) {
			if !slices.Contains(told, err.Error()) { // the same in every language
				in.tell(Finding{Detail: err.Error(), path: "assessments"}, passageNumber(0), err)
				told = append(told, err.Error())
			}
		}
	}
	return nil
}

// missingTranslation finds texts that one language has and another has not.
func missingTranslation(in *inspection) error {
	for _, section := range in.TextSections() {
		written := slices.ContainsFunc(in.texts, func(t reports.ReviewSection) bool { return t.Section == section })
		for _, lang := range in.living.Languages() {
			if text := in.Section(section, lang); written && (text == nil || text.Body == "") {
				in.tell(Finding{Section: section, Language: lang}, spoken(lang))
			}
		}
	}
	return nil
}

// notWritten finds sections that nobody has written in any language. What the
// registers print there is no text.
func notWritten(in *inspection) error {
	for _, item := range in.Items() {
		if item.Section == reports.SectionObjectives || item.Section == reports.SectionAnnexes {
			continue
		}
		if !slices.ContainsFunc(in.texts, func(t reports.ReviewSection) bool { return t.Section == item.Section }) {
			in.tell(Finding{Section: item.Section})
		}
	}
	return nil
}

func outdatedTranslation(in *inspection) error {
	for _, text := range in.texts {
		if in.Outdated(text, in.living.Lead()) {
			in.tell(at(text), spoken(text.Language), spoken(in.living.Lead()))
		}
	}
	return nil
}

func notCleared(in *inspection) error {
	published, err := in.store.Published(in.ctx, in.ID)
	if err != nil {
		return err
	}
	for _, lang := range in.living.Languages() {
		n, first := 0, Finding{}
		for _, text := range in.texts {
			if text.Language == lang && !slices.Contains([]reports.TextState{reports.Cleared, reports.InEdition}, text.Standing(published)) {
				if n++; n == 1 {
					first = at(text)
				}
			}
		}
		if n > 0 {
			in.tell(first, n, spoken(lang))
		}
	}
	return nil
}

// contradiction finds figures and references that one language has and another
// has not. Where a text is missing or outdated, that is said already.
func contradiction(in *inspection) error {
	for _, section := range in.TextSections() {
		texts := map[string]reports.Examined{}
		for _, text := range in.texts {
			if text.Section == section && !in.Outdated(text, in.living.Lead()) {
				texts[text.Language] = in.examined[Place{section, text.Language}]
			}
		}
		for _, apart := range reports.Contradictions(texts) {
			in.tell(Finding{Section: section, Language: apart.Without, Detail: apart.Said}, apart.Said, spoken(apart.Lang), spoken(apart.Without))
		}
	}
	return nil
}

func changedFigure(in *inspection) error { // for both rules: what is beside the review blocks nothing
	all, err := in.store.readings(in.ctx, in.living)
	for _, one := range all {
		if one.Changed() && one.Beside() == (in.rule.Severity == Advisory) {
			in.tell(Finding{Section: one.Section, Language: one.Language, Passage: one.Passage, Detail: one.Directive.String(), path: "figures"}, one.Was.Printed, one.Now, spoken(one.Language))
		}
	}
	return err
}

// openComment counts the threads that wait for somebody, by text.
func openComment(in *inspection) error {
	var rows []Comment
	err := in.store.db.WithContext(in.ctx).Where("review_id = ? AND answers_id IS NULL AND resolved_at IS NULL", in.ID).Order("id").Find(&rows).Error
	count := map[Place]int{}
	var order []Place
	for _, c := range rows {
		place := Place{c.Section, c.Language}
		if count[place]++; count[place] == 1 {
			order = append(order, place)
		}
	}
	for _, place := range order {
		in.tell(Finding{Section: place.Section, Language: place.Language, path: "sections/" + place.Section + "#comments-" + place.Language}, count[place], spoken(place.Language))
	}
	return db.Fault(err, "read the open comments of a review")
}

func promiseUnaccounted(in *inspection) error {
	for _, p := range in.living.Unaccounted() {
		in.tell(Finding{Detail: p.Code, path: "promises"}, p.Code, p.Text)
	}
	return nil
}

func noChain(in *inspection) error {
	if in.State != reports.Drafting {
		return nil
	}
	chain, err := chainOf(in.store.db.WithContext(in.ctx), in.ID)
	if len(chain) == 0 && err == nil {
		in.tell(Finding{path: "clearance"})
	}
	return err
}

// notSigned finds the bodies that have not signed what lies before them.
func notSigned(in *inspection) error {
	if in.State != reports.Clearance {
		return nil
	}
	sheet, err := sheetOf(in.store.db.WithContext(in.ctx), in.Review)
	for _, b := range sheet.Bodies {
		if b.Signature == nil || b.Signature.Decision != Signed {
			in.tell(Finding{Detail: b.Agency.Code, path: "clearance"}, b.Agency.Name)
		}
	}
	return err
}

func objectiveSilent(in *inspection) error {
	for _, o := range in.living.Silent() {
		in.tell(Finding{Section: reports.ObjectiveSection(o.Number)}, objectiveName(o))
	}
	return nil
}

// notAssessed counts: each objective by itself would drown the rest.
func notAssessed(in *inspection) error {
	if left := in.living.NotAssessed(); len(left) > 0 {
		in.tell(Finding{path: "assessments"}, len(left), objectives.Total)
	}
	return nil
}

func unsourcedNumber(in *inspection) error {
	for _, text := range in.texts {
		for _, u := range in.examined[Place{text.Section, text.Language}].Unsourced {
			f := at(text)
			f.Passage, f.Detail = u.Passage, u.Number.Text
			in.tell(f, f.Detail, f.Passage, spoken(text.Language))
		}
	}
	return nil
}

// expiredAfter is how many years before the cut-off the latest value of an
// indicator may end. A review accounts for about four; half of that is old news.
const expiredAfter = 2

func expiredData(in *inspection) error {
	for _, old := range in.living.Expired(expiredAfter) {
		section := ""
		if old.Home > 0 {
			section = reports.ObjectiveSection(old.Home)
		}
		in.tell(Finding{Section: section, Detail: old.Code, path: "/work/indicators/" + old.Code}, old.Name, old.Latest)
	}
	return nil
}

// openQuality are the open findings in the figures that the review prints.
func (in *inspection) openQuality(s quality.Severity) ([]quality.Finding, error) {
	all, err := quality.NewStore(in.store.db).Findings(in.ctx)
	return slices.DeleteFunc(all, func(f quality.Finding) bool { return f.Severity != s || !f.Open() || !in.living.Prints(f.Indicator) }), err
}

func qualityError(in *inspection) error {
	all, err := in.openQuality(quality.Error)
	for _, f := range all {
		in.tell(Finding{Detail: f.Indicator, path: "/work/data/quality?figure=" + f.Indicator}, f.Name)
	}
	return err
}

func qualityWarning(in *inspection) error {
	all, err := in.openQuality(quality.Warning)
	if len(all) > 0 {
		in.tell(Finding{path: "/work/data/quality?severity=warning"}, len(all))
	}
	return err
}

// duplicateChart finds indicators that are drawn more than once. The charts are
// those of the leading language: another one has the same.
func duplicateChart(in *inspection) error {
	all, err := in.living.Charts(in.living.Lead())
	for i, chart := range all {
		first := slices.IndexFunc(all, func(c reports.Drawn) bool { return c.Indicator == chart.Indicator })
		if first < i {
			in.tell(Finding{Section: all[first].Section, Language: in.living.Lead(), Detail: chart.Indicator}, chart.Indicator)
		}
	}
	return err
}
