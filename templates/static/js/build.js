// Follows the build of a review without reloading the page; without scripts the
// page reloads by itself.
const box = document.querySelector("#build[data-running]");

const follow = async () => {
  try {
    const answer = await fetch(box.dataset.running, { cache: "no-store" });
    const { state } = await answer.json();
    if (state !== "running") {
      location.reload();
      return;
    }
  } catch {
    // the network is away for a moment: ask again
  }
  setTimeout(follow, 500);
};

if (box) setTimeout(follow, 300);
