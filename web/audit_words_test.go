package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/i18n"
)

// source is the program's own code, read to find what it puts on record.
type source struct {
	types map[string]ast.Expr   // "progress.Snapshot" → its definition
	calls map[string][][]string // "register.retire" → the words that its calls are given, by argument
	files []sourceFile
}

type sourceFile struct {
	pkg  string
	tree *ast.File
}

func readSource(t *testing.T) source {
	t.Helper()
	s := source{types: map[string]ast.Expr{}, calls: map[string][][]string{}}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.files = append(s.files, sourceFile{path.Base(filepath.ToSlash(filepath.Dir(name))), tree})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				s.types[f.pkg+"."+n.Name.Name] = n.Type
			case *ast.CallExpr:
				s.called(f.pkg, n)
			}
			return true
		})
	}
	return s
}

// called keeps the words that a call is given.
func (s source) called(pkg string, call *ast.CallExpr) {
	var name string
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = pkg + "." + f.Name
	case *ast.SelectorExpr:
		name = pkg + "." + f.Sel.Name
	}
	for i, arg := range call.Args {
		if w, ok := word(arg); ok {
			for len(s.calls[name]) <= i {
				s.calls[name] = append(s.calls[name], nil)
			}
			s.calls[name][i] = append(s.calls[name][i], w)
		}
	}
}

func word(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	w, err := strconv.Unquote(lit.Value)
	return w, err == nil
}

// changes calls see with every audit.Change that the program makes, by the name
// of its field, and the function in which it stands.
func (s source) changes(see func(pkg string, in *ast.FuncDecl, field string, value ast.Expr)) {
	for _, f := range s.files {
		for _, decl := range f.tree.Decls {
			in, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(in, func(n ast.Node) bool {
				lit, ok := n.(*ast.CompositeLit)
				if !ok {
					return true
				}
				if of, ok := lit.Type.(*ast.SelectorExpr); !ok || of.Sel.Name != "Change" {
					return true
				}
				for _, e := range lit.Elts {
					kv := e.(*ast.KeyValueExpr)
					see(f.pkg, in, kv.Key.(*ast.Ident).Name, kv.Value)
				}
				return true
			})
		}
	}
}

// words are the words that a value can have: written there, set in the function,
// or given to it by its callers.
func (s source) words(pkg string, in *ast.FuncDecl, value ast.Expr) []string {
	if w, ok := word(value); ok {
		return []string{w}
	}
	id, ok := value.(*ast.Ident)
	if !ok {
		return nil
	}
	var found []string
	ast.Inspect(in, func(n ast.Node) bool {
		if set, ok := n.(*ast.AssignStmt); ok {
			for i, left := range set.Lhs {
				if l, ok := left.(*ast.Ident); ok && l.Name == id.Name && i < len(set.Rhs) {
					if w, ok := word(set.Rhs[i]); ok {
						found = append(found, w)
					}
				}
			}
		}
		return true
	})
	at := 0
	for _, p := range in.Type.Params.List {
		for _, name := range p.Names {
			if args := s.calls[pkg+"."+in.Name.Name]; name.Name == id.Name && at < len(args) {
				found = append(found, args[at]...)
			}
			at++
		}
	}
	return found
}

// fields adds the names that a type has on record, with those of what it holds.
func (s source) fields(into map[string]bool, pkg string, e ast.Expr) {
	switch e := e.(type) {
	case *ast.Ident:
		if def, ok := s.types[pkg+"."+e.Name]; ok {
			s.fields(into, pkg, def)
		}
	case *ast.SelectorExpr:
		from := e.X.(*ast.Ident).Name
		if def, ok := s.types[from+"."+e.Sel.Name]; ok {
			s.fields(into, from, def)
		}
	case *ast.StarExpr:
		s.fields(into, pkg, e.X)
	case *ast.ArrayType:
		s.fields(into, pkg, e.Elt)
	case *ast.StructType:
		for _, f := range e.Fields.List {
			s.field(into, pkg, f)
		}
	}
}

func (s source) field(into map[string]bool, pkg string, f *ast.Field) {
	var tag string
	if f.Tag != nil {
		quoted, _ := strconv.Unquote(f.Tag.Value)
		tag, _, _ = strings.Cut(reflect.StructTag(quoted).Get("json"), ",")
	}
	if tag == "-" {
		return
	}
	for _, name := range f.Names {
		if tag == "" && ast.IsExported(name.Name) {
			into[name.Name] = true // as encoding/json calls it
		}
	}
	if tag != "" {
		into[tag] = true
	}
	s.fields(into, pkg, f.Type)
}

// onRecord are the types of what the audit log keeps as before and after.
var onRecord = []string{
	"progress.Snapshot", "progress.cycleRecord", "progress.evidenceRecord", "progress.commentRecord", "progress.inviteRecord", "progress.requestRecord",
	"progress.assigned", "progress.observationRecord", "indicators.moved", "indicators.frozen", "indicators.archived", "indicators.recomputed", "indicators.trendRecord", "indicators.PlanContent", "indicators.Content", "quality.Accepted", "objectives.MeasureContent",
	"objectives.AgencyContent", "objectives.ChallengeContent", "objectives.LawContent", "auth.User", "auth.Token", "auth.signedIn", "audit.Report", "objectives.compactEdition",
	"countries.Source", "countries.Country", "countries.Term", "countries.Dimension", "countries.Review", "countries.Section",
	"countries.Cycle", "countries.Observation", "desk.frameRecord", "desk.remarkRecord", "desk.textRecord", "desk.stateRecord", "desk.laidRecord", "desk.signRecord", "desk.correctRecord",
	"desk.assessed", "desk.promised", "desk.accounted", "desk.figureRecord", "auth.View",
}

func TestEveryActAndNounOnRecordHasItsWord(t *testing.T) {
	s := readSource(t)
	known := map[string][]string{"Action": auditActions, "Noun": auditNouns}
	seen := map[string]int{}
	s.changes(func(pkg string, in *ast.FuncDecl, field string, value ast.Expr) {
		for _, w := range s.words(pkg, in, value) {
			if list, ok := known[field]; ok {
				seen[field]++
				if !slices.Contains(list, w) {
					t.Errorf("%s puts the %s %q on record, and the page of the audit log does not know it", in.Name.Name, strings.ToLower(field), w)
				}
			}
		}
	})
	if seen["Action"] < 40 || seen["Noun"] < 25 {
		t.Errorf("the test found only %v: does it still read the code?", seen)
	}
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for list, codes := range map[string][]string{"audit.action.": auditActions, "audit.noun.": auditNouns} {
			for _, code := range codes {
				if !p.Has(list + code) {
					t.Errorf("%s has no %s", lang, list+code)
				}
			}
		}
	}
}

func TestEveryFieldOnRecordHasItsWord(t *testing.T) {
	s := readSource(t)
	fields := map[string]bool{}
	for _, name := range onRecord {
		def, ok := s.types[name]
		if !ok {
			t.Errorf("there is no type %s", name)
			continue
		}
		pkg, _, _ := strings.Cut(name, ".")
		s.fields(fields, pkg, def)
	}
	s.changes(func(pkg string, in *ast.FuncDecl, field string, value ast.Expr) {
		if field != "Before" && field != "After" {
			return
		}
		lit, ok := value.(*ast.CompositeLit)
		if !ok {
			return
		}
		switch of := lit.Type.(type) {
		case *ast.MapType:
			for _, e := range lit.Elts {
				if w, ok := word(e.(*ast.KeyValueExpr).Key); ok {
					fields[w] = true
				}
			}
		case *ast.Ident:
			if !slices.Contains(onRecord, pkg+"."+of.Name) {
				t.Errorf("%s puts a %s.%s on record: name the type in onRecord", in.Name.Name, pkg, of.Name)
			}
		}
	})
	p, err := i18n.New("en") // the catalogues have the same keys
	if err != nil {
		t.Fatal(err)
	}
	for field := range fields {
		if !slices.Contains(containers, field) && !slices.Contains(i18n.Languages, field) && !p.Has("audit.field."+field) {
			t.Errorf("the field %q is put on record and has no word", field)
		}
	}
}

func TestValuesOnRecordAreToldInTheReadersWords(t *testing.T) {
	p, err := i18n.New("ru")
	if err != nil {
		t.Fatal(err)
	}
	r := &request{p: p, site: &site{Config: Config{Zone: time.UTC}}}
	for _, c := range []struct{ noun, field, value, want string }{
		{"request", "due", "2027-01-15", "15\u00a0января 2027\u00a0г."},
		{"cycle", "opened_at", "2026-11-02T09:30:00Z", "2\u00a0ноября 2026\u00a0г., 09:30"},
		{"entry", "kind", "progress", "ход выполнения меры"},
		{"evidence", "kind", "report", "отчёт"},
		{"agency", "kind", "ministry", "министерство"},
		{"law", "status", "in_force", "действует"},
		{"measure", "status", "completed", "завершена"},
		{"mail", "state", "queued", "В очереди"},
		{"entry", "qualifier", "more_than", "более"},
		{"measure", "fund", "local_budget", "местный бюджет"},
		{"measure", "starts", "", ""},
		{"measure", "starts", "soon", "soon"},
		{"user", "email", "a@b.kz", "a@b.kz"},
	} {
		if got := r.spoken(c.noun, c.field, c.value); got != c.want {
			t.Errorf("%s.%s %q is told as %q, not %q", c.noun, c.field, c.value, got, c.want)
		}
	}
}

func TestEntryThatBroughtAChangeIsNamedAsItsReason(t *testing.T) {
	p, err := i18n.New("kk")
	if err != nil {
		t.Fatal(err)
	}
	r := &request{p: p}
	for reason, want := range map[string]string{"entry x7k2": "мәлімет x7k2", "entry by mistake": "entry by mistake", "": ""} {
		if got := r.grounds(audit.Entry{Noun: "measure", Reason: reason}); got != want {
			t.Errorf("%q is told as %q", reason, got)
		}
	}
}
