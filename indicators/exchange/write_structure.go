package exchange

import (
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"time"

	"gcm/internal/i18n"
)

// The parts of an SDMX-ML 2.1 structure message, in the order of its schema.
type (
	xmlStructure struct {
		XMLName    xml.Name      `xml:"mes:Structure"`
		Message    string        `xml:"xmlns:mes,attr"`
		Structure  string        `xml:"xmlns:str,attr"`
		Common     string        `xml:"xmlns:com,attr"`
		Header     xmlHeader     `xml:"mes:Header"`
		Structures xmlStructures `xml:"mes:Structures"`
	}
	xmlHeader struct {
		ID       string   `xml:"mes:ID"`
		Test     bool     `xml:"mes:Test"`
		Prepared string   `xml:"mes:Prepared"`
		Sender   xmlParty `xml:"mes:Sender"`
	}
	xmlParty struct {
		ID    string    `xml:"id,attr"`
		Names []xmlText `xml:"com:Name"`
	}
	xmlText struct {
		Lang string `xml:"xml:lang,attr"`
		Text string `xml:",chardata"`
	}
	xmlStructures struct {
		Agencies  *xmlAgencies      `xml:"str:OrganisationSchemes>str:AgencyScheme"`
		Dataflow  *xmlDataflow      `xml:"str:Dataflows>str:Dataflow"`
		Codelists *xmlCodelists     `xml:"str:Codelists"`
		Concepts  *xmlConceptScheme `xml:"str:Concepts>str:ConceptScheme"`
		DSD       *xmlDSD           `xml:"str:DataStructures>str:DataStructure"`
	}
	xmlItem struct {
		ID    string    `xml:"id,attr"`
		Names []xmlText `xml:"com:Name"`
	}
	xmlArtefact struct {
		ID      string    `xml:"id,attr"`
		Agency  string    `xml:"agencyID,attr"`
		Version string    `xml:"version,attr"`
		Names   []xmlText `xml:"com:Name"`
	}
	xmlAgencies struct {
		xmlArtefact
		Agencies []xmlItem `xml:"str:Agency"`
	}
	xmlCodelists struct {
		Codelists []xmlCodelist `xml:"str:Codelist"`
	}
	xmlDataflow struct {
		xmlArtefact
		DSD xmlReference `xml:"str:Structure>Ref"`
	}
	xmlCodelist struct {
		xmlArtefact
		Codes []xmlItem `xml:"str:Code"`
	}
	xmlConceptScheme struct {
		xmlArtefact
		Concepts []xmlItem `xml:"str:Concept"`
	}
	xmlDSD struct {
		xmlArtefact
		Dimensions []xmlComponent `xml:"str:DataStructureComponents>str:DimensionList>str:Dimension"`
		Time       xmlComponent   `xml:"str:DataStructureComponents>str:DimensionList>str:TimeDimension"`
		Attributes []xmlComponent `xml:"str:DataStructureComponents>str:AttributeList>str:Attribute"`
		Measure    xmlComponent   `xml:"str:DataStructureComponents>str:MeasureList>str:PrimaryMeasure"`
	}
	xmlComponent struct {
		ID       string            `xml:"id,attr"`
		Status   string            `xml:"assignmentStatus,attr,omitempty"`
		Position int               `xml:"position,attr,omitempty"`
		Concept  xmlReference      `xml:"str:ConceptIdentity>Ref"`
		Local    xmlRepresentation `xml:"str:LocalRepresentation"`
		Relation *xmlReference     `xml:"str:AttributeRelationship>str:PrimaryMeasure>Ref"`
	}
	xmlRepresentation struct {
		List   *xmlReference `xml:"str:Enumeration>Ref"`
		Format *xmlFormat    `xml:"str:TextFormat"`
	}
	xmlFormat struct {
		Type string `xml:"textType,attr"`
	}
	xmlReference struct {
		ID           string `xml:"id,attr"`
		Parent       string `xml:"maintainableParentID,attr,omitempty"`
		ParentNumber string `xml:"maintainableParentVersion,attr,omitempty"`
		Version      string `xml:"version,attr,omitempty"`
		Agency       string `xml:"agencyID,attr,omitempty"`
		Package      string `xml:"package,attr,omitempty"`
		Class        string `xml:"class,attr,omitempty"`
	}
)

const namespace = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"

// writeStructureXML writes the structure as SDMX-ML 2.1: the dataflow, the code
// lists, the concepts and the data structure definition.
func writeStructureXML(w io.Writer, s Set) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	if err := out.Encode(s.xmlStructure()); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s Set) xmlStructure() xmlStructure {
	x := s.xmlWhole()
	if s.Only != nil {
		x.Structures = s.Only.ofXML(x.Structures)
	}
	return x
}

func (s Set) xmlWhole() xmlStructure {
	return xmlStructure{
		Message: namespace + "message", Structure: namespace + "structure", Common: namespace + "common",
		Header: xmlHeader{ID: s.messageID(), Prepared: s.At.UTC().Format(time.RFC3339), Sender: xmlParty{s.Agency, xmlNames(s.Agency, s.Country.Name)}},
		Structures: xmlStructures{
			Dataflow: &xmlDataflow{s.artefact(DataflowID, s.Structure.Name), xmlReference{
				ID: StructureID, Version: s.Version, Agency: s.Agency, Package: "datastructure", Class: "DataStructure",
			}},
			Agencies:  s.xmlAgencies(),
			Codelists: &xmlCodelists{s.xmlCodelists()},
			Concepts:  &xmlConceptScheme{s.artefact(ConceptsID, s.Structure.Name), s.xmlConcepts()},
			DSD:       s.xmlDSD(),
		},
	}
}

// xmlAgencies is the scheme that names the agency, which messages hold when they
// are asked for it.
func (s Set) xmlAgencies() *xmlAgencies {
	if s.Only == nil {
		return nil
	}
	return &xmlAgencies{xmlArtefact{AgenciesID, registrar, "1.0", xmlNames(AgenciesID, s.Structure.Name)}, []xmlItem{{s.Agency, xmlNames(s.Agency, s.Country.Name)}}}
}

func (s Set) artefact(id string, name i18n.Text) xmlArtefact {
	return xmlArtefact{id, s.Agency, s.Version, xmlNames(id, name)}
}

// xmlNames are the names of an artefact, which must have one.
func xmlNames(id string, name i18n.Text) []xmlText {
	var all []xmlText
	for _, lang := range slices.Sorted(maps.Keys(name)) {
		all = append(all, xmlText{lang, name[lang]})
	}
	if len(all) == 0 {
		return []xmlText{{"en", id}}
	}
	return all
}

func (s Set) xmlCodelists() []xmlCodelist {
	var lists []xmlCodelist
	for _, c := range s.Lists() {
		list := xmlCodelist{xmlArtefact: s.artefact(c.List(), c.Name)}
		for _, code := range c.Codes {
			list.Codes = append(list.Codes, xmlItem{code.ID, xmlNames(code.ID, code.Name)})
		}
		lists = append(lists, list)
	}
	return lists
}

func (s Set) xmlConcepts() []xmlItem {
	var all []xmlItem
	for _, c := range append(s.Components(), Measure) {
		all = append(all, xmlItem{c.ID, xmlNames(c.ID, c.Name)})
	}
	return all
}

func (s Set) xmlDSD() *xmlDSD {
	dsd := &xmlDSD{xmlArtefact: s.artefact(StructureID, s.Structure.Name), Measure: s.xmlComponent(Measure)}
	for i, d := range s.Dimensions {
		c := s.xmlComponent(d)
		c.Position = i + 1
		if d.ID == timePeriod {
			dsd.Time = c
		} else {
			dsd.Dimensions = append(dsd.Dimensions, c)
		}
	}
	for _, a := range s.Attributes {
		c := s.xmlComponent(a)
		c.Status, c.Relation = "Conditional", &xmlReference{ID: Measure.ID}
		if a.Required {
			c.Status = "Mandatory"
		}
		dsd.Attributes = append(dsd.Attributes, c)
	}
	return dsd
}

func (s Set) xmlComponent(c Component) xmlComponent {
	x := xmlComponent{ID: c.ID, Concept: xmlReference{
		ID: c.ID, Parent: ConceptsID, ParentNumber: s.Version, Agency: s.Agency, Package: "conceptscheme", Class: "Concept",
	}}
	if c.Codes != nil {
		x.Local.List = &xmlReference{ID: c.List(), Version: s.Version, Agency: s.Agency, Package: "codelist", Class: "Codelist"}
	} else {
		x.Local.Format = &xmlFormat{dataTypes[c.Kind]}
	}
	return x
}
