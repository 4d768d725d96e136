package web

import "gcm/internal/auth"

// guest reports whether the person looks at entries from outside: a partner who
// has no part in the work.
func (r *request) guest() bool { return r.actor.Has(auth.Partner) && !r.actor.Can(auth.Account) }

// welcome tells a guest what he looks at, and everybody whether he may comment: a
// guest where he was invited.
func (h *entryHead) welcome(r *request) error {
	may, by, err := r.site.progress.MayComment(r.Request.Context(), r.actor, h.Entry.Code)
	h.Guest, h.MayComment, h.Invited = r.guest(), may, r.invitedWords(by)
	return err
}
