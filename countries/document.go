package countries

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxFile is the greatest size of one file in bytes.
const maxFile = 16 << 20

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
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"):
		r.fault(at, "is a link that leads out of the pack's folder: put the file itself there")
		return nil, false
	case err != nil:
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
