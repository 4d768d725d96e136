package chart

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Land and places of countries (world/README.md), in the plane of an equal-area
// projection: 10000 wide, y goes down.
var (
	//go:embed world/land.txt
	landFile string
	//go:embed world/places.txt
	placesFile string
)

// world is the land as rings, and a point of each country by both of its codes.
type world struct {
	land   [][]XY
	places map[string]XY
}

var theWorld = sync.OnceValue(func() world {
	w := world{places: map[string]XY{}}
	for line := range strings.Lines(landFile) {
		var ring []XY
		var at XY
		steps := strings.Fields(line)
		for i := 0; i+1 < len(steps); i += 2 {
			at = XY{at.X + whole(steps[i]), at.Y + whole(steps[i+1])}
			ring = append(ring, at)
		}
		w.land = append(w.land, ring)
	}
	for line := range strings.Lines(placesFile) {
		f := strings.Fields(line)
		at := XY{whole(f[2]), whole(f[3])}
		if at.Y < worldBottom {
			w.places[f[0]], w.places[f[1]] = at, at
		}
	}
	return w
})

func whole(s string) float64 {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("chart: the map: %v", err)) // the files are part of the program
	}
	return float64(n)
}

// OnMap reports whether a map has a place for a code of ISO 3166-1, alpha-2 or alpha-3.
func OnMap(code string) bool {
	_, ok := theWorld().places[code]
	return ok
}

// clipped returns what of a ring lies within the box (Sutherland and Hodgman's
// way, side by side).
func clipped(ring []XY, b box) []XY {
	for _, side := range []struct {
		inside func(XY) bool
		meet   func(p, q XY) XY
	}{
		{func(p XY) bool { return p.X >= b.x0 }, atX(b.x0)},
		{func(p XY) bool { return p.X <= b.x1 }, atX(b.x1)},
		{func(p XY) bool { return p.Y >= b.y0 }, atY(b.y0)},
		{func(p XY) bool { return p.Y <= b.y1 }, atY(b.y1)},
	} {
		var kept []XY
		for i, p := range ring {
			before := ring[(i+len(ring)-1)%len(ring)]
			if side.inside(p) != side.inside(before) {
				kept = append(kept, side.meet(before, p))
			}
			if side.inside(p) {
				kept = append(kept, p)
			}
		}
		ring = kept
	}
	return ring
}

func atX(x float64) func(p, q XY) XY {
	return func(p, q XY) XY { return XY{x, p.Y + (q.Y-p.Y)*(x-p.X)/(q.X-p.X)} }
}

func atY(y float64) func(p, q XY) XY {
	return func(p, q XY) XY { return XY{p.X + (q.X-p.X)*(y-p.Y)/(q.Y-p.Y), y} }
}

// thinned leaves out points that come nearer to the last one than a drawing at k
// points to the unit shows; what is left of small islands may be nothing.
func thinned(ring []XY, k float64) []XY {
	const least, islet = 1.0, 2.0 // points, and their square
	var kept []XY
	for _, p := range ring {
		if n := len(kept); n == 0 || math.Hypot(p.X-kept[n-1].X, p.Y-kept[n-1].Y)*k >= least {
			kept = append(kept, p)
		}
	}
	if len(kept) < 3 || math.Abs(area(kept))*k*k < islet {
		return nil
	}
	return kept
}
