package exchange

import (
	"slices"
	"strings"
)

// Artefacts says which parts of the structure a message holds.
type Artefacts struct {
	Agencies, Dataflow, Structure, Concepts bool
	Lists                                   []string // ids of code lists
}

// AgenciesID is the id of the scheme that names the agency of the structure; the
// sponsors of SDMX keep the scheme of all agencies.
const (
	AgenciesID = "AGENCIES"
	registrar  = "SDMX"
)

// Asking asks for artefacts of a structure as SDMX has it; "all" and "latest" for
// what is not narrowed down.
type Asking struct {
	Resource            string // dataflow, datastructure, codelist, conceptscheme, agencyscheme; structure for all
	Agency, ID, Version string
	References          string // none, parents, parentsandsiblings, children, descendants, all, or a resource
}

// Resources are those that there can be.
var Resources = []string{"agencyscheme", "dataflow", "datastructure", "conceptscheme", "codelist", "structure"}

// References are what else can be asked for besides resources.
var References = []string{"none", "parents", "parentsandsiblings", "children", "descendants", "all"}

// Find returns the artefacts that are asked for; false when there are none.
func (s Structure) Find(a Asking) (*Artefacts, bool) {
	named := func(agency, id, version string) bool {
		return (a.Agency == "all" || slices.Contains(strings.Split(a.Agency, "+"), agency)) &&
			(a.ID == "all" || slices.Contains(strings.Split(a.ID, "+"), id)) &&
			(a.Version == "all" || a.Version == "latest" || slices.Contains(strings.Split(a.Version, "+"), version))
	}
	of := func(resource string) bool { return a.Resource == resource || a.Resource == "structure" }
	var found Artefacts
	found.Agencies = of("agencyscheme") && named(registrar, AgenciesID, "1.0")
	found.Dataflow = of("dataflow") && named(s.Agency, DataflowID, s.Version)
	found.Structure = of("datastructure") && named(s.Agency, StructureID, s.Version)
	found.Concepts = of("conceptscheme") && named(s.Agency, ConceptsID, s.Version)
	for _, c := range s.Lists() {
		if of("codelist") && named(s.Agency, c.List(), s.Version) {
			found.Lists = append(found.Lists, c.List())
		}
	}
	any := found.Agencies || found.Dataflow || found.Structure || found.Concepts || len(found.Lists) > 0
	return s.refer(found, a.References), any
}

// refer adds what artefacts refer to, and what refers to them: the dataflow to
// the structure, and this to the concepts and the code lists.
func (s Structure) refer(found Artefacts, references string) *Artefacts {
	below := found.Concepts || len(found.Lists) > 0
	down := slices.Contains([]string{"children", "descendants", "all"}, references)
	up := slices.Contains([]string{"parents", "parentsandsiblings", "all"}, references)
	more := found
	lists := func() {
		more.Concepts, more.Lists = true, nil
		for _, c := range s.Lists() {
			more.Lists = append(more.Lists, c.List())
		}
	}
	related := found.Dataflow || found.Structure || below
	switch references {
	case "dataflow":
		more.Dataflow = more.Dataflow || related
	case "datastructure":
		more.Structure = more.Structure || related
	case "conceptscheme":
		more.Concepts = more.Concepts || related
	case "codelist":
		if related {
			was := more.Concepts
			lists()
			more.Concepts = was
		}
	}
	if down {
		more.Structure = more.Structure || found.Dataflow
		if found.Structure || found.Dataflow && references != "children" {
			lists()
		}
	}
	if up {
		more.Structure = more.Structure || below
		more.Dataflow = more.Dataflow || found.Structure || below && references == "all"
		if below && references != "parents" {
			lists()
		}
	}
	return &more
}

// ofXML leaves these in a message.
func (a *Artefacts) ofXML(x xmlStructures) xmlStructures {
	if !a.Dataflow {
		x.Dataflow = nil
	}
	if !a.Structure {
		x.DSD = nil
	}
	if !a.Concepts {
		x.Concepts = nil
	}
	if !a.Agencies {
		x.Agencies = nil
	}
	if len(a.Lists) == 0 {
		x.Codelists = nil
		return x
	}
	x.Codelists.Codelists = slices.DeleteFunc(x.Codelists.Codelists, func(l xmlCodelist) bool { return !slices.Contains(a.Lists, l.ID) })
	return x
}

// ofJSON leaves these in a message.
func (a *Artefacts) ofJSON(data jsonStructures) jsonStructures {
	if !a.Dataflow {
		data.Dataflows = nil
	}
	if !a.Structure {
		data.DSDs = nil
	}
	if !a.Concepts {
		data.Concepts = nil
	}
	if !a.Agencies {
		data.Agencies = nil
	}
	data.Codelists = slices.DeleteFunc(data.Codelists, func(l jsonArtefact) bool { return !slices.Contains(a.Lists, l.ID) })
	return data
}

// Names reports whether a reference to the dataflow names this one: "DF_GCM",
// "KAZ_GCM,DF_GCM", "KAZ_GCM,DF_GCM,latest".
func (s Structure) Names(flow string) bool {
	parts := strings.Split(flow, ",")
	if len(parts) == 1 {
		parts = []string{"all", parts[0]}
	}
	parts = append(parts, "latest")
	return (parts[0] == "all" || parts[0] == s.Agency) && parts[1] == DataflowID && slices.Contains([]string{"latest", "all", s.Version}, parts[2])
}
