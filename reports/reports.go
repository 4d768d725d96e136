// Package reports says what a national review contains: it gathers a cycle's
// measures, figures and narrative into a Document. It knows the Compact and the
// country's data; it does not know fonts, pages or HTML.
package reports
