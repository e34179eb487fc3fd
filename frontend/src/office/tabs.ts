/** On a telephone a row of tabs is longer than the screen: the one that is open is brought into view. */
export function showCurrentTab(): void {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.parentElement!;
    const [seen, current] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (current.right > seen.right) row.scrollLeft += current.right - seen.right + (seen.width - current.width) / 2;
  }
}
