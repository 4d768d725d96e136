package web

import (
	"context"
	"net/http"

	"gcm/internal/auth"
)

// retiring is archiving a record or bringing it back.
type retiring func(ctx context.Context, actor auth.Actor, code, why string) error

// archive takes a record out of use.
func (g registerPages[C]) archive(r *request) error {
	return g.retire(r, g.Archive, "register.archived")
}

// restore brings it back.
func (g registerPages[C]) restore(r *request) error {
	return g.retire(r, g.Restore, "register.restored")
}

// retire takes the reason for archiving or bringing back.
func (g registerPages[C]) retire(r *request, do retiring, done string) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	code := r.Param("code")
	err = do(r.Request.Context(), r.actor, code, form.Get("reason"))
	if err == nil {
		return r.to("/work/"+g.name+"/"+code, r.T(done))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return g.showWrong(r, code, wrong)
}

// showWrong shows a record as it stands, with what was wrong about the reason.
func (g registerPages[C]) showWrong(r *request, code string, wrong problems) error {
	p, err := g.stored(r, code)
	if err != nil {
		return err
	}
	p.Problems = wrong
	return r.render(http.StatusUnprocessableEntity, "registers/form", p)
}
