package intake

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// The limits within which a folder is read.
const (
	maxFolderFile  = 64 << 20
	maxFolderFiles = 20_000
	maxFolderYAML  = 2 << 20
)

// ReadOpenSDG reads the data folder of an Open SDG site: a table for each
// indicator in data, or messages of SDMX-ML, the words about them in meta, and
// translations.
func ReadOpenSDG(folder fs.FS, o Options) (*Reading, error) {
	root, err := openSDGRoot(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, pattern := range []string{"data/*-*.csv", "data/*.xml"} { // the platform's own
		found, err := fs.Glob(root, pattern)
		if err != nil {
			return nil, unreadable(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "import.no_data_folder", "there is no data/*-*.csv")
	}
	if len(files) > maxFolderFiles {
		return nil, fault.New(fault.Invalid, "import.too_large", "a folder of %d tables", len(files))
	}
	names, err := openSDGNames(root, o.Language)
	if err != nil {
		return nil, err
	}
	reading := &Reading{Format: OpenSDG, Names: names}
	reading.Rows = func(yield func(*Row, error) bool) {
		for _, name := range files {
			read := openSDGFile
			if path.Ext(name) == ".xml" {
				read = openSDGMessage
			}
			if !read(root, name, o, yield) {
				return
			}
		}
	}
	return reading, nil
}

// openSDGRoot finds the folder that holds data: an archive often has one around it.
func openSDGRoot(folder fs.FS) (fs.FS, error) {
	for _, pattern := range []string{"data", "*/data"} {
		found, err := fs.Glob(folder, pattern)
		if err != nil || len(found) != 1 {
			continue
		}
		if parent := path.Dir(found[0]); parent != "." {
			return fs.Sub(folder, parent)
		}
		return folder, nil
	}
	return nil, fault.New(fault.Invalid, "import.no_data_folder", "there is no folder data")
}

// openSDGFile yields the observations of one table, and reports whether to go on.
func openSDGFile(root fs.FS, name string, o Options, yield func(*Row, error) bool) bool {
	body, err := readWhole(root, name, maxFolderFile)
	if err != nil {
		return yield(nil, err)
	}
	indicator := strings.TrimPrefix(strings.TrimSuffix(path.Base(name), ".csv"), "indicator_")
	wrong := func(key string) bool {
		return yield(&Row{Wrong: &Problem{Place: Place{File: name, Row: 1}, Key: key}}, nil)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return true
	}
	t, _, err := csvTable(Place{File: name}, bytes.NewReader(body), o)
	if err != nil {
		if fault.KeyOf(err) == "import.no_head" {
			return wrong("import.problem.no_head")
		}
		return yield(nil, err)
	}
	columns := openSDGColumns(t.header)
	for _, role := range []Role{OfPeriod, OfValue} {
		if !slices.ContainsFunc(columns, func(c Column) bool { return c.Role == role }) {
			return wrong("import.problem.no_column." + string(role))
		}
	}
	own := Field{Column: &Column{Name: name, Role: OfIndicator}, Value: indicator}
	for row, err := range t.rows(columns) {
		if err != nil {
			return yield(nil, err)
		}
		row.Fields = append(row.Fields, own)
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

// openSDGMessage yields the observations of a message; one without data, such as
// that of the structure, says nothing here.
func openSDGMessage(root fs.FS, name string, o Options, yield func(*Row, error) bool) bool {
	body, err := readWhole(root, name, maxFolderFile)
	if err != nil {
		return yield(nil, err)
	}
	reading, err := ReadSDMXML(bytes.NewReader(body), o)
	if fault.KeyOf(err) == "import.no_data_message" {
		return true
	}
	if err != nil {
		return yield(nil, err)
	}
	for row, err := range reading.Rows {
		if err == nil {
			row.Place.File = name
		}
		if !yield(row, err) || err != nil {
			return false
		}
	}
	return true
}

// openSDGColumns says what the columns of a table say: the platform knows a few by
// their names, and takes every other for a disaggregation.
func openSDGColumns(header []string) []Column {
	columns := make([]Column, len(header))
	for i, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		columns[i] = Column{Name: name, Role: Dimension, Dimension: name}
		switch strings.ToLower(name) {
		case "":
			columns[i] = Column{}
		case "year":
			columns[i] = Column{Name: name, Role: OfPeriod, years: true}
		case "value":
			columns[i].Role = OfValue
		case "units", "unit_measure":
			columns[i].Role = OfUnit
		case "series":
			columns[i].Role = OfSeries
		case "progress", "unit measure": // what to draw; the unit without its words
			columns[i].Role = Ignored
		case "observation status", "obs_status", "unit multiplier", "unit_mult", "comment_obs", "footnote":
			columns[i] = columnOf(name)
		}
	}
	return columns
}

// readWhole reads a file of a folder within a limit.
func readWhole(folder fs.FS, name string, limit int64) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(body)) > limit {
		return nil, fault.New(fault.Invalid, "import.too_large", "%s has more than %d bytes", name, limit)
	}
	return body, nil
}

// openSDGNames gathers names and translations of a folder.
func openSDGNames(root fs.FS, language string) (Names, error) {
	names := Names{}
	translations, err := openSDGTranslations(root, names)
	if err != nil {
		return nil, err
	}
	for _, pattern := range []string{"meta/*.md", "meta/*.yml", "meta/*/*.md", "meta/*/*.yml"} {
		files, err := fs.Glob(root, pattern)
		if err != nil {
			return nil, unreadable(err)
		}
		for _, name := range files[:min(len(files), maxFolderFiles)] {
			if err := names.addMeta(root, name, language, translations); err != nil {
				return nil, err
			}
		}
	}
	return names, nil
}

// openSDGTranslations reads translations/LANG/GROUP.yml: each word by its key, and
// by its group and key as metadata name it.
func openSDGTranslations(root fs.FS, names Names) (map[string]i18n.Text, error) {
	all := map[string]i18n.Text{}
	files, err := fs.Glob(root, "translations/*/*.yml")
	if err != nil {
		return nil, unreadable(err)
	}
	for _, name := range files[:min(len(files), maxFolderFiles)] {
		words, err := scalars(root, name)
		if err != nil {
			return nil, err
		}
		lang := path.Base(path.Dir(name))
		group := strings.TrimSuffix(path.Base(name), ".yml")
		for key, word := range words {
			put(all, group+"."+key, lang, word)
			put(names, "text:"+key, lang, word)
			put(names, "text:"+group+"."+key, lang, word)
		}
	}
	return all, nil
}

func put(into map[string]i18n.Text, key, lang, word string) {
	if word == "" {
		return
	}
	if into[key] == nil {
		into[key] = i18n.Text{}
	}
	into[key][lang] = word
}

// titles are the metadata that name an indicator, the best first.
var titles = []string{"indicator_name", "indicator_available", "national_indicator_available", "graph_title"}

// addMeta takes the title and the definition of an indicator from its metadata.
func (n Names) addMeta(root fs.FS, name, language string, translations map[string]i18n.Text) error {
	words, err := scalars(root, name)
	if err != nil {
		return err
	}
	if dir := path.Dir(name); dir != "meta" {
		language = path.Base(dir)
	}
	indicator := strings.TrimSuffix(strings.TrimSuffix(path.Base(name), ".md"), ".yml")
	for _, field := range titles {
		if n.addWord("indicator:"+indicator, words[field], language, translations) {
			break
		}
	}
	n.addWord("definition:"+indicator, words["national_indicator_description"], language, translations)
	return nil
}

// wordKey is the form of a reference to a translation: "global_indicators.1-1-1-title".
func wordKey(s string) bool { return !strings.ContainsAny(s, " \n") && strings.Contains(s, ".") }

func (n Names) addWord(key, word, language string, translations map[string]i18n.Text) bool {
	if translated := translations[word]; len(translated) > 0 {
		for lang, w := range translated {
			put(n, key, lang, w)
		}
		return true
	}
	if word == "" || wordKey(word) {
		return false
	}
	put(n, key, language, plainText(word))
	return true
}

// plainText takes the tags of HTML out of a text.
func plainText(s string) string {
	var b strings.Builder
	inTag := false
	for _, r := range s {
		switch {
		case r == '<':
			inTag = true
		case r == '>' && inTag:
			inTag = false
			b.WriteByte(' ')
		case !inTag:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// scalars reads the words at the top of a YAML file, or of the head of a Markdown
// file. Anchors are not followed, so that none can grow.
func scalars(root fs.FS, name string) (map[string]string, error) {
	body, err := readWhole(root, name, maxFolderYAML)
	if err != nil {
		return nil, err
	}
	if rest, ok := bytes.CutPrefix(bytes.TrimLeft(body, "\ufeff \r\n"), []byte("---")); ok {
		body, _, _ = bytes.Cut(rest, []byte("\n---"))
	} else if strings.HasSuffix(name, ".md") {
		return nil, nil
	}
	var doc yaml.Node
	err = yaml.NewDecoder(bytes.NewReader(body)).Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "import.broken_yaml", "%s: %w", name, err)
	}
	words := map[string]string{}
	if len(doc.Content) == 1 && doc.Content[0].Kind == yaml.MappingNode {
		pairs := doc.Content[0].Content
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i+1].Kind == yaml.ScalarNode && len(pairs[i+1].Value) <= maxCell {
				words[pairs[i].Value] = strings.TrimSpace(pairs[i+1].Value)
			}
		}
	}
	return words, nil
}
