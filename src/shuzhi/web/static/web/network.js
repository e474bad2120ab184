// When a part of the page cannot be fetched, say so in words; nothing typed is touched.
(() => {
  function say(words) {
    const box = document.querySelector(".sz-messages");
    if (!box || box.dataset.network) return;
    box.dataset.network = "1";
    const alert = document.createElement("div");
    alert.className = "alert alert-warning";
    alert.textContent = words;
    box.append(alert);
    document.addEventListener("htmx:afterOnLoad", () => {
      alert.remove();
      delete box.dataset.network;
    }, { once: true });
  }
  const words = () => document.getElementById("words").dataset;
  document.addEventListener("htmx:sendError", () => say(words().offline));
  document.addEventListener("htmx:responseError", () => say(words().failed));
})();
