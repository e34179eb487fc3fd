import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { registerWorker } from "../src/teren/update";

/** A service worker whose installation ends as told. */
class Worker extends EventTarget {
  state = "installing";
  readonly postMessage = vi.fn<(message: unknown) => void>();

  ends(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  waiting: Worker | null = null;
  active: Worker | null = null;

  constructor(readonly installing: Worker | null) {
    super();
  }

  update(): Promise<void> {
    return Promise.resolve();
  }
}

const register = vi.fn<(address: string) => Promise<Registration>>();

beforeEach(() => {
  vi.useFakeTimers();
  register.mockReset();
  vi.stubGlobal("navigator", {
    serviceWorker: Object.assign(new EventTarget(), { register, controller: null }),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the first installation", () => {
  it("is tried again where the line broke while the application was fetched", async () => {
    const broken = new Worker();
    register.mockResolvedValueOnce(new Registration(broken)).mockResolvedValue(new Registration(new Worker()));
    registerWorker("/teren/sw.js");
    await vi.advanceTimersByTimeAsync(0);
    broken.ends("redundant");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(register).toHaveBeenCalledTimes(2);
  });

  it("is tried again where the worker itself could not be fetched", async () => {
    register.mockRejectedValueOnce(new TypeError("offline")).mockResolvedValue(new Registration(new Worker()));
    registerWorker("/teren/sw.js");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(register).toHaveBeenCalledTimes(2);
  });

  it("is left alone once it is there", async () => {
    const worker = new Worker();
    const registration = new Registration(worker);
    register.mockResolvedValue(registration);
    registerWorker("/teren/sw.js");
    await vi.advanceTimersByTimeAsync(0);
    registration.active = worker;
    worker.ends("activated");
    worker.ends("redundant");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(register).toHaveBeenCalledTimes(1);
  });

  it("takes over a page that was on its way when it began", async () => {
    const registration = new Registration(null);
    registration.active = new Worker();
    register.mockResolvedValue(registration);
    registerWorker("/teren/sw.js");
    await vi.advanceTimersByTimeAsync(0);
    expect(registration.active.postMessage).toHaveBeenCalledWith({ type: "CLAIM" });
  });
});
