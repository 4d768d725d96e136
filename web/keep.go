package web

import (
	"container/list"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/singleflight"
)

// keptBytes bounds the memory of answers that are kept, largestKept that of one.
const (
	keptBytes   = 64 << 20
	largestKept = 8 << 20
)

// looksAgain is how often an answer is made anew when the data changed while it
// was made, so that all that it shows is of one moment.
const looksAgain = 2

// keeper keeps answers under keys that hold the version of the data, so that
// none has to be thrown away when they change: nobody asks for it again, and it
// leaves by age.
type keeper struct {
	flights singleflight.Group

	mu    sync.Mutex
	known map[string]*list.Element
	byUse list.List // of keeping; the one used last is in front
	bytes int
	limit int
}

type keeping struct {
	key    string
	answer *readyAnswer
}

func newKeeper(limit int) *keeper { return &keeper{known: map[string]*list.Element{}, limit: limit} }

func (k *keeper) find(key string) *readyAnswer {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.known[key]
	if e == nil {
		return nil
	}
	k.byUse.MoveToFront(e)
	return e.Value.(keeping).answer
}

// put keeps an answer, and lets go of those that were not used for the longest.
func (k *keeper) put(key string, a *readyAnswer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known[key] != nil {
		return
	}
	k.known[key] = k.byUse.PushFront(keeping{key, a})
	k.bytes += a.size() + len(key)
	for k.bytes > k.limit {
		oldest := k.byUse.Remove(k.byUse.Back()).(keeping)
		delete(k.known, oldest.key)
		k.bytes -= oldest.answer.size() + len(oldest.key)
	}
}

// negotiating lets kept answers differ by what a program accepts, in the form that
// it gets.
func (r route) negotiating(form func(*http.Request) string) route {
	r.form = form
	return r
}

// keptBy lets the answers of a public route be kept by the version of the data, for
// the named parameters of the query. With any other one the answer is made anew,
// so that nobody can fill the memory with what means nothing.
func (r route) keptBy(parameters ...string) route {
	r.kept, r.parameters = true, parameters
	return r
}

// respondKept answers with what is kept, or makes it: once, however many ask.
func (s *site) respondKept(c *gin.Context, route route) {
	result := keptBypassed
	defer func() { s.metrics.kept.WithLabelValues(result).Inc() }()
	if seen := s.foresee(c, route); seen != nil { // made for one person, and never kept
		route.handle = seen.before(route.handle)
		s.respond(c, route)
		return
	}
	machine := forMachines(c.Request.URL.Path)
	if machine && (c.GetHeader("Authorization") != "" || s.counted(c, c.ClientIP()) != nil) {
		s.respond(c, route)
		return
	}
	if c.Request.URL.RawQuery != "" {
		query, ok := canonical(c.Request.URL.Query(), route.parameters, machine)
		if !ok {
			s.respond(c, route)
			return
		}
		c.Request.URL.RawQuery = query
	}
	version, err := s.version(c.Request.Context())
	if err != nil {
		s.respond(c, route) // which meets the same trouble, and says so
		return
	}
	key, err := s.keyOf(c.Request, route, version)
	if err != nil {
		s.respond(c, route)
		return
	}
	a := s.keeper.find(version + key)
	result = keptFound
	if a == nil {
		result = keptShared
		var own *recorder
		made, _, _ := s.keeper.flights.Do(version+key, func() (any, error) {
			var answer *readyAnswer
			result = keptMade
			answer, own = s.make(c, route, version, key)
			return answer, nil
		})
		if a = made.(*readyAnswer); a == nil && own != nil {
			if err := own.send(); err != nil {
				s.notWhole(c, err)
			}
			return
		}
	}
	if a == nil || a.forms == nil { // what failed for another may not for this one
		s.respond(c, route)
		return
	}
	if err := a.send(c.Writer, c.Request); err != nil {
		s.notWhole(c, err)
	}
}

func (s *site) notWhole(c *gin.Context, err error) {
	s.Log.Info("answer not sent whole", "id", requestID(c.Request), "error", err)
}

// make makes an answer and keeps it; one that cannot be kept is in the recorder
// alone. It belongs to all who wait, so that it goes on when the first leaves.
func (s *site) make(c *gin.Context, route route, version, key string) (*readyAnswer, *recorder) {
	client, request := c.Writer, c.Request
	defer func() { c.Writer, c.Request = client, request }()
	ctx := context.WithoutCancel(request.Context())
	for again := 0; ; again++ {
		out := newRecorder(client, request.Method == http.MethodHead)
		c.Writer, c.Request = out, wholly(request.WithContext(ctx))
		s.respond(c, route)
		if out.passing { // and the next who ask are answered so at once, or in the part that they ask for
			s.keeper.put(version+key, &readyAnswer{})
			return nil, out
		}
		if out.Status() != http.StatusOK || out.header.Get("Set-Cookie") != "" || strings.Contains(out.header.Get("Cache-Control"), "no-store") {
			return nil, out
		}
		now, err := s.version(ctx)
		if err == nil && now != version && again < looksAgain {
			version = now
			continue
		}
		out.header.Del("Accept-Ranges") // of what is kept nobody gets a part
		out.header.Del("Last-Modified")
		if out.header.Get("Cache-Control") == "" {
			out.header.Set("Cache-Control", "no-cache") // but ask whether it is still so
		}
		a, err := newAnswer(out.header, out.body.Bytes())
		if err != nil {
			return nil, out
		}
		s.keeper.put(version+key, a)
		return a, out
	}
}

// wholly asks for all of an answer, whatever the client has of it.
func wholly(r *http.Request) *http.Request {
	r.Method, r.Header = http.MethodGet, r.Header.Clone()
	for _, name := range []string{"Accept-Encoding", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range"} {
		r.Header.Del(name)
	}
	return r
}

// keyOf is all that an answer depends on besides the version of the data: the
// address, the day in the State, the theme of a page or the language of what has
// none in its address, the form that a program wants, and the host where the
// operator named none.
func (s *site) keyOf(r *http.Request, route route, version string) (string, error) {
	day, reader, form, host := s.Now().In(s.Zone).Format(time.DateOnly), "", "", ""
	if strings.HasPrefix(route.path, "/:lang") {
		reader = theme(r)
	} else {
		spoken, err := s.spokenAt(r.Context(), version)
		if err != nil {
			return "", err
		}
		reader = spoken.pick(r.Header.Get("Accept-Language"))
	}
	if route.form != nil {
		form = route.form(r)
	}
	if s.BaseURL == "" {
		host = r.Host
	}
	return "\n" + day + "\n" + r.URL.RequestURI() + "\n" + reader + "\n" + form + "\n" + host, nil
}

// spokenAt is what the State speaks at a version of the data.
type spokenAt struct {
	version string
	negotiator
}

func (s *site) spokenAt(ctx context.Context, version string) (*spokenAt, error) {
	if known := s.spoken.Load(); known != nil && known.version == version {
		return known, nil
	}
	country, err := s.objectives.Country(ctx)
	if err != nil {
		return nil, err
	}
	now := &spokenAt{version, newNegotiator(spoken(country.Languages))}
	s.spoken.Store(now)
	return now, nil
}

// canonical is a query in one order and without empty parameters; not ok when one
// is in it that the route does not name: strictly, also an empty one.
func canonical(query url.Values, parameters []string, strict bool) (_ string, ok bool) {
	for name, values := range query {
		if strict && !slices.Contains(parameters, name) {
			return "", false
		} else if !slices.ContainsFunc(values, func(v string) bool { return v != "" }) {
			delete(query, name)
		} else if !slices.Contains(parameters, name) {
			return "", false
		}
	}
	return query.Encode(), true
}
