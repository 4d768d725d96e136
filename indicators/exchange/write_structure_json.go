package exchange

import (
	"encoding/json"
	"io"
)

// The parts of an SDMX-JSON 2.0 structure message.
type (
	jsonStructures struct {
		Agencies  []jsonArtefact `json:"agencySchemes,omitempty"`
		Dataflows []jsonArtefact `json:"dataflows,omitempty"`
		Concepts  []jsonArtefact `json:"conceptSchemes,omitempty"`
		Codelists []jsonArtefact `json:"codelists,omitempty"`
		DSDs      []jsonArtefact `json:"dataStructures,omitempty"`
	}
	jsonArtefact struct {
		named
		Agency     string    `json:"agencyID"`
		Version    string    `json:"version"`
		Structure  string    `json:"structure,omitempty"`
		Concepts   []named   `json:"concepts,omitempty"`
		Agencies   []named   `json:"agencies,omitempty"`
		Codes      []named   `json:"codes,omitempty"`
		Components *jsonList `json:"dataStructureComponents,omitempty"`
	}
	jsonList struct {
		Dimensions struct {
			ID         string     `json:"id"`
			Dimensions []jsonPart `json:"dimensions"`
			Time       jsonPart   `json:"timeDimension"`
		} `json:"dimensionList"`
		Measures struct {
			ID       string     `json:"id"`
			Measures []jsonPart `json:"measures"`
		} `json:"measureList"`
		Attributes struct {
			ID         string     `json:"id"`
			Attributes []jsonPart `json:"attributes"`
		} `json:"attributeList"`
	}
	jsonPart struct {
		ID       string         `json:"id"`
		Position *int           `json:"position,omitempty"`
		Usage    string         `json:"usage,omitempty"`
		Relation any            `json:"attributeRelationship,omitempty"`
		Concept  string         `json:"conceptIdentity"`
		Local    map[string]any `json:"localRepresentation"`
	}
)

const (
	structureSchema = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
	model           = "urn:sdmx:org.sdmx.infomodel."
)

// writeStructureJSON writes the structure as SDMX-JSON 2.0.
func writeStructureJSON(w io.Writer, s Set) error {
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	flow := s.jsonArtefact(DataflowID, s.Structure)
	flow.Structure = model + "datastructure.DataStructure=" + s.reference(StructureID)
	concepts := s.jsonArtefact(ConceptsID, s.Structure)
	for _, c := range append(s.Components(), Measure) {
		concepts.Concepts = append(concepts.Concepts, s.named(c.ID, c.Name))
	}
	dsd := s.jsonArtefact(StructureID, s.Structure)
	dsd.Components = s.jsonList()
	data := jsonStructures{Dataflows: []jsonArtefact{flow}, Concepts: []jsonArtefact{concepts}, DSDs: []jsonArtefact{dsd}}
	for _, c := range s.Lists() {
		list := jsonArtefact{named: s.named(c.List(), c.Name), Agency: s.Agency, Version: s.Version}
		for _, code := range c.Codes {
			list.Codes = append(list.Codes, s.named(code.ID, code.Name))
		}
		data.Codelists = append(data.Codelists, list)
	}
	if s.Only != nil {
		data.Agencies = []jsonArtefact{{named: s.named(AgenciesID, s.Structure.Name), Agency: registrar, Version: "1.0", Agencies: []named{s.named(s.Agency, s.Country.Name)}}}
		data = s.Only.ofJSON(data)
	}
	return out.Encode(message{structureSchema, s.meta(structureSchema), data})
}

func (s Set) jsonArtefact(id string, of Structure) jsonArtefact {
	return jsonArtefact{named: s.named(id, of.Name), Agency: s.Agency, Version: s.Version}
}

func (s Set) jsonList() *jsonList {
	var all jsonList
	all.Dimensions.ID, all.Measures.ID, all.Attributes.ID = "DimensionDescriptor", "MeasureDescriptor", "AttributeDescriptor"
	for i, d := range s.Dimensions {
		part := s.jsonPart(d)
		if d.ID == timePeriod {
			all.Dimensions.Time = part
			continue
		}
		part.Position = &i
		all.Dimensions.Dimensions = append(all.Dimensions.Dimensions, part)
	}
	all.Measures.Measures = []jsonPart{s.jsonPart(Measure)}
	for _, a := range s.Attributes {
		part := s.jsonPart(a)
		part.Usage, part.Relation = "optional", map[string]any{"observation": struct{}{}}
		if a.Required {
			part.Usage = "mandatory"
		}
		all.Attributes.Attributes = append(all.Attributes.Attributes, part)
	}
	return &all
}

func (s Set) jsonPart(c Component) jsonPart {
	part := jsonPart{ID: c.ID, Concept: model + "conceptscheme.Concept=" + s.reference(ConceptsID) + "." + c.ID}
	if c.Codes != nil {
		part.Local = map[string]any{"enumeration": model + "codelist.Codelist=" + s.reference(c.List())}
	} else {
		part.Local = map[string]any{"format": map[string]string{"dataType": dataTypes[c.Kind]}}
	}
	return part
}
