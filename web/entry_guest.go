package web

import "gcm/internal/auth"

// guest reports whether the person looks at entries from outside: a partner who
// has no part in the work.
func (r *request) guest() bool { return r.actor.Has(auth.Partner) && !r.actor.Can(auth.Account) }

// welcome tells a guest what he looks at. He comments where he was invited:
// guests are shown remarks that name them, and their own.
func (h *entryHead) welcome(r *request) {
	if h.Guest = r.guest(); h.Guest {
		h.MayComment = h.MayComment && len(h.Comments) > 0
	}
}
