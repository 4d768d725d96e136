package countries

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/internal/fault"
	"gcm/objectives"
)

// packFile is the file that makes a folder a country pack.
const packFile = "pack.yaml"

// reader reads one pack and collects what is wrong with it.
type reader struct {
	fsys                fs.FS
	files               []string           // regular files, sorted
	actions, principles objectives.Strings // of the Compact
	languages           []string           // none when pack.yaml does not say
	broken              map[string]bool
	places              map[any]place     // pointer to a value → where it stands
	texts               map[string][]rune // source code → its characters
	faults              Faults
	pack                Pack
}

// ReadFolder reads the pack in a folder of the disk. No link leads out of it.
func ReadFolder(dir string) (*Pack, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Invalid, "", "there is no folder %s: name a folder with a country pack, or a pack that is built in", dir)
	}
	if err == nil && !info.IsDir() {
		return nil, fault.New(fault.Invalid, "", "%s is a file: a country pack is a folder with %s", dir, packFile)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fault.New(fault.Invalid, "", "the folder cannot be opened: %w", err)
	}
	defer root.Close()
	return Read(root.FS())
}

// Read reads a pack and checks all of it. The error is a fault.Invalid that
// wraps Faults, with every fault of every file.
func Read(fsys fs.FS) (*Pack, error) {
	actions, err := objectives.ActionRefs()
	if err != nil {
		return nil, err
	}
	principles, err := objectives.PrincipleCodes()
	if err != nil {
		return nil, err
	}
	r := &reader{fsys: fsys, actions: actions, principles: principles, places: map[any]place{}, broken: map[string]bool{}}
	r.walk()
	if !slices.Contains(r.files, packFile) {
		return nil, fault.New(fault.Invalid, "", "%w", Faults{{File: packFile, Problem: "is missing: a country pack is a folder with this file"}})
	}
	r.head()
	p := &r.pack
	readList(r, "agencies.yaml", &p.Agencies)
	readList(r, "legal_instruments.yaml", &p.LegalInstruments)
	readList(r, "measures.yaml", &p.Measures)
	readList(r, "challenges.yaml", &p.Challenges)
	readList(r, "dimensions.yaml", &p.Dimensions)
	readList(r, "indicators.yaml", &p.Indicators)
	readList(r, "glossary.yaml", &p.Terms)
	r.questionnaire()
	r.sources()
	r.sections()
	r.check()
	if len(r.faults) > 0 {
		r.faults.sort()
		return nil, fault.New(fault.Invalid, "", "%w", r.faults)
	}
	p.complete()
	p.normalise()
	return p, nil
}

// head reads pack.yaml. Its languages come first, since its own texts need them.
func (r *reader) head() {
	var head struct {
		Country
		Sources []Source `json:"sources,omitempty"`
		Cycles  []Cycle  `json:"cycles,omitempty"`
		Reviews []Review `json:"reviews,omitempty"`
	}
	doc, ok := r.document(packFile)
	if !ok {
		return
	}
	for i := 0; i+1 < len(doc.Content); i += 2 {
		if doc.Kind == yaml.MappingNode && doc.Content[i].Value == "languages" {
			for _, n := range doc.Content[i+1].Content {
				if syntaxes["language"].match.MatchString(n.Value) {
					r.languages = append(r.languages, n.Value)
				}
			}
		}
	}
	v := reflect.ValueOf(&head).Elem()
	r.value(doc, v, place{file: packFile}, "")
	r.pack.Country, r.pack.Sources, r.pack.Cycles, r.pack.Reviews = head.Country, head.Sources, head.Cycles, head.Reviews
}

// readList reads a file that is a list of records. It need not be there.
func readList[R any](r *reader, file string, into *[]R) {
	if !slices.Contains(r.files, file) {
		return
	}
	doc, ok := r.document(file)
	if !ok {
		return
	}
	readRecords(r, file, doc, into)
}

// readRecords reads a node that is a list of records.
func readRecords[R any](r *reader, file string, doc *yaml.Node, into *[]R) {
	if doc.Kind != yaml.SequenceNode {
		r.broken[file] = true
		r.fault(place{file: file, line: doc.Line}, "must be a list of records, each with a hyphen")
		return
	}
	*into = make([]R, len(doc.Content))
	for i, n := range doc.Content {
		at := place{file: file, record: recordName(n, i)}
		r.value(n, reflect.ValueOf(&(*into)[i]).Elem(), at, "")
	}
}

// recordName returns the code of the record in a node, else its number.
func recordName(n *yaml.Node, i int) string {
	for k := 0; n.Kind == yaml.MappingNode && k+1 < len(n.Content); k += 2 {
		if n.Content[k].Value == "code" && n.Content[k+1].Kind == yaml.ScalarNode && n.Content[k+1].Value != "" {
			return strings.Trim(clip(n.Content[k+1].Value), `"`)
		}
	}
	return "record " + strconv.Itoa(i+1)
}
