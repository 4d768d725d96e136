package web

import (
	"net/http"
	"strconv"
)

// noticesOnPage is how many notices a page lists.
const noticesOnPage = 50

// noticesPage is pages/notices/list.html.
type noticesPage struct {
	workPage
	Notices        []noticeLine
	Total          int
	Newest         int64 // what "all read" reaches to
	Unread         bool  // some on this page are
	Earlier, Later int   // numbers of the pages beside; 0 for none
}

// noticeLine is a notice in the reader's words.
type noticeLine struct {
	ID                 int64
	Words, Detail, Day string
	Path               string
	Read               bool
}

// listNotices shows what the person was told.
func (s *site) listNotices(r *request) error {
	number := max(1, whole(r.Query("page")))
	rows, total, err := s.notices.Notices(r.Request.Context(), r.actor, noticesOnPage, (number-1)*noticesOnPage)
	if err != nil {
		return err
	}
	page := noticesPage{workPage: r.workPage(r.T("work.notices")), Total: total, Later: number - 1}
	if number*noticesOnPage < total {
		page.Earlier = number + 1
	}
	for _, n := range rows {
		page.Newest = max(page.Newest, n.ID)
		page.Unread = page.Unread || n.ReadAt == nil
		page.Notices = append(page.Notices, noticeLine{n.ID, n.Words(r.p), n.Detail(r.p), r.moment(n.CreatedAt), n.Path, n.ReadAt != nil})
	}
	return r.render(http.StatusOK, "notices/list", page)
}

// whole reads a whole number; 0 when it is none.
func whole(text string) int {
	n, _ := strconv.Atoi(text)
	return min(n, 1e6)
}

// readNotices marks the notices that the person was shown as read.
func (s *site) readNotices(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	newest, err := strconv.ParseInt(form.Get("newest"), 10, 64)
	if err != nil {
		return &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	if err := s.notices.ReadAll(r.Request.Context(), r.actor, newest); err != nil {
		return err
	}
	return r.to("/work/notices", r.T("notices.all_read"))
}

// openNotice marks one as read and leads to what it speaks of, or back to the
// list.
func (s *site) openNotice(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no notice %q", r.Param("id"))
	}
	n, err := s.notices.Open(r.Request.Context(), r.actor, id)
	if err != nil {
		return err
	}
	if form.Has("stay") || !localPath(n.Path) {
		return r.to("/work/notices", "")
	}
	return r.to(n.Path, "")
}
