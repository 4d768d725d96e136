package web

import (
	"net/http/httptest"
	"testing"

	"gcm/web/browsertest"
)

func TestChartAnswersPointerKeysAndChoices(t *testing.T) {
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	listenToPolicy(t, ctx)
	show(t, ctx, 1280, "light")
	check(t, ctx, server.URL+refugees, `(() => {
		const box = document.querySelector("figure .wide"), press = key => box.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
		const said = [], tip = () => box.querySelector(".tip");
		box.dispatchEvent(new FocusEvent("focus"));
		said.push(box.querySelector("[role=status]").textContent);
		press("ArrowRight"); said.push(box.querySelector("[role=status]").textContent);
		press("End"); said.push(box.querySelector("[role=status]").textContent);
		press("ArrowRight"); said.push(tip().textContent);
		press("Escape"); said.push(String(tip().hidden));
		const r = box.querySelector("svg").getBoundingClientRect();
		box.dispatchEvent(new PointerEvent("pointermove", {clientX: r.left + r.width * .47, clientY: r.top + 40, bubbles: true}));
		said.push(tip().textContent);
		const want = ["2017 – 608", "2018 – 574", "1 September 2021 – 371", "1 September 2021 – 371", "true", "2019 – 524"];
		return [
			...want.flatMap((w, i) => said[i].replaceAll("\u00a0", " ") === w ? [] : ["said " + said[i] + ", want " + w]),
			...(box.getAttribute("role") === "application" && box.getAttribute("aria-label").includes("Arrow keys") ? [] : ["the chart has no name and no help"]),
			...window.refused.map(v => "refused by the policy: " + v),
		];
	})()`)
	check(t, ctx, "", `(async () => {
		const until = async (what) => { for (let i = 0; i < 200; i++) { if (what()) return true; await new Promise(r => setTimeout(r, 25)); } return false; };
		const text = () => document.querySelector("figure.chart").textContent;
		window.kept = true;
		const choose = document.getElementById("view");
		choose.focus();
		choose.value = "bars:citizenship:2021-09-01";
		choose.dispatchEvent(new Event("change", {bubbles: true}));
		const out = [];
		if (!await until(() => text().includes("Afghanistan"))) out.push("the chosen picture does not come");
		if (new URL(location).searchParams.get("view") !== "bars:citizenship:2021-09-01") out.push("the address is " + location);
		if (document.activeElement?.id !== "view") out.push("the focus is lost");
		if (![...document.querySelectorAll(".languages a")].every(a => a.search.includes("view="))) out.push("another language shows another picture");
		if (![...document.querySelectorAll("#picture .actions a")].every(a => a.search.includes("view="))) out.push("the files are of another picture");
		history.back();
		if (!await until(() => text().includes("2017"))) out.push("going back does not bring the picture back");
		document.activeElement?.blur();
		history.forward();
		if (!await until(() => text().includes("Afghanistan"))) out.push("going forward does not bring the picture back");
		await new Promise(r => setTimeout(r, 50));
		out.push(...window.refused);
		if (!window.kept) out.push("the page was loaded anew");
		return out;
	})()`)
	check(t, ctx, server.URL+refugees+"?view=time", `(async () => {
		const until = async (what) => { for (let i = 0; i < 200; i++) { if (what()) return true; await new Promise(r => setTimeout(r, 25)); } return false; };
		const out = [], form = () => document.querySelector("form.choose"), picture = document.getElementById("picture");
		document.querySelector("a.ref").click(); // to a quotation below
		await new Promise(r => setTimeout(r, 300));
		if (document.getElementById("picture") !== picture) out.push("a link within the page brings the picture anew");
		const wrong = Object.assign(document.createElement("input"), {type: "checkbox", name: "s", value: "nope", checked: true});
		form().append(wrong);
		wrong.dispatchEvent(new Event("change", {bubbles: true}));
		if (!await until(() => document.querySelector("#picture [role=alert]")?.textContent.includes("nope"))) out.push("what is wrong with a choice is not said");
		const asked = window.fetch, waiting = [];
		window.fetch = (url, init) => new Promise((done, fail) => { init?.signal?.addEventListener("abort", () => fail(init.signal.reason)); waiting.push(() => asked(url).then(done, fail)); });
		for (const view of ["bars:citizenship:2021-09-01", "time"]) {
			form().elements.view.value = view;
			form().elements.view.dispatchEvent(new Event("change", {bubbles: true}));
		}
		waiting.reverse().forEach((answer, i) => setTimeout(answer, 300 * i)); // the first answer comes last
		await until(() => !document.querySelector("#picture [role=alert]"));
		await new Promise(r => setTimeout(r, 600));
		if (document.querySelector("figure.chart").textContent.includes("Afghanistan")) out.push("an answer that came late is shown");
		out.push(...window.refused);
		return out;
	})()`)
}
