package web

import (
	"github.com/danielgtaylor/huma/v2"
)

// register is the table of contents of the API. What an operation does is said in
// the catalogue under "api.op." and its id.
func (a *api) register() {
	op := func(id, tag, path string) huma.Operation {
		return huma.Operation{OperationID: id, Tags: []string{tag}, Path: path}
	}
	operation(a, op("showState", "state", ""), showAPI)

	operation(a, op("listObjectives", "compact", "/objectives"), listAPIObjectives)
	operation(a, op("showObjective", "compact", "/objectives/{number}"), showAPIObjective)
	operation(a, op("listActions", "compact", "/actions"), listAPIActions)
	operation(a, op("listPrinciples", "compact", "/principles"), listAPIPrinciples)

	operation(a, op("listMeasures", "measures", "/measures"), listAPIMeasures)
	operation(a, op("showMeasure", "measures", "/measures/{code}"), showAPIMeasure)
	operation(a, op("listLegalInstruments", "measures", "/legal-instruments"), listAPILaws)
	operation(a, op("showLegalInstrument", "measures", "/legal-instruments/{code}"), showAPILaw)
	operation(a, op("listAgencies", "measures", "/agencies"), listAPIAgencies)
	operation(a, op("showAgency", "measures", "/agencies/{code}"), showAPIAgency)
	operation(a, op("listChallenges", "measures", "/challenges"), listAPIChallenges)
	operation(a, op("listTerms", "measures", "/glossary"), listAPITerms)

	operation(a, op("listIndicators", "figures", "/indicators"), listAPIIndicators)
	operation(a, op("showIndicator", "figures", "/indicators/{code}"), showAPIIndicator)
	operation(a, op("listSeries", "figures", "/indicators/{code}/observations"), listAPISeries)
	operation(a, op("listObservations", "figures", "/observations"), listAPIObservations)
	operation(a, op("listDimensions", "figures", "/dimensions"), listAPIDimensions)
	operation(a, op("listReleases", "figures", "/releases"), listAPIReleases)
	operation(a, op("showRelease", "figures", "/releases/{code}"), showAPIRelease)

	operation(a, op("listCycles", "rounds", "/cycles"), listAPICycles)
	operation(a, op("listReviews", "rounds", "/reviews"), listAPIReviews)
	operation(a, op("showReview", "rounds", "/reviews/{cycle}"), showAPIReview)
	operation(a, op("listEntries", "rounds", "/entries"), listAPIEntries)
	operation(a, op("showEntry", "rounds", "/entries/{code}"), showAPIEntry)
}
