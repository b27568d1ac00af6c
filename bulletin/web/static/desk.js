// What the pages do beyond plain forms; without this script every page still works.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-focus]")?.focus();
});
