package web

import (
	"context"
	"testing"

	keys "github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// findStops lists what the keyboard has to get to on the page that is open, and
// has the page note where it gets. Of the choices of a group one is a stop. It
// gives how often Tab is to be pressed: a date has several parts.
const findStops = `(() => {
	const seen = n => n.checkVisibility({visibilityProperty: true}), name = n => n.outerHTML.slice(0, 120);
	const group = n => n.type === "radio" && n.name ? [...document.getElementsByName(n.name)].filter(o => o.form === n.form) : [n];
	const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button], [role=link], [role=tab]")]
		.filter(n => !n.disabled && seen(n) && (n.type !== "radio" || n === (group(n).find(o => o.checked) ?? group(n)[0])) && n.getAttribute("tabindex") !== "-1");
	const reached = new Set(), wrong = new Set();
	document.addEventListener("focusin", e => reached.add(e.target));
	document.addEventListener("keyup", () => {
		const n = document.activeElement, style = getComputedStyle(n);
		if (n === document.body) return;
		if ((style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) && style.boxShadow === "none") wrong.add("no focus is seen on " + name(n));
		n.scrollIntoView({block: "nearest", behavior: "instant"});
		const box = [...n.getClientRects()].find(b => b.width * b.height > 0);
		if (!box || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) { wrong.add("out of sight: " + name(n)); return; }
		const within = (low, high, limit) => (Math.max(low, 0) + Math.min(high, limit)) / 2;
		const top = document.elementFromPoint(within(box.left, box.right, innerWidth), within(box.top, box.bottom, innerHeight));
		if (top && !n.contains(top) && !top.contains(n)) wrong.add(name(n) + " is behind " + name(top));
	});
	window.walked = () => [
		...stops.filter(n => !group(n).some(o => reached.has(o))).map(n => "the keyboard does not get to " + name(n)),
		...[...document.querySelectorAll("[tabindex]")].filter(n => n.tabIndex > 0).map(n => "it goes out of order to " + name(n)),
		...wrong,
	];
	document.activeElement.blur();
	return stops.length + 4 * stops.filter(n => n.type === "date").length + 2;
})()`

// walk goes through the page that is open by the Tab key alone: it gets
// everywhere, is nowhere caught, and one sees where it is.
func walk(t *testing.T, ctx context.Context) {
	t.Helper()
	presses, err := chromedp.Run(ctx, chromedp.Evaluate[int](findStops))
	for range presses {
		for _, what := range []keys.DispatchKeyEventType{"rawKeyDown", "keyUp"} {
			if err == nil {
				_, err = chromedp.Call(ctx, keys.DispatchKeyEvent, keys.DispatchKeyEventParams{Type: what, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9})
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	check(t, ctx, "", "walked()")
}
