package web

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"gcm/reports/desk"
	"gcm/web/browsertest"
)

// typing presses keys in the field of a language and returns what it holds.
const pressing = `(async () => {
	const field = document.querySelector("#text-en");
	const wait = (is) => new Promise((done, fail) => { const end = Date.now() + 20000; const look = () => is() ? done() : Date.now() > end ? fail(new Error("waited for " + is)) : setTimeout(look, 50); look(); });
	const wrong = [];
	const holds = (what, want) => { if (field.value !== want) wrong.push(what + " leaves " + JSON.stringify(field.value)); };
	const press = (key, ctrl) => field.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: ctrl, bubbles: true, cancelable: true }));
	const bar = field.closest("section").querySelector("[role=toolbar]");
	const tools = [...bar.querySelectorAll("button")];
	if (bar.hidden) wrong.push("the toolbar is hidden");
	if (tools.filter((tool) => tool.tabIndex === 0).length !== 1) wrong.push("the toolbar is not one stop of the tab key");
	tools[0].focus();
	tools[0].dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
	if (document.activeElement !== tools[1]) wrong.push("an arrow does not lead to the next tool");
	field.focus();
	document.execCommand("insertText", false, "Visas go online");
	field.setSelectionRange(0, 5);
	press("b", true); holds("Ctrl+B", "**Visas** go online");
	press("b", true); holds("Ctrl+B again", "Visas go online");
	field.setSelectionRange(0, 0);
	tools.find((tool) => tool.dataset.does === "heading").click(); holds("the heading", "## Visas go online");
	field.setSelectionRange(field.value.length, field.value.length);
	tools.find((tool) => tool.dataset.does === "footnote").click(); holds("the footnote", "## Visas go online[^1]\n\n[^1]: measure:");
	document.execCommand("selectAll");
	document.execCommand("insertText", false, "Visas *go* online.[^1]\n\n[^1]: measure:e-visa");
	const page = field.closest("section").querySelector("[data-page]");
	await wait(() => page.querySelector("em")?.textContent === "go" && page.querySelector(".notes li"));
	await wait(() => document.querySelector("#saved").textContent.includes("kept"));
	return wrong;
})()`

func TestTextOfAReviewIsTypedPreviewedAndKept(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	o.drafted()
	server := httptest.NewServer(o.app)
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	actingAs(t, ctx, server.URL, o.editor.cookie)
	listenToPolicy(t, ctx)
	path := server.URL + "/work/reviews/2029/sections/means"
	check(t, ctx, path+"?lang=en", pressing)
	draft, err := o.app.site.desk.DraftOf(t.Context(), o.as(o.editor), "2029", desk.Place{Section: "means", Language: "en"})
	if err != nil || draft == nil || draft.Body != "Visas *go* online.[^1]\n\n[^1]: measure:e-visa" {
		t.Errorf("kept is %+v, %v", draft, err)
	}
	do(t, ctx, chromedp.Navigate(path)) // the tab was closed
	check(t, ctx, "", `[document.querySelector("#text-en").value].filter((text) => !text.startsWith("Visas *go* online."))`)
}
