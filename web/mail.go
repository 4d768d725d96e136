package web

import (
	"net/http"
	"strconv"

	"gcm/internal/notify"
)

// mailPage is pages/mail/list.html.
type mailPage struct {
	workPage
	Server string // empty without one
	State  string // the one that is listed
	States []mailState
	Mails  []mailLine
	More   bool // older ones are not listed
}

// mailState leads to the letters of a state.
type mailState struct {
	State   string
	Count   int
	Current bool
}

// mailLine is a letter of the queue.
type mailLine struct {
	notify.Mail
	Made, Next, Sent string
	Again            bool // it can be sent again
}

// mailsOnPage is how many letters the page lists.
const mailsOnPage = 100

// listMail shows the administrator the queue of mail.
func (s *site) listMail(r *request) error {
	ctx := r.Request.Context()
	counts, err := s.notices.CountLetters(ctx, r.actor)
	if err != nil {
		return err
	}
	page := mailPage{workPage: r.workPage(r.T("mail.title")), Server: s.MailServer}
	for _, state := range notify.MailStates {
		if state == r.Query("state") || page.State == "" && r.Query("state") == "" && counts[state] > 0 {
			page.State = state
		}
	}
	if page.State == "" {
		page.State = "queued"
	}
	for _, state := range notify.MailStates {
		page.States = append(page.States, mailState{state, counts[state], state == page.State})
	}
	rows, err := s.notices.Letters(ctx, r.actor, page.State, mailsOnPage)
	if err != nil {
		return err
	}
	page.More = counts[page.State] > len(rows)
	for _, m := range rows {
		line := mailLine{Mail: m, Made: r.moment(m.CreatedAt), Again: m.State == "failed" || m.State == "uncertain"}
		if m.SentAt != nil {
			line.Sent = r.moment(*m.SentAt)
		} else if m.State == "queued" {
			line.Next = r.moment(m.NextAt)
		}
		page.Mails = append(page.Mails, line)
	}
	return r.render(http.StatusOK, "mail/list", page)
}

// sendMailAgain puts a letter back into the queue.
func (s *site) sendMailAgain(r *request) error {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no letter %q", r.Param("id"))
	}
	if err := s.notices.SendAgain(r.Request.Context(), r.actor, id); err != nil {
		return err
	}
	return r.to("/work/mail", r.T("mail.queued_again"))
}
