// Files to send: the camera and the device feed one list; photographs are made smaller first.
// `window.matterFiles(box)` gives and takes the list, so that a draft can keep it.
(() => {
  const MIB = 1024 * 1024;
  const LONGEST = 2000; // pixels of the longer side: a page of print can still be read
  const SMALL = 400 * 1024; // what is smaller stays as it is
  const THUMB = 96;
  const boxes = new WeakMap();

  async function drawn(file, longest) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
  }

  async function shrunk(file) {
    if (!file.type.startsWith("image/") || file.size <= SMALL) return file;
    try {
      const canvas = await drawn(file, LONGEST);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file; // not a picture that this browser can read: the server says what is wrong
    }
  }

  class Box {
    constructor(element) {
      this.element = element;
      this.input = element.querySelector("input[multiple]");
      this.camera = element.querySelector("input[capture]");
      this.list = element.querySelector("ul");
      this.files = [];
      for (const input of [this.input, this.camera]) {
        input.addEventListener("change", () => this.take([...input.files], input));
      }
    }

    async take(files, input) {
      const words = this.element.dataset;
      const refused = [];
      this.busy = true;
      this.say(words.shrinking);
      const ready = await Promise.all(files.map(shrunk));
      for (const file of ready) {
        if (file.size > Number(words.limit) * MIB) refused.push(`${file.name} · ${words.tooLarge}`);
        else if (this.files.length >= Number(words.most)) refused.push(`${file.name} · ${words.tooMany}`);
        else if (!this.files.some((one) => one.name === file.name && one.size === file.size)) this.files.push(file);
      }
      if (input === this.camera) input.value = "";
      this.busy = false;
      this.put();
      if (refused.length) this.say(refused.join("\n"));
      this.element.dispatchEvent(new CustomEvent("matters:files", { bubbles: true }));
    }

    set(files) {
      this.files = files;
      this.put();
    }

    put() {
      const all = new DataTransfer();
      for (const file of this.files) all.items.add(file);
      this.input.files = all.files;
      this.list.replaceChildren(...this.files.map((file) => this.line(file)));
    }

    say(words) {
      const line = document.createElement("li");
      line.className = "matter-said";
      line.textContent = words;
      this.list.append(line);
    }

    line(file) {
      const line = document.createElement("li");
      if (file.type.startsWith("image/")) this.show(file, line);
      const name = document.createElement("span");
      const size = file.size < MIB ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / MIB).toFixed(1)} MB`;
      name.textContent = `${file.name} · ${size}`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = this.element.dataset.remove;
      button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
      button.addEventListener("click", () => {
        this.set(this.files.filter((one) => one !== file));
        this.input.focus();
        this.element.dispatchEvent(new CustomEvent("matters:files", { bubbles: true }));
      });
      line.append(name, button);
      return line;
    }

    async show(file, line) {
      try {
        const picture = document.createElement("img");
        picture.src = (await drawn(file, THUMB)).toDataURL("image/jpeg", 0.7);
        picture.alt = "";
        line.prepend(picture);
      } catch {
        // a file without a picture is a line of words
      }
    }
  }

  for (const element of document.querySelectorAll("[data-files]")) boxes.set(element, new Box(element));
  window.matterFiles = (element) => boxes.get(element);
})();
