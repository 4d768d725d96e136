package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"gcm/internal/fault"
)

// Paging is which part of a list is asked for.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Cursor string `query:"cursor" maxLength:"1000"`
}

// apiList is a part of a list.
type apiList[T any] struct {
	Items []T    `json:"items" required:"true"`
	Next  string `json:"next,omitempty"` // the cursor of the next part; empty on the last
	Total *int   `json:"total,omitempty"`
}

// listPlace is where a part of a list ended: what it is ordered by, and the code of the
// last record. The next part begins behind it, whatever was added meanwhile.
type listPlace struct{ By, Code string }

// cursor writes a place as text for the same question.
func (r *request) cursor(at listPlace) string {
	b, err := json.Marshal(at)
	if err != nil {
		return "" // two texts can always be written
	}
	return base64.RawURLEncoding.EncodeToString(append(r.question(b), b...))
}

// question is a check that a cursor was made here for this question and was not
// changed. It protects nobody: a cursor says nothing that the list does not.
func (r *request) question(at []byte) []byte {
	asked := url.Values{}
	for name, values := range r.Request.URL.Query() {
		if name != "cursor" && name != "limit" && name != "fields" && name != "lang" && strings.Join(values, "") != "" {
			asked[name] = values
		}
	}
	sum := sha256.Sum256([]byte(r.Request.URL.Path + "?" + asked.Encode() + "\n" + string(at)))
	return sum[:9]
}

// place reads a cursor; none for the first part.
func (r *request) place(cursor string) (*listPlace, error) {
	if cursor == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	var at listPlace
	if err == nil && len(b) > 9 && slices.Equal(b[:9], r.question(b[9:])) {
		err = json.Unmarshal(b[9:], &at)
	} else {
		err = fault.Problems{{Field: "cursor", Key: "api.wrong.cursor"}}
	}
	return &at, err
}

// next links to the part of a list behind a place, and returns its cursor.
func (r *request) next(at listPlace) string {
	cursor := r.cursor(at)
	query := r.Request.URL.Query()
	query.Set("cursor", cursor)
	r.Header("Link", "<"+r.absolute(r.Request.URL.Path)+"?"+query.Encode()+`>; rel="next"`)
	return cursor
}

// part returns a part of rows in the order of by, and of their codes where that
// is the same; downwards when the sort begins with "-".
func part[T any](r *request, asked Paging, sort string, rows []T, at func(T) listPlace) ([]T, string, error) {
	from, err := r.place(asked.Cursor)
	if err != nil {
		return nil, "", err
	}
	down := strings.HasPrefix(sort, "-")
	order := func(a, b listPlace) int {
		by := cmp.Compare(a.By, b.By)
		if down {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.Code, b.Code))
	}
	slices.SortStableFunc(rows, func(a, b T) int { return order(at(a), at(b)) })
	if from != nil {
		i := slices.IndexFunc(rows, func(row T) bool { return order(at(row), *from) > 0 })
		if i < 0 {
			i = len(rows)
		}
		rows = rows[i:]
	}
	if len(rows) <= asked.Limit {
		return rows, "", nil
	}
	rows = rows[:asked.Limit]
	return rows, r.next(at(rows[len(rows)-1])), nil
}

// listOf answers a part of a list: of the rows as read, each as it is shown.
func listOf[T, S any](r *request, asked Paging, sort string, rows []T, at func(T) listPlace, shown func(T) S) (apiList[S], error) {
	total := len(rows)
	some, next, err := part(r, asked, sort, rows, at)
	list := apiList[S]{Items: make([]S, len(some)), Next: next, Total: &total}
	for i, row := range some {
		list.Items[i] = shown(row)
	}
	return list, err
}
