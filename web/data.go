package web

import (
	"archive/zip"
	"net/http"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
)

// dataPage is pages/data/show.html.
type dataPage struct {
	page
	Set        exchange.Set
	Files      []dataFile
	Cites      []dataCitation
	Releases   []releaseLine
	Indicators []indicators.Standing
}

// dataFile is a file to be taken along.
type dataFile struct {
	exchange.File
	URL, About string
}

// KB is the size in kB, never 0.
func (f dataFile) KB() int { return int((f.Size + 1023) / 1024) }

// dataCitation is how to cite, in one language.
type dataCitation struct{ Lang, Text string }

// releaseLine is a data release in a list.
type releaseLine struct {
	indicators.Release
	Day     string
	Archive indicators.Archive // without a checksum when there is none
}

// Packed reports whether the release can be taken along.
func (l releaseLine) Packed() bool { return l.Archive.SHA256 != "" }

// KB is the size of the archive in kB.
func (l releaseLine) KB() int { return int((l.Archive.Size + 1023) / 1024) }

// Path is the release's page, without the language.
func (l releaseLine) Path() string { return "/data/releases/" + l.Code }

// ZIP is where its archive is.
func (l releaseLine) ZIP() string { return l.Path() + ".zip" }

// figures are the stores of which files of figures are made.
func (s *site) figures() exchange.Stores {
	return exchange.Stores{Objectives: s.objectives, Indicators: s.indicators, Quality: s.quality}
}

func (s *site) showData(r *request) error {
	all, err := s.standings(r.Request.Context())
	if err != nil {
		return err
	}
	p := dataPage{page: r.page(r.T("nav.data"), r.T("data.description")), Indicators: all}
	dimensions, err := s.indicators.Dimensions(r.Request.Context())
	if err != nil {
		return err
	}
	p.Set = exchange.Summary(r.country, dimensions, all)
	p.Set.Base = r.absolute("")
	p.Cites = citations(p.Set.Citation(), r.languages())
	for _, f := range exchange.Formats {
		p.Files = append(p.Files, dataFile{exchange.File{Name: f.File}, "/data/current/" + f.File, r.T("exports.file." + f.File)})
	}
	if p.Releases, err = r.releases(); err != nil {
		return err
	}
	p.Head.Data = r.catalogData(p)
	return r.render(http.StatusOK, "data/show", p)
}

func citations(text i18n.Text, languages []string) []dataCitation {
	var all []dataCitation
	for _, lang := range languages {
		if text[lang] != "" {
			all = append(all, dataCitation{lang, text[lang]})
		}
	}
	return all
}

// releases lists the data releases, the latest first.
func (r *request) releases() ([]releaseLine, error) {
	list, err := r.site.indicators.Releases(r.Request.Context())
	if err != nil {
		return nil, err
	}
	archives, err := r.site.indicators.Archives(r.Request.Context())
	if err != nil {
		return nil, err
	}
	var lines []releaseLine
	for _, one := range list {
		lines = append(lines, releaseLine{one, r.day(one.At), archives[one.ID]})
	}
	return lines, nil
}

// dataReleasePage is pages/data/release.html.
type dataReleasePage struct {
	page
	Release releaseLine
	Files   []dataFile
	Cites   []dataCitation
}

// showDataRelease shows what is in a release.
func (s *site) showDataRelease(r *request) error {
	one, archive, err := r.archive(r.Param("code"))
	if err != nil {
		return err
	}
	files, err := exchange.Files(archive)
	if err != nil {
		return err
	}
	p := dataReleasePage{page: r.page(r.T("exports.release.title", one.Code), r.in(one.Title)), Release: one}
	for _, f := range files {
		p.Files = append(p.Files, dataFile{f, one.Path() + "/" + f.Name, r.fileAbout(f.Name)})
	}
	set := exchange.Set{Country: r.country, Release: &one.Release, At: one.At, Base: r.absolute(""), Structure: exchange.Structure{Languages: r.languages()}}
	p.Cites = citations(set.Citation(), r.languages())
	data := r.releaseData(one)
	data["@context"] = schemaOrg
	p.Head.Data = data
	return r.render(http.StatusOK, "data/release", p)
}

func (r *request) fileAbout(name string) string {
	if key := "exports.file." + name; r.p.Has(key) {
		return r.T(key)
	}
	return ""
}

// archive opens the archive of a release.
func (r *request) archive(code string) (releaseLine, *zip.Reader, error) {
	one, err := r.site.indicators.ReleaseByCode(r.Request.Context(), code)
	if err != nil {
		return releaseLine{}, nil, err
	}
	kept, body, err := r.site.indicators.Archive(r.Request.Context(), one)
	if err != nil {
		return releaseLine{}, nil, err
	}
	z, err := zip.NewReader(body, kept.Size)
	return releaseLine{one, r.day(one.At), kept}, z, err
}
