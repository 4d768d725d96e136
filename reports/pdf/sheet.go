package pdf

// newPage ends the page and begins the next with what has waited for it.
func (f *flow) newPage() {
	f.closePage()
	f.page = &page{geometry: f.geo, chapter: f.chapter}
	f.pages = append(f.pages, f.page)
	f.y, f.foot, f.empty = 0, 0, true
	f.resume()
	f.land()
}

// resume hangs the lines of notes that the page before had no room for.
func (f *flow) resume() {
	if len(f.later) == 0 {
		return
	}
	rest := f.later
	f.later = nil
	f.hang(&note{lines: rest})
}

// land places the floats that waited for this page, as many as fit.
func (f *flow) land() {
	waiting := f.waiting
	f.waiting = nil
	for i, group := range waiting {
		if !f.fits(group) && !f.empty {
			f.waiting = waiting[i:]
			return
		}
		f.placeAll(group)
		f.y += beforeFloat
	}
}

// closePage puts the notes at the foot of the page.
func (f *flow) closePage() {
	if f.page == nil {
		return
	}
	f.closeFrame()
	if len(f.notes) > 0 {
		y := f.geo.top + f.geo.textHeight() - f.foot
		f.page.items = append(f.page.items, rule(f.geo.left, y+noteGap-7, 64, 0.5, muted))
		for _, l := range f.notes {
			y += l.before
			l.shift(f.geo.left, y)
			f.page.items = append(f.page.items, l.items...)
			f.page.links = append(f.page.links, l.links...)
			y += l.height
		}
	}
	f.notes, f.page = nil, nil
}
