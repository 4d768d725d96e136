package countries

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"gcm/internal/fault"
	"gcm/objectives"
)

// packFile is the file that makes a folder a country pack.
const packFile = "pack.yaml"

// maxFile is the greatest size of one file in bytes.
const maxFile = 16 << 20

// reader reads one pack and collects what is wrong with it.
type reader struct {
	fsys      fs.FS
	files     []string           // regular files, sorted
	actions   objectives.Strings // of the Compact
	languages []string           // none when pack.yaml does not say
	broken    map[string]bool
	places    map[any]place     // pointer to a value → where it stands
	texts     map[string][]rune // source code → its characters
	faults    Faults
	pack      Pack
}

// ReadFolder reads the pack in a folder of the disk. No link leads out of it.
func ReadFolder(dir string) (*Pack, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Invalid, "", "there is no folder %s", dir)
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
	r := &reader{fsys: fsys, actions: actions, places: map[any]place{}, broken: map[string]bool{}}
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

// walk lists the pack's files. Hidden files are none of it.
func (r *reader) walk() {
	err := fs.WalkDir(r.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.fault(place{file: name}, "cannot be read: %v", err)
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			r.files = append(r.files, name)
		}
		return nil
	})
	if err != nil {
		r.fault(place{file: "."}, "cannot be read: %v", err)
	}
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

// document reads a YAML file as nodes: one document, plain YAML without anchors
// and tags, so that what stands there is what is meant.
func (r *reader) document(file string) (*yaml.Node, bool) {
	b, ok := r.bytes(file)
	if !ok {
		r.broken[file] = true
		return nil, false
	}
	var doc, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	err := decoder.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF):
		r.fault(place{file: file}, "is empty: write the records, or take the file away")
	case err != nil:
		line, problem := yamlProblem(err)
		r.fault(place{file: file, line: line}, "%s", problem)
	case !errors.Is(decoder.Decode(&second), io.EOF):
		r.fault(place{file: file, line: second.Line}, "holds a second document: take the line --- out")
	case r.plain(file, &doc):
		return doc.Content[0], true
	}
	r.broken[file] = true
	return nil, false
}

// plain refuses what would let a small file mean a big one, or a text something
// else than it says.
func (r *reader) plain(file string, n *yaml.Node) bool {
	at := place{file: file, line: n.Line}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.fault(at, "uses an anchor or alias (& or *): write the value out")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		r.fault(at, "uses a tag (!): leave it out")
		return false
	}
	ok := true
	for _, child := range n.Content {
		ok = r.plain(file, child) && ok
	}
	return ok
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(.*)`)

// yamlProblem takes the line number out of the YAML library's message.
func yamlProblem(err error) (line int, problem string) {
	m := yamlLine.FindStringSubmatch(err.Error())
	line, _ = strconv.Atoi(m[1])
	return line, "is not YAML: " + m[2]
}

// bytes reads a file that is UTF-8 text of a sensible size.
func (r *reader) bytes(file string) ([]byte, bool) {
	at := place{file: file}
	info, err := fs.Stat(r.fsys, file)
	if err != nil {
		r.fault(at, "cannot be read: %v", err)
		return nil, false
	}
	if !info.Mode().IsRegular() {
		r.fault(at, "is no plain file")
		return nil, false
	}
	if info.Size() > maxFile {
		r.fault(at, "is larger than %d MiB", maxFile>>20)
		return nil, false
	}
	b, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.fault(at, "cannot be read: %v", err)
		return nil, false
	}
	for line, text := range bytes.Split(b, []byte("\n")) {
		at.line = line + 1
		if !utf8.Valid(text) {
			r.fault(at, "is not UTF-8: save the file as UTF-8")
			return nil, false
		}
		if c, bad := controlCharacter(string(text)); bad {
			r.fault(at, "holds the control character U+%04X: take it out", c)
			return nil, false
		}
	}
	return b, true
}

// sections reads the narrative, reviews/CYCLE/LANGUAGE/SECTION.md, and says
// which files are not of a pack.
func (r *reader) sections() {
	for _, file := range r.files {
		dir, name := path.Split(file)
		parts := strings.Split(file, "/")
		switch {
		case slices.Contains(rootFiles, file), dir == "sources/":
		case len(parts) == 4 && parts[0] == "reviews" && strings.HasSuffix(name, ".md"):
			r.section(file, Section{Cycle: parts[1], Language: parts[2], Section: strings.TrimSuffix(name, ".md")})
		default:
			r.fault(place{file: file}, "is no file of a country pack; there are %s, sources/ and reviews/CYCLE/LANGUAGE/SECTION.md", strings.Join(rootFiles, ", "))
		}
	}
}

var rootFiles = []string{
	packFile, "agencies.yaml", "legal_instruments.yaml", "measures.yaml", "challenges.yaml",
	"indicators.yaml", "dimensions.yaml", "glossary.yaml", "README.md", "LICENSE",
}
