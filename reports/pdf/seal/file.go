// Package seal finishes the PDF of a document: it takes the pages that fpdf
// wrote and makes of them a tagged file for archives, PDF/UA-1 and PDF/A-3a, with
// structure, links, outline, fonts, metadata, attached data and a name made of its
// contents. It also reads back what a file says of its edition.
//
// It knows objects of PDF and font tables. It does not know how text is set, what
// a review says, or which editions there are.
package seal

import "time"

// File is what the seal adds to the pages.
type File struct {
	Title, Subject, Author string
	Keywords               []string
	Lang                   string    // BCP 47
	Date                   time.Time // UTC
	Elements               []Element // [0] is no element, [1] the document
	Pages                  []Page
	Outline                []Bookmark
	Fonts                  []Font // F0, F1, … of the contents; without runes it is left out
	Attachments            []Attachment
	Marks                  Marks
}

// Element is a node of the structure: its role is a standard structure type of
// ISO 32000-1, 14.8.4, or Title, which is a paragraph. Its parent comes before it.
type Element struct {
	Role   string
	Parent int
	Lang   string      // when it differs from the parent's
	Alt    string      // says what a figure shows
	Actual string      // says what drawn lines read as
	Attr   string      // an attribute dictionary's entries: "/O/Table/Scope/Column"
	Named  bool        // others refer to it by Name
	BBox   *[4]float64 // of a figure: left, bottom, right, top on its page
}

// Page tells what is on one of fpdf's pages.
type Page struct {
	Marks []int32 // the element of each marked stretch of contents, by its number
	Links []Link
}

// Link is an active area. It leads to a web address or else to a page.
type Link struct {
	Left, Bottom, Right, Top float64 // in points from the page's lower left corner
	URI                      string  // ASCII
	Page                     int     // from 0
	Y                        float64 // of the destination, from the foot of its page
	Element                  int     // with the role Link
	Says                     string  // where it leads, in words
}

// Bookmark is an entry of the outline; Level counts from 0.
type Bookmark struct {
	Title string
	Level int
	Page  int
	Y     float64
}

// Attachment is a file that the document carries.
type Attachment struct {
	Name, MIME, Description string
	Data                    []byte
}

// Font is a face with the runes that the contents use of it. The contents write
// the n-th rune, from 1, as the two bytes of n.
type Font struct {
	Face  *Face
	Runes []uint16
}
