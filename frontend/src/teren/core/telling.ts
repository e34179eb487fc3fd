/** Tells listeners; what goes wrong in one of them is nobody else's trouble, and is not hushed up either. */
export function tellAll<T>(listeners: Iterable<(what: T) => void>, what: T): void {
  for (const listener of [...listeners]) {
    try {
      listener(what);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
