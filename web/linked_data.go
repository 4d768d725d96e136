package web

import (
	"cmp"

	"gcm/indicators"
	"gcm/internal/period"
)

// linked is a description in the words of schema.org. Keys are written in order,
// and texts escaped, by who puts it into a page.
type linked map[string]any

const schemaOrg = "https://schema.org"

// indicatorData describes an indicator's figures as a data set.
func (r *request) indicatorData(ind indicators.Indicator) linked {
	path := r.url("/indicators/" + ind.Code)
	name := r.in(ind.Name)
	d := r.datasetOf(path, name, cmp.Or(r.in(ind.Definition), r.T("share.indicator.description", name, indicators.UnitName(r.p, ind.Unit))))
	d["@context"], d["identifier"], d["citation"] = schemaOrg, ind.Code, r.cite(ind)
	d["variableMeasured"] = linked{"@type": "PropertyValue", "name": name, "unitText": indicators.UnitName(r.p, ind.Unit)}
	d["includedInDataCatalog"] = linked{"@type": "DataCatalog", "@id": r.absolute(r.url("/data") + "#catalog"), "name": r.T("nav.data")}
	if ind.Agency != nil {
		d["creator"] = linked{"@type": "Organization", "name": r.in(ind.Agency.Name), "url": r.absolute(r.url("/agencies/" + ind.Agency.Code))}
	}
	if covered := covered(ind.Observations); covered != "" {
		d["temporalCoverage"] = covered
	}
	var files []linked
	for _, f := range []struct{ ending, media string }{{".csv", "text/csv"}, {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, {".json", "application/json"}} {
		files = append(files, linked{"@type": "DataDownload", "encodingFormat": f.media, "contentUrl": r.absolute(path + f.ending)})
	}
	d["distribution"] = files
	return d
}

// datasetOf is what is said of every data set.
func (r *request) datasetOf(path, name, description string) linked {
	country := r.in(r.country.Name)
	d := linked{
		"@type": "Dataset", "@id": r.absolute(path) + "#dataset", "url": r.absolute(path), "name": name, "description": description,
		"inLanguage": r.p.Lang(), "isAccessibleForFree": true,
		"creator":         linked{"@type": "Organization", "name": country},
		"spatialCoverage": linked{"@type": "Country", "name": country, "identifier": r.country.Code},
	}
	if licence := r.in(r.country.Licence); licence != "" {
		d["license"] = licence
	}
	return d
}

// covered is the time that observations speak of: from the first day to the last.
func covered(all []indicators.Observation) string {
	var first, last period.Period
	for _, o := range all {
		if o.Period == "" || o.Value == nil {
			continue
		}
		if first == "" || o.Period.First().Before(first.First()) {
			first = o.Period
		}
		if last == "" || o.Period.Last().After(last.Last()) {
			last = o.Period
		}
	}
	if first == "" {
		return ""
	}
	return first.First().Format("2006-01-02") + "/" + last.Last().Format("2006-01-02")
}

// catalogData describes the page of data as a catalogue: the figures that stand
// now, and the releases that stay as they were.
func (r *request) catalogData(p dataPage) linked {
	path := r.url("/data")
	now := r.datasetOf(path, r.T("exports.now"), r.T("data.description"))
	var files []linked
	for _, f := range p.Files {
		files = append(files, linked{"@type": "DataDownload", "name": f.Name, "contentUrl": r.absolute(f.URL)})
	}
	now["distribution"] = files
	sets := []linked{now}
	for _, one := range p.Releases {
		if one.Packed() {
			sets = append(sets, r.releaseData(one))
		}
	}
	return linked{
		"@context": schemaOrg, "@type": "DataCatalog", "@id": r.absolute(path) + "#catalog", "url": r.absolute(path),
		"name": r.T("nav.data"), "description": r.T("data.description"), "inLanguage": r.p.Lang(),
		"publisher": linked{"@type": "Organization", "name": r.in(r.country.Name)}, "dataset": sets,
	}
}

// releaseData describes a data release.
func (r *request) releaseData(one releaseLine) linked {
	title := r.in(one.Title)
	d := r.datasetOf(r.url(one.Path()), title, cmp.Or(r.in(one.Note), r.T("exports.release.lead", one.Code, one.Day)))
	d["identifier"], d["version"], d["datePublished"] = one.Code, one.Code, one.At.UTC().Format("2006-01-02")
	d["distribution"] = []linked{{"@type": "DataDownload", "encodingFormat": "application/zip", "contentUrl": r.absolute(one.ZIP())}}
	return d
}
